import { h } from './dom.js';

const WORDS = {
  'signed-out': ['Signed out', 'Sign in to read and write comments.'],
  connecting: ['Connecting…', ''],
  online: ['Online', ''],
  reconnecting: ['Reconnecting…', 'The server can’t be reached. What you write is kept, and sent when it is back.'],
  paused: ['Paused', 'What you write is kept, and sent when the server goes on.'],
  refused: ['Not signed in', ''],
  expired: ['Session ended', 'Sign in again to go on. What you wrote is kept.'],
};

/** The state of the connection, in words: a short one in the bar, and what it means above the comments. */
export class Status {
  #word = h('span', { class: 'word' });
  #text = h('p');
  #action = h('button', { type: 'button', class: 'primary', hidden: true }, 'Sign in');
  badge = h('span', { class: 'status', role: 'status' }, h('span', { class: 'dot', 'aria-hidden': 'true' }), this.#word);
  notice = h('div', { class: 'notice', hidden: true }, this.#text, this.#action);

  constructor(connection, signIn) {
    this.#action.addEventListener('click', signIn);
    const show = () => this.#show(connection.state);
    connection.addEventListener('state', show);
    show();
  }

  #show({ name, reason }) {
    const [word, meaning] = WORDS[name];
    this.badge.dataset.state = this.notice.dataset.state = name;
    this.#word.textContent = word;
    this.#text.textContent = [reason, meaning].filter(Boolean).join(' ');
    this.#action.hidden = !['signed-out', 'refused', 'expired'].includes(name);
    this.notice.hidden = this.#text.textContent === '' && this.#action.hidden;
  }
}
