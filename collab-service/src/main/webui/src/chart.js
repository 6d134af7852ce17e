import { svg } from './dom.js';
import { CHANNELS, QUARTER, revenueByMonth } from './figures.js';

const WIDTH = 720;
const HEIGHT = 260;
const LEFT = 44;
const BOTTOM = 26;
const TOP = 10;

/** Stacked bars of revenue per month. */
export function chart(filter) {
  const months = revenueByMonth(filter);
  const total = (month) => month.parts.reduce((sum, part) => sum + part.value, 0);
  const step = niceStep(Math.max(...months.map(total)) / 4);
  const top = Math.ceil(Math.max(...months.map(total)) / step) * step;
  const y = (value) => TOP + (HEIGHT - TOP - BOTTOM) * (1 - value / top);
  const slot = (WIDTH - LEFT) / months.length;
  const width = Math.min(34, slot * 0.62);

  const lines = [];
  for (let value = 0; value <= top; value += step) {
    lines.push(
      svg('line', { x1: LEFT, x2: WIDTH, y1: y(value), y2: y(value), class: value === 0 ? 'axis' : 'grid' }),
      svg('text', { x: LEFT - 8, y: y(value) + 4, class: 'tick', 'text-anchor': 'end' }, amount(value)),
    );
  }
  const bars = months.map((month, index) => {
    const x = LEFT + index * slot + (slot - width) / 2;
    let base = 0;
    const stack = month.parts.map(({ channel, value }) => {
      const bar = svg('rect', { x, y: y(base + value) , width, height: y(base) - y(base + value), rx: 2, class: `bar ${channel}` },
        svg('title', {}, `${month.month}, ${CHANNELS[channel]}: $${value}k`));
      base += value;
      return bar;
    });
    return svg('g', { class: index >= QUARTER ? 'month current' : 'month' }, stack,
      svg('text', { x: x + width / 2, y: HEIGHT - 8, class: 'tick', 'text-anchor': 'middle' }, month.month));
  });
  const summary = months.map((month) => `${month.month} ${total(month)}`).join(', ');
  return svg('svg', { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, class: 'chart', role: 'img', 'aria-label': `Revenue by month in thousands of dollars: ${summary}` }, lines, bars);
}

function amount(thousands) {
  return thousands >= 1_000 ? `$${(thousands / 1_000).toFixed(1)}M` : `$${thousands}k`;
}

function niceStep(rough) {
  const magnitude = 10 ** Math.floor(Math.log10(rough));
  return [1, 2, 2.5, 5, 10].map((factor) => factor * magnitude).find((step) => step >= rough);
}
