import { CHANNELS, REGIONS } from './figures.js';

/** What of the report is shown. Also what a comment can carry, for others to apply. Event: `change`. */
export class Filter extends EventTarget {
  #value = { region: 'all', channel: 'all' };

  get value() {
    return { ...this.#value };
  }

  set value({ region, channel }) {
    this.#value = { region, channel };
    this.dispatchEvent(new Event('change'));
  }

  get embedded() {
    return { type: 'filter', title: describe(this.#value), filter: this.value };
  }
}

/** The filter setting in an embedded object, if it is one of this report's. */
export function filterIn(embedded) {
  const filter = embedded?.type === 'filter' ? embedded.filter : undefined;
  const known = (names, key) => key === 'all' || Object.hasOwn(names, key);
  return filter && known(REGIONS, filter.region) && known(CHANNELS, filter.channel)
    ? { region: filter.region, channel: filter.channel }
    : undefined;
}

export function describe({ region, channel }) {
  return `${REGIONS[region] ?? 'All regions'} · ${CHANNELS[channel] ?? 'all channels'}`;
}
