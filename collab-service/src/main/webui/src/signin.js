import { h } from './dom.js';

/** The dialog that asks who one is: a name for guests, a token where the server wants one. */
export class SignIn {
  #by;
  #problem = h('p', { class: 'problem', role: 'alert' });
  #title = h('h2', { id: 'sign-in-title' });
  #why = h('p', { class: 'why' });
  #field;
  #answer;

  /** @param by `guest` or `token` */
  constructor(by) {
    this.#by = by;
    this.#field = by === 'guest'
      ? h('input', { id: 'sign-in-field', type: 'text', autocomplete: 'name', maxlength: '60', required: true, spellcheck: 'false' })
      : h('textarea', { id: 'sign-in-field', rows: '4', required: true, autocomplete: 'off', spellcheck: 'false', autocapitalize: 'off' });
    this.element = h('dialog', { class: 'sign-in', 'aria-labelledby': 'sign-in-title', oncancel: () => this.#answer?.(undefined) },
      h('form', { onsubmit: (event) => this.#submit(event) }, this.#title, this.#why,
        h('label', { for: 'sign-in-field' }, by === 'guest' ? 'Your name' : 'Token'), this.#field,
        by === 'token' && h('p', { class: 'help' }, 'To try it out, an operator prints one with ', h('code', {}, './collab token --user ann'), '.'),
        this.#problem,
        h('div', { class: 'buttons' }, h('button', { type: 'button', class: 'quiet', onclick: () => this.#finish(undefined) }, 'Not now'),
          h('button', { type: 'submit', class: 'primary' }, by === 'guest' ? 'Join' : 'Sign in'))));
  }

  get open() {
    return this.element.open;
  }

  /** What was entered; nothing if the dialog was left. */
  ask({ title, why = '', problem = '', value = '' }) {
    this.#answer?.(undefined);
    this.#title.textContent = title;
    this.#why.textContent = why;
    this.#problem.textContent = problem;
    this.#field.value = value;
    if (!this.element.open) {
      this.element.showModal();
    }
    this.#field.focus();
    return new Promise((resolve) => (this.#answer = resolve));
  }

  close() {
    this.#finish(undefined);
  }

  #submit(event) {
    event.preventDefault();
    const value = this.#field.value.trim();
    if (value === '') {
      this.#problem.textContent = this.#by === 'guest' ? 'Enter a name.' : 'Paste a token.';
      this.#field.focus();
      return;
    }
    this.#finish(value);
  }

  #finish(value) {
    const answer = this.#answer;
    this.#answer = undefined;
    this.element.close();
    answer?.(value);
  }
}
