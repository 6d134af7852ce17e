import { Outbox } from './outbox.js';
import { Refused } from './connection.js';

const PAGE = 50;
const TRY_AGAIN_AFTER = 3_000;
const PASSING = new Set(['unavailable', 'unauthenticated', 'token_expired', 'internal']);

/**
 * One topic's comments as this page knows them. It keeps the number of the last change that it has, and after every
 * reconnect asks for what came after it: nothing is missed, nothing comes twice.
 *
 * Events: `reset`, `comment` {comment, missed}, `pending` {post}, `settled` {clientId}, `caught-up` {missed}, `failed` {message}.
 */
export class Topic extends EventTarget {
  #connection;
  #outbox;
  #comments = new Map();
  #last;
  #run = 0;
  #catchingUp = false;
  #early = [];
  #sending = false;
  #retry;

  more = false;
  /** The server's word for who we are, once it said so. */
  userId;

  constructor(name, connection, credentials) {
    super();
    this.name = name;
    this.#connection = connection;
    this.#outbox = new Outbox(name, () => credentials.userId);
    connection.addEventListener('connected', () => this.catchUp());
    connection.on('topic:reset', ({ topic }) => {
      if (topic === this.name) {
        this.#last = undefined;
        this.catchUp();
      }
    });
    for (const event of ['comment:posted', 'comment:edited', 'comment:deleted']) {
      connection.on(event, (change) => this.#arrived(change));
    }
  }

  /** Shows what an earlier visit left unsent. */
  restore() {
    this.#outbox.load();
    this.#outbox.posts.forEach((post) => this.#tell('pending', { post }));
  }

  post(draft) {
    const post = this.#outbox.add(draft);
    this.#tell('pending', { post });
    this.#send();
  }

  /** Takes a refused or waiting post back; returns it. */
  takeBack(clientId) {
    const post = this.#outbox.get(clientId);
    this.#settle(clientId);
    return post;
  }

  /** Whether the comments were loaded once. */
  get known() {
    return this.#last !== undefined;
  }

  async edit(id, text) {
    this.#keep((await this.#ask('comment:edit', { id, text })).comment);
  }

  async remove(id) {
    this.#keep((await this.#ask('comment:delete', { id })).comment);
  }

  async loadOlder() {
    const before = Math.min(...[...this.#comments.values()].map((comment) => comment.sequence));
    const page = await this.#ask('comment:list', { before, limit: PAGE });
    this.more = page.more;
    page.comments.forEach((comment) => this.#keep(comment));
    return page.comments.length;
  }

  async catchUp() {
    const run = ++this.#run;
    clearTimeout(this.#retry);
    this.#catchingUp = true;
    this.#early = [];
    try {
      const missed = await this.#catchUp(run);
      if (run !== this.#run) {
        return;
      }
      this.#catchingUp = false;
      this.#tell('caught-up', { missed });
      this.#early.forEach((change) => this.#arrived(change));
      this.#send();
    } catch (error) {
      if (run !== this.#run) {
        return;
      }
      const lasting = error instanceof Refused && !PASSING.has(error.code);
      if (lasting) {
        this.#tell('failed', { message: error.message });
      } else if (this.#connection.online) {
        this.#retry = setTimeout(() => this.catchUp(), TRY_AGAIN_AFTER);
      }
    }
  }

  /** Loads the newest page if nothing is known, then subscribes after the last known number until it is live. */
  async #catchUp(run) {
    const first = this.#last === undefined;
    if (first) {
      const page = await this.#ask('comment:list', { limit: PAGE });
      if (run !== this.#run) {
        return 0;
      }
      this.#comments.clear();
      this.#tell('reset', {});
      this.more = page.more;
      page.comments.forEach((comment) => this.#keep(comment));
      this.#last = page.head;
    }
    let missed = 0;
    for (;;) {
      let answer;
      try {
        answer = await this.#ask('topic:subscribe', { after: this.#last });
      } catch (error) {
        if (error.code !== 'conflict' || first || run !== this.#run) {
          throw error;
        }
        // The server's data was set back: what is here is of another past.
        this.#last = undefined;
        return this.#catchUp(run);
      }
      if (run !== this.#run) {
        return missed;
      }
      this.userId = answer.user?.id ?? this.userId;
      for (const change of answer.changes) {
        missed += this.#apply(change, !first) ? 1 : 0;
      }
      if (answer.live) {
        return missed;
      }
    }
  }

  #arrived(change) {
    if (change.topic !== this.name) {
      return;
    }
    if (this.#catchingUp) {
      this.#early.push(change);
    } else if (change.sequence > this.#last + 1) {
      this.catchUp();
    } else {
      this.#apply(change, false);
    }
  }

  #apply(change, missed) {
    if (change.sequence <= this.#last) {
      return false;
    }
    this.#last = change.sequence;
    const isNew = change.type === 'posted' && !this.#comments.has(change.comment.id) && !this.#outbox.get(change.comment.clientId);
    this.#keep(change.comment, missed && isNew, isNew);
    return isNew && !change.comment.deleted;
  }

  #keep(comment, missed = false, fresh = false) {
    if (comment.clientId !== undefined && this.#outbox.get(comment.clientId)) {
      this.#settle(comment.clientId);
    }
    const known = this.#comments.get(comment.id);
    if (known && known.changed >= comment.changed) {
      return;
    }
    this.#comments.set(comment.id, comment);
    this.#tell('comment', { comment, missed, fresh });
  }

  #settle(clientId) {
    this.#outbox.remove(clientId);
    this.#tell('settled', { clientId });
  }

  /** One post after the other, in the order they were written. */
  async #send() {
    if (this.#sending) {
      return;
    }
    this.#sending = true;
    clearTimeout(this.#retry);
    try {
      let post;
      while (this.#connection.online && !this.#catchingUp && (post = this.#outbox.posts.find((waiting) => !waiting.refused))) {
        await this.#sendOne(post);
      }
    } catch {
      // It stays in the outbox. Without a connection the next one sends it.
      if (this.#connection.online && this.#connection.state.name === 'online') {
        this.#retry = setTimeout(() => this.#send(), TRY_AGAIN_AFTER);
      }
    } finally {
      this.#sending = false;
    }
  }

  async #sendOne({ clientId, text, location, embedded }) {
    try {
      const { comment } = await this.#ask('comment:post', { clientId, text, location, embedded });
      this.userId ??= comment.author.id;
      this.#keep(comment);
      this.#settle(clientId);
    } catch (error) {
      if (!(error instanceof Refused) || PASSING.has(error.code)) {
        throw error;
      }
      this.#outbox.refuse(clientId, error.message);
      this.#tell('pending', { post: this.#outbox.get(clientId) });
    }
  }

  #ask(event, request) {
    return this.#connection.ask(event, { topic: this.name, ...request });
  }

  #tell(event, detail) {
    this.dispatchEvent(new CustomEvent(event, { detail }));
  }
}
