import { chart } from './chart.js';
import { h, icon } from './dom.js';
import { CHANNELS, quarterOf, quarterOfAll, REGIONS } from './figures.js';
import { describe } from './filter.js';

export const SECTIONS = {
  summary: 'Summary',
  revenue: 'Revenue by month',
  regions: 'Regions',
  returns: 'What drives the returns',
  next: 'Decisions for next quarter',
};

const money = (thousands) => `$${(thousands / 1_000).toFixed(2)}M`;
const signed = (percent) => `${percent >= 0 ? '+' : '−'}${Math.abs(percent).toFixed(1)} %`;
const count = new Intl.NumberFormat('en-US');

/** The document: sections that can be commented on, and a filter over its figures. Event: `comment-on` {section}. */
export class Report extends EventTarget {
  #filter;
  #counts = new Map();
  #tiles = h('dl', { class: 'tiles' });
  #chart = h('figure', { class: 'figure' });
  #rows = h('tbody');
  #chosen = {};

  constructor(filter) {
    super();
    this.#filter = filter;
    filter.addEventListener('change', () => this.#draw());
    this.element = h('article', { class: 'report', 'aria-labelledby': 'report-title' }, this.#header(), this.#body());
    this.#draw();
  }

  /** Brings a section into view and shows where it is. */
  show(section, { focus = true } = {}) {
    const target = this.element.querySelector(`#${CSS.escape(section)}`);
    if (!target) {
      return false;
    }
    target.scrollIntoView({ behavior: matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth', block: 'start' });
    target.classList.remove('shown');
    requestAnimationFrame(() => target.classList.add('shown'));
    if (focus) {
      target.querySelector('h2').focus({ preventScroll: true });
    }
    return true;
  }

  setCount(section, number) {
    const button = this.#counts.get(section);
    if (!button) {
      return;
    }
    const comments = number === 0 ? 'no comments yet' : number === 1 ? '1 comment' : `${number} comments`;
    button.setAttribute('aria-label', `Comment on ${SECTIONS[section]}, ${comments}`);
    button.querySelector('.number').textContent = number === 0 ? 'Comment' : String(number);
    button.classList.toggle('some', number > 0);
  }

  #header() {
    return h('header', { class: 'report-header' },
      h('p', { class: 'kicker' }, 'Quarterly review · third quarter'),
      h('h1', { id: 'report-title' }, 'Northwind Outfitters: a strong quarter, held back in the East'),
      h('p', { class: 'lead' }, 'Online sales grew in every region and now make up two fifths of the revenue. Stores in the East lost ground for the fifth month in a row, and returns there cost more than the growth brought in.'));
  }

  #body() {
    return [
      this.#section('summary', this.#controls(), this.#tiles),
      this.#section('revenue',
        h('p', {}, 'Revenue in the last twelve months. The quarter under review is drawn in full colour.'),
        this.#chart,
        h('ul', { class: 'legend' }, Object.entries(CHANNELS).map(([key, name]) => h('li', { class: key }, name)))),
      this.#section('regions',
        h('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': 'Table of regions' },
          h('table', {},
            h('thead', {}, h('tr', {}, ['Region', 'Revenue', 'Against last year', 'Orders', 'Average order', 'Returned'].map((name) => h('th', { scope: 'col' }, name)))),
            this.#rows))),
      this.#section('returns',
        h('p', {}, 'One online order in eight came back in the East, against one in thirteen elsewhere. Two thirds of those parcels name the same reason: the winter boots run half a size small, and the size guide was only corrected in the last week of August.'),
        h('p', {}, 'The rest follows delivery time. Parcels from the Harbour depot took 4.6 days on average; an order that arrives after the fifth day is returned three times as often as one that arrives before it.'),
        h('blockquote', {}, 'A corrected size guide alone should bring the rate in the East below 9 % by December.')),
      this.#section('next',
        h('ol', { class: 'decisions' },
          h('li', {}, h('strong', {}, 'Move the East to the Inland depot'), ' from October, at $38k once and $6k a month.'),
          h('li', {}, h('strong', {}, 'Close the Mill Road store'), ' when its lease ends in February, or renew for one year at the reduced rent.'),
          h('li', {}, h('strong', {}, 'Extend same-day pick-up'), ' from the nine stores in the West to all thirty-one.'))),
    ];
  }

  #section(id, ...children) {
    const button = h('button', { type: 'button', class: 'section-comment', onclick: () => this.dispatchEvent(new CustomEvent('comment-on', { detail: { section: id } })) },
      icon('comment'), h('span', { class: 'number' }));
    this.#counts.set(id, button);
    const section = h('section', { id, 'aria-labelledby': `${id}-title` },
      h('div', { class: 'section-head' }, h('h2', { id: `${id}-title`, tabindex: '-1' }, SECTIONS[id]), button), children);
    queueMicrotask(() => this.setCount(id, 0));
    return section;
  }

  #controls() {
    const select = (key, label, all, names) => {
      const element = h('select', { onchange: () => (this.#filter.value = { ...this.#filter.value, [key]: element.value }) },
        h('option', { value: 'all' }, all), Object.entries(names).map(([value, name]) => h('option', { value }, name)));
      this.#chosen[key] = element;
      return h('label', {}, h('span', {}, label), element);
    };
    return h('div', { class: 'controls', role: 'group', 'aria-label': 'Filter of the report' },
      select('region', 'Region', 'All regions', REGIONS), select('channel', 'Channel', 'All channels', CHANNELS));
  }

  #draw() {
    const filter = this.#filter.value;
    this.#chosen.region.value = filter.region;
    this.#chosen.channel.value = filter.channel;
    const all = quarterOfAll(filter);
    const tile = (name, value, note, trend) => h('div', { class: 'tile' }, h('dt', {}, name), h('dd', {}, value), h('dd', { class: `note ${trend ?? ''}` }, note));
    this.#tiles.replaceChildren(
      tile('Revenue', money(all.revenue), `${signed(all.growth)} on last year`, all.growth >= 0 ? 'up' : 'down'),
      tile('Orders', count.format(all.orders), describe(filter)),
      tile('Average order', `$${all.average.toFixed(0)}`, 'incl. delivery'),
      tile('Returned', `${all.returnRate.toFixed(1)} %`, 'of all orders', all.returnRate > 6 ? 'down' : undefined));
    this.#chart.replaceChildren(chart(filter));
    this.#rows.replaceChildren(...Object.keys(REGIONS).map((region) => row(region, filter)));
  }
}

function row(region, filter) {
  const quarter = quarterOf(region, filter.channel);
  const shown = filter.region === 'all' || filter.region === region;
  return h('tr', { class: shown ? undefined : 'dimmed' },
    h('th', { scope: 'row' }, REGIONS[region]),
    h('td', {}, money(quarter.revenue)),
    h('td', { class: quarter.growth >= 0 ? 'up' : 'down' }, signed(quarter.growth)),
    h('td', {}, count.format(quarter.orders)),
    h('td', {}, `$${quarter.average.toFixed(0)}`),
    h('td', {}, `${quarter.returnRate.toFixed(1)} %`));
}
