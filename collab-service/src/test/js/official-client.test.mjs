// The official client from npm against the echo application, with the server's default options.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { clients, connected, next, SERVER, TRANSPORTS, until } from './support.mjs';

for (const [name, options] of Object.entries(TRANSPORTS)) {
  describe(`with ${name}`, () => {
    it('connects and gets back what it sent', async (t) => {
      const socket = await connected(clients(t)('/', options));
      assert.match(socket.id, /^[A-Za-z0-9_-]{20}$/);
      const back = next(socket, 'message-back');
      socket.emit('message', 1, '2', { 3: ['ä€𝄞', null, true] });
      assert.deepEqual(await back, [1, '2', { 3: ['ä€𝄞', null, true] }]);
    });

    it('hands over its auth object', async (t) => {
      const socket = clients(t)('/', { ...options, auth: { token: 'abc', deep: { n: [1] } } });
      assert.deepEqual(await next(socket, 'auth'), [{ token: 'abc', deep: { n: [1] } }]);
    });

    it('gets acknowledgements', async (t) => {
      const socket = await connected(clients(t)('/', options));
      const answer = await new Promise((resolve) => socket.emit('message-with-ack', 1, { a: 2 }, (...args) => resolve(args)));
      assert.deepEqual(answer, [1, { a: 2 }]);
      assert.equal(await socket.timeout(10_000).emitWithAck('message-with-ack', 'one'), 'one');
    });

    it('sends and gets binary anywhere in the arguments', async (t) => {
      const socket = await connected(clients(t)('/', options));
      const [a, b] = [Buffer.from([1, 2, 3]), Buffer.alloc(70_000, 7)];
      const back = next(socket, 'message-back');
      socket.emit('message', a, { deep: [b, 'text'] });
      const [first, { deep }] = await back;
      assert.deepEqual(Buffer.from(first), a);
      assert.deepEqual(Buffer.from(deep[0]), b);
      assert.equal(deep[1], 'text');
      const acked = await new Promise((resolve) => socket.emit('message-with-ack', a, (data) => resolve(data)));
      assert.deepEqual(Buffer.from(acked), a);
    });

    it('keeps a thousand messages in order', async (t) => {
      const socket = await connected(clients(t)('/', options));
      const got = [];
      socket.on('message-back', (number, data) => got.push(data ? -number : number));
      for (let i = 1; i <= 1_000; i++) {
        i % 10 === 0 ? socket.emit('message', i, Buffer.from([i % 256])) : socket.emit('message', i);
      }
      await until(() => got.length === 1_000, 'every message came back');
      assert.deepEqual(got, Array.from({ length: 1_000 }, (_, i) => ((i + 1) % 10 === 0 ? -(i + 1) : i + 1)));
    });

    it('joins namespaces over one connection', async (t) => {
      const client = clients(t);
      const main = await connected(client('/', options));
      const custom = main.io.socket('/custom', { auth: { who: 'custom' } });
      t.after(() => custom.disconnect());
      assert.deepEqual(await next(custom, 'auth'), [{ who: 'custom' }]);
      assert.notEqual(custom.id, main.id);
      custom.disconnect();
      const back = next(main, 'message-back');
      main.emit('message', 'still here');
      assert.deepEqual(await back, ['still here']);
    });

    it('is told of an unknown namespace', async (t) => {
      const socket = clients(t)('/random', options);
      const [error] = await next(socket, 'connect_error');
      assert.equal(error.message, 'Invalid namespace');
      assert.equal(socket.active, false);
    });

    it('comes back after the transport was lost', async (t) => {
      const socket = await connected(clients(t)('/', { ...options, reconnectionDelay: 50 }));
      const before = socket.id;
      const lost = next(socket, 'disconnect');
      const again = next(socket, 'connect');
      socket.io.engine.close();
      await lost;
      socket.emit('message', 'written while away');
      await again;
      assert.notEqual(socket.id, before);
      assert.deepEqual(await next(socket, 'message-back'), ['written while away']);
    });

    it('sends again with retries until it is acknowledged', async (t) => {
      const socket = clients(t)('/', { ...options, retries: 3, ackTimeout: 5_000, reconnectionDelay: 50 });
      const first = new Promise((resolve, reject) => socket.emit('message-with-ack', 'before', (error, value) => (error ? reject(error) : resolve(value))));
      assert.equal(await first, 'before');
      socket.io.engine.close();
      const second = new Promise((resolve, reject) => socket.emit('message-with-ack', 'over the loss', (error, value) => (error ? reject(error) : resolve(value))));
      assert.equal(await second, 'over the loss');
    });

    it('sends close to the size limit', async (t) => {
      const socket = await connected(clients(t)('/', options));
      const text = 'x'.repeat(900_000);
      assert.equal(await socket.timeout(15_000).emitWithAck('message-with-ack', text), text);
    });

    it('is disconnected for what is over the size limit, and comes back', async (t) => {
      const socket = await connected(clients(t)('/', { ...options, reconnectionDelay: 50 }));
      const lost = next(socket, 'disconnect');
      socket.emit('message', 'x'.repeat(1_100_000));
      await lost;
      await connected(socket);
      assert.equal(await socket.timeout(10_000).emitWithAck('message-with-ack', 'fine'), 'fine');
    });

    it('drops a volatile event while it is away, and sends it otherwise', async (t) => {
      const socket = clients(t)('/', options);
      socket.volatile.emit('message', 'dropped');
      await connected(socket);
      await until(() => socket.io.engine.transport.writable, 'the transport is writable');
      const back = next(socket, 'message-back');
      socket.emit('message', 'kept');
      assert.deepEqual(await back, ['kept']);
      const volatile = next(socket, 'message-back');
      await until(() => socket.io.engine.transport.writable && !socket.io.engine.upgrading, 'the transport is writable');
      socket.volatile.emit('message', 'sent');
      assert.deepEqual(await volatile, ['sent']);
    });
  });
}

describe('the upgrade', () => {
  it('goes from polling to WebSocket and loses nothing on the way', async (t) => {
    const socket = clients(t)('/', TRANSPORTS.upgrade);
    const got = [];
    socket.on('message-back', (number) => got.push(number));
    await connected(socket);
    let sent = 0;
    const timer = setInterval(() => socket.emit('message', sent++), 1);
    t.after(() => clearInterval(timer));
    await until(() => socket.io.engine.transport.name === 'websocket', 'it runs on WebSocket');
    await until(() => sent > 200, 'some were sent after it');
    clearInterval(timer);
    await until(() => got.length === sent, 'every message came back');
    assert.deepEqual(got, Array.from({ length: sent }, (_, i) => i));
  });
});

describe('the served client', () => {
  it('is the official one, and is known again by its ETag', async () => {
    const response = await fetch(`${SERVER}/socket.io/socket.io.js`);
    assert.equal(response.status, 200);
    assert.equal(response.headers.get('content-type'), 'application/javascript; charset=utf-8');
    assert.match(await response.text(), /Socket\.IO v4\./);
    const etag = response.headers.get('etag');
    assert.match(etag, /^"4\.\d+\.\d+"$/);
    assert.equal((await fetch(`${SERVER}/socket.io/socket.io.js`, { headers: { 'if-none-match': `W/${etag}` } })).status, 304);
  });
});
