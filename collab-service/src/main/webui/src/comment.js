import { h, icon } from './dom.js';
import { filterIn } from './filter.js';
import { fullTime, hue, initials, shortTime } from './format.js';
import { SECTIONS } from './report.js';

/**
 * One comment as an article.
 *
 * @param actions what can be done with it: show(section), apply(filter), and for one's own edit(), remove()
 */
export function commentArticle(comment, { own, actions, fresh }) {
  if (comment.deleted) {
    return h('article', { class: 'comment tombstone', 'aria-label': `Deleted comment by ${comment.author.name}` }, avatar(comment.author),
      h('p', {}, `${comment.author.name} deleted this comment`, ' · ', time(comment.deletedAt)));
  }
  const head = h('header', {}, h('span', { class: 'author' }, comment.author.name), own && h('span', { class: 'you' }, 'you'), time(comment.createdAt),
    comment.editedAt && h('span', { class: 'edited', title: `Edited ${fullTime(comment.editedAt)}` }, 'edited'));
  const tools = own && h('div', { class: 'tools' },
    h('button', { type: 'button', class: 'link', 'aria-label': 'Edit your comment', onclick: actions.edit }, 'Edit'),
    h('button', { type: 'button', class: 'link', 'aria-label': 'Delete your comment', onclick: actions.remove }, 'Delete'));
  return h('article', { class: `comment${fresh ? ' fresh' : ''}`, tabindex: '-1', 'aria-label': `Comment by ${comment.author.name}` },
    avatar(comment.author), h('div', { class: 'bubble' }, head, ...content(comment, actions), tools));
}

/** A post that the server hasn't acknowledged. */
export function pendingArticle(post, { author, actions }) {
  const state = post.refused
    ? h('div', { class: 'refusal', role: 'alert' }, h('p', {}, `Not posted: ${post.refused}`),
        h('button', { type: 'button', class: 'link', onclick: actions.edit }, 'Edit and try again'),
        h('button', { type: 'button', class: 'link', onclick: actions.discard }, 'Discard'))
    : h('p', { class: 'waiting' }, 'Not sent yet');
  return h('article', { class: `comment pending${post.refused ? ' refused' : ''}`, 'aria-label': 'Your comment, not yet posted' },
    avatar(author), h('div', { class: 'bubble' }, h('header', {}, h('span', { class: 'author' }, author.name), h('span', { class: 'you' }, 'you')), ...content(post, actions), state));
}

export function avatar({ id, name }) {
  const element = h('span', { class: 'avatar', 'aria-hidden': 'true' }, initials(name));
  element.style.setProperty('--hue', hue(id));
  return element;
}

function time(iso) {
  return h('time', { datetime: iso, title: fullTime(iso) }, shortTime(iso));
}

function content({ text, location, embedded }, actions) {
  const section = SECTIONS[location?.section] && location.section;
  return [
    section && h('button', { type: 'button', class: 'chip place', title: 'Show in the report', onclick: () => actions.show(section) }, icon('place'), SECTIONS[section]),
    h('p', { class: 'text' }, text),
    embedded !== undefined && embeddedObject(embedded, actions),
  ].filter(Boolean);
}

/** A filter can be applied; anything else is shown as what it is. */
function embeddedObject(embedded, actions) {
  const filter = filterIn(embedded);
  if (filter) {
    return h('div', { class: 'embedded' }, icon('filter'), h('span', { class: 'title' }, embedded.title ?? 'Filter'),
      h('button', { type: 'button', class: 'apply', onclick: () => actions.apply(filter) }, 'Apply filter'));
  }
  return h('details', { class: 'embedded' }, h('summary', {}, typeof embedded?.title === 'string' ? embedded.title : 'Attached object'), h('pre', {}, JSON.stringify(embedded, null, 2)));
}
