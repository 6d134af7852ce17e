// What the tests share. The server's address comes from SERVER_URL, as started by the integration tests.
import { once } from 'node:events';
import { io } from 'socket.io-client';
import { WebSocket } from 'ws';

const DEADLINE = 10_000;

export const SERVER = required('SERVER_URL').replace(/\/$/, '');

export function required(name) {
  const value = process.env[name];
  if (!value) {
    throw new Error(`${name} is not set: these tests run against a server that is already started`);
  }
  return value;
}

/** Fails after a while instead of waiting for ever. */
export function within(promise, what, milliseconds = DEADLINE) {
  let timer;
  const deadline = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`waited ${milliseconds} ms in vain for ${what}`)), milliseconds);
  });
  return Promise.race([promise, deadline]).finally(() => clearTimeout(timer));
}

export const TRANSPORTS = {
  polling: { transports: ['polling'] },
  websocket: { transports: ['websocket'] },
  upgrade: { transports: ['polling', 'websocket'] },
};

/** Official clients that are closed when the test ends. */
export function clients(t) {
  const open = [];
  t.after(() => open.forEach((socket) => socket.disconnect()));
  return (namespace = '/', options = {}) => {
    const socket = io(SERVER + namespace, { forceNew: true, ...options });
    open.push(socket);
    return socket;
  };
}

/** The arguments of the next event. */
export function next(emitter, event) {
  return within(new Promise((resolve) => emitter.once(event, (...args) => resolve(args))), `the event ${event}`);
}

export async function connected(socket) {
  if (!socket.connected) {
    await within(
      new Promise((resolve, reject) => {
        socket.once('connect', resolve);
        socket.once('connect_error', reject);
      }),
      'the connection',
    );
  }
  return socket;
}

/** Polls a condition until it holds. */
export async function until(condition, what, milliseconds = DEADLINE) {
  const end = Date.now() + milliseconds;
  while (!(await condition())) {
    if (Date.now() > end) {
      throw new Error(`waited ${milliseconds} ms in vain until ${what}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** A bare WebSocket whose messages are taken one by one. */
export class Wire {
  #messages = [];
  #wake = () => {};
  closed = false;

  constructor(t, path) {
    this.socket = new WebSocket(SERVER.replace(/^http/, 'ws') + path);
    this.socket.binaryType = 'nodebuffer';
    this.socket.on('message', (data, binary) => this.#push(binary ? data : data.toString()));
    this.socket.on('close', () => {
      this.closed = true;
      this.#wake();
    });
    this.socket.on('error', () => {}); // a refused handshake: seen as closed
    t.after(() => this.socket.terminate());
  }

  #push(message) {
    this.#messages.push(message);
    this.#wake();
  }

  async opened() {
    await within(once(this.socket, 'open'), 'the WebSocket to open');
    return this;
  }

  send(message) {
    this.socket.send(message);
  }

  /** The next message; heartbeats are answered and passed over unless asked for. */
  async next({ heartbeats = false } = {}) {
    const end = Date.now() + DEADLINE;
    for (;;) {
      await within(this.#some(), 'a message', end - Date.now());
      if (this.#messages.length === 0) {
        throw new Error('the WebSocket is closed');
      }
      const message = this.#messages.shift();
      if (message !== '2' || heartbeats) {
        return message;
      }
      this.send('3');
    }
  }

  async untilClosed() {
    await within(
      (async () => {
        while (!this.closed) {
          await new Promise((resolve) => (this.#wake = resolve));
        }
      })(),
      'the server to close the WebSocket',
    );
  }

  async #some() {
    while (this.#messages.length === 0 && !this.closed) {
      await new Promise((resolve) => (this.#wake = resolve));
    }
  }
}
