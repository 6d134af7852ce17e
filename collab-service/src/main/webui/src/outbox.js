import { randomId, stored } from './settings.js';

/**
 * Posts that the server has not acknowledged yet. They survive a reload, and are sent again with the same client id until
 * they are acknowledged or refused. Each has its own key, so that two tabs don't overwrite each other's.
 */
export class Outbox {
  #prefix;
  #owner;
  #posts = new Map();

  constructor(topic, owner) {
    this.#prefix = `collab:post:${topic}:`;
    this.#owner = owner;
  }

  /** The posts that this user left here, oldest first. */
  load() {
    this.#posts.clear();
    const left = stored.keys(this.#prefix).map((key) => stored.get(key));
    for (const post of left.filter((post) => post?.owner === this.#owner()).sort((a, b) => a.createdAt.localeCompare(b.createdAt))) {
      this.#posts.set(post.clientId, post);
    }
  }

  get posts() {
    return [...this.#posts.values()];
  }

  add({ text, location, embedded }) {
    const post = { clientId: randomId(), owner: this.#owner(), text, location, embedded, createdAt: new Date().toISOString() };
    this.#keep(post);
    return post;
  }

  get(clientId) {
    return this.#posts.get(clientId);
  }

  /** The server will never take this one: the author decides what becomes of it. */
  refuse(clientId, reason) {
    this.#keep({ ...this.#posts.get(clientId), refused: reason });
  }

  remove(clientId) {
    stored.remove(this.#prefix + clientId);
    return this.#posts.delete(clientId);
  }

  #keep(post) {
    this.#posts.set(post.clientId, post);
    stored.set(this.#prefix + post.clientId, post);
  }
}
