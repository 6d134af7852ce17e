import { io } from 'socket.io-client';

/** The server said no: `code` is its word for why. */
export class Refused extends Error {
  constructor({ code, message }) {
    super(message);
    this.code = code;
  }
}

const ANSWER_WITHIN = 10_000;
const ASK_AGAIN_AFTER = 2_000;

/**
 * The connection and what state it is in: `signed-out`, `connecting`, `online`, `reconnecting`, `paused`, `refused` (with
 * what was sent to sign in) or `expired`. Events: `state`, `connected` (each time), `expiring`.
 */
export class Connection extends EventTarget {
  #socket;
  #state = { name: 'signed-out' };
  #watch;

  constructor(path, auth) {
    super();
    this.#socket = io({
      path,
      auth: (send) => send(auth()),
      autoConnect: false,
      reconnectionDelay: 500,
      reconnectionDelayMax: 4_000,
      randomizationFactor: 0.5,
    });
    this.#socket.on('connect', () => this.#connected());
    this.#socket.on('connect_error', (error) => this.#refusedOrAway(error));
    this.#socket.on('disconnect', (reason) => this.#lost(reason));
    this.#socket.on('session:expiring', (detail) => this.dispatchEvent(new CustomEvent('expiring', { detail })));
    this.#socket.on('session:expired', () => this.#become('expired', 'The sign-in has ended.'));
  }

  get state() {
    return this.#state;
  }

  get online() {
    return this.#socket.connected;
  }

  /** Connects, with what the credentials are by now. */
  open() {
    this.#socket.disconnect();
    this.#become('connecting');
    this.#socket.connect();
  }

  close() {
    this.#socket.disconnect();
    this.#become('signed-out');
  }

  on(event, listener) {
    this.#socket.on(event, listener);
  }

  /** The server's answer; fails with Refused, or with another error if there was none in time. */
  async ask(event, request) {
    if (!this.#socket.connected) {
      throw new Error('There is no connection to the server.');
    }
    const answer = await this.#socket.timeout(ANSWER_WITHIN).emitWithAck(event, request);
    if (answer?.ok) {
      return answer;
    }
    const refusal = new Refused(answer?.error ?? { code: 'internal', message: 'The server gave no reason.' });
    if (refusal.code === 'unavailable') {
      this.#paused(refusal.message);
    }
    throw refusal;
  }

  #connected() {
    this.#stopWatching();
    this.#become('online');
    this.dispatchEvent(new Event('connected'));
  }

  #lost(reason) {
    if (this.#state.name === 'expired' || this.#state.name === 'signed-out' || reason === 'io client disconnect') {
      return;
    }
    this.#become('reconnecting');
    if (!this.#socket.active) {
      // The server closed this socket, because it is being moved or stopped: another node, or this one, later.
      this.#later(() => this.#socket.connect(), 500 + Math.random() * 1_500);
    }
  }

  async #refusedOrAway(error) {
    if (!this.#socket.active) {
      // The namespace said no.
      if (error.data?.code === 'unavailable') {
        this.#become('paused', error.message);
        this.#later(() => this.#socket.connect(), ASK_AGAIN_AFTER);
      } else if (this.#state.name !== 'expired') {
        this.#become(error.data?.code === 'token_expired' ? 'expired' : 'refused', error.message);
      }
      return;
    }
    const status = await nodeStatus();
    if (this.#socket.connected || !this.#socket.active) {
      return;
    }
    if (status && status.state !== 'running') {
      this.#become('paused', status.reason ?? `The server is ${status.state}.`);
    } else {
      this.#become('reconnecting');
    }
  }

  /** Connected, but nothing can be written: ask until it can be. */
  #paused(reason) {
    this.#become('paused', reason);
    this.#later(async () => {
      if (!this.#socket.connected) {
        return;
      }
      const status = await nodeStatus();
      if (status && status.state !== 'running') {
        this.#paused(status.reason ?? reason);
      } else if (this.#socket.connected) {
        this.#connected();
      }
    }, ASK_AGAIN_AFTER);
  }

  #later(task, delay) {
    this.#stopWatching();
    this.#watch = setTimeout(task, delay);
  }

  #stopWatching() {
    clearTimeout(this.#watch);
  }

  #become(name, reason) {
    if (name === this.#state.name && reason === this.#state.reason) {
      return;
    }
    this.#state = { name, reason };
    this.dispatchEvent(new Event('state'));
  }
}

/** What /status says, or nothing if the server can't be reached. */
async function nodeStatus() {
  try {
    const response = await fetch('status', { cache: 'no-store', signal: AbortSignal.timeout(3_000) });
    return response.ok ? await response.json() : undefined;
  } catch {
    return undefined;
  }
}
