// Elements are made here and nowhere from markup: what people write goes in as text only.

const SVG = 'http://www.w3.org/2000/svg';

const ICONS = {
  comment: 'M4 5h16v11H9l-5 4z',
  place: 'M12 21s7-6.2 7-11.5A7 7 0 0 0 5 9.5C5 14.8 12 21 12 21zm0-9a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z',
  filter: 'M4 5h16l-6.5 8v6l-3-1.5V13z',
  close: 'M6 6l12 12M18 6L6 18',
  down: 'M12 5v14m0 0l-6-6m6 6l6-6',
  check: 'M5 12.5l4.5 4.5L19 7.5',
};

/** h('p', { class: 'note', onclick: f }, 'text', child, …): an element; absent children and attributes are left out. */
export function h(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

/** The same for SVG. */
export function svg(tag, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

export function icon(name) {
  return svg('svg', { viewBox: '0 0 24 24', class: 'icon', 'aria-hidden': 'true', focusable: 'false' }, svg('path', { d: ICONS[name] }));
}

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) {
      continue;
    }
    if (name.startsWith('on')) {
      element.addEventListener(name.slice(2), value);
    } else {
      element.setAttribute(name, value === true ? '' : String(value));
    }
  }
  element.append(...children.flat().filter((child) => child !== undefined && child !== null && child !== false));
  return element;
}
