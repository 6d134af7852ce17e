import { h, icon } from './dom.js';
import { describe } from './filter.js';
import { SECTIONS } from './report.js';
import { stored } from './settings.js';

/** Where a comment is written. What is in it is kept in this browser until it is posted. Event: `post` {draft}. */
export class Composer extends EventTarget {
  #key;
  #filter;
  #location;
  #embedded;
  #text = h('textarea', { id: 'new-comment', rows: '2', placeholder: 'Write a comment', 'aria-describedby': 'composer-hint', oninput: () => this.#changed() });
  #chips = h('div', { class: 'chips' });
  #attach = h('button', { type: 'button', class: 'quiet', onclick: () => this.#attachFilter() }, icon('filter'), 'Attach filter');
  #post = h('button', { type: 'submit', class: 'primary' }, 'Comment');

  constructor(topic, filter) {
    super();
    this.#key = `collab:draft:${topic}`;
    this.#filter = filter;
    this.element = h('form', { class: 'composer', 'aria-label': 'New comment', onsubmit: (event) => this.#submit(event), onkeydown: (event) => this.#keyed(event) },
      h('label', { for: 'new-comment', class: 'hidden' }, 'Your comment'),
      this.#chips, this.#text,
      h('div', { class: 'composer-foot' }, this.#attach,
        h('span', { id: 'composer-hint', class: 'hint' }, h('kbd', {}, isMac() ? '⌘' : 'Ctrl'), h('kbd', {}, 'Enter'), h('span', { class: 'hidden' }, ' posts the comment')), this.#post));
    this.put(stored.get(this.#key) ?? {});
  }

  /** Fills it, for instance with a post that the server refused. */
  put({ text = '', location, embedded }) {
    this.#text.value = text;
    this.#location = location;
    this.#embedded = embedded;
    this.#changed();
  }

  commentOn(section) {
    this.#location = { section };
    this.#changed();
    this.focus();
  }

  focus() {
    this.#text.focus();
  }

  #attachFilter() {
    this.#embedded = this.#filter.embedded;
    this.#changed();
    this.focus();
  }

  #submit(event) {
    event.preventDefault();
    const text = this.#text.value.trim();
    if (text === '') {
      this.focus();
      return;
    }
    const draft = { text, location: this.#location, embedded: this.#embedded };
    this.put({});
    this.dispatchEvent(new CustomEvent('post', { detail: { draft } }));
  }

  #keyed(event) {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      this.element.requestSubmit();
    } else if (event.key === 'Escape' && (this.#location || this.#embedded)) {
      event.preventDefault();
      this.#location = this.#embedded = undefined;
      this.#changed();
      this.focus();
    } else if (event.key === 'Escape') {
      this.#text.blur();
    }
  }

  #changed() {
    const drop = (what, name) => h('button', { type: 'button', class: 'drop', 'aria-label': `Remove ${name}`, onclick: () => { what(); this.#changed(); this.focus(); } }, icon('close'));
    this.#chips.replaceChildren(
      ...(this.#location ? [h('span', { class: 'chip' }, icon('place'), `On ${SECTIONS[this.#location.section] ?? 'the report'}`, drop(() => (this.#location = undefined), 'the place'))] : []),
      ...(this.#embedded ? [h('span', { class: 'chip' }, icon('filter'), this.#embedded.title ?? describe({}), drop(() => (this.#embedded = undefined), 'the filter'))] : []));
    this.#post.disabled = this.#text.value.trim() === '';
    this.#text.style.height = 'auto';
    this.#text.style.height = `${Math.min(this.#text.scrollHeight + 2, 220)}px`;
    if (this.#text.value || this.#location || this.#embedded) {
      stored.set(this.#key, { text: this.#text.value, location: this.#location, embedded: this.#embedded });
    } else {
      stored.remove(this.#key);
    }
  }
}

function isMac() {
  return /Mac|iPhone|iPad/.test(navigator.platform);
}
