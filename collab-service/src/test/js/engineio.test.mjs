// The cases of the published Engine.IO v4 protocol test-suite, against the bare echo server at /engine.io/, which is
// started with pingInterval 300, pingTimeout 1,500 and maxHttpBufferSize 1,000,000.
import assert from 'node:assert/strict';
import http from 'node:http';
import { describe, it } from 'node:test';
import { SERVER, Wire, within } from './support.mjs';

const PATH = '/engine.io/';
const PING_INTERVAL = 300;
const PING_TIMEOUT = 1_500;
const SEPARATOR = '\x1e';

const poll = (query, options) => within(fetch(`${SERVER}${PATH}?${query}`, options), 'an answer');
const get = (sid, options) => poll(`EIO=4&transport=polling&sid=${sid}`, options);
const post = (sid, body, headers) => get(sid, { method: 'POST', body, headers });
const wire = (t, query = 'EIO=4&transport=websocket') => new Wire(t, `${PATH}?${query}`);

async function session() {
  const text = await (await poll('EIO=4&transport=polling')).text();
  return JSON.parse(text.slice(1)).sid;
}

/** Polls until something other than a heartbeat comes. */
async function message(sid) {
  for (;;) {
    const response = await get(sid);
    assert.equal(response.status, 200);
    const packets = (await response.text()).split(SEPARATOR);
    if (packets.includes('2')) {
      await post(sid, '3');
    }
    const rest = packets.filter((packet) => packet !== '2');
    if (rest.length > 0) {
      return rest.join(SEPARATOR);
    }
  }
}

describe('handshake by polling', () => {
  it('opens a session', async () => {
    const response = await poll('EIO=4&transport=polling');
    assert.equal(response.status, 200);
    assert.equal(response.headers.get('content-type'), 'text/plain; charset=UTF-8');
    assert.equal(response.headers.get('cache-control'), 'no-store');
    const text = await response.text();
    assert.equal(text[0], '0');
    const open = JSON.parse(text.slice(1));
    assert.deepEqual(Object.keys(open).sort(), ['maxPayload', 'pingInterval', 'pingTimeout', 'sid', 'upgrades']);
    assert.match(open.sid, /^[A-Za-z0-9_-]{20}$/);
    assert.deepEqual(open.upgrades, ['websocket']);
    assert.equal(open.pingInterval, PING_INTERVAL);
    assert.equal(open.pingTimeout, PING_TIMEOUT);
    assert.equal(open.maxPayload, 1_000_000);
  });

  for (const [what, query, method, code, message] of [
    ['no protocol version', 'transport=polling', 'GET', 5, 'Unsupported protocol version'],
    ['an unknown protocol version', 'EIO=abc&transport=polling', 'GET', 5, 'Unsupported protocol version'],
    ['no transport', 'EIO=4', 'GET', 0, 'Transport unknown'],
    ['an unknown transport', 'EIO=4&transport=abc', 'GET', 0, 'Transport unknown'],
    ['a POST', 'EIO=4&transport=polling', 'POST', 2, 'Bad handshake method'],
    ['a PUT', 'EIO=4&transport=polling', 'PUT', 2, 'Bad handshake method'],
    ['an unknown session', 'EIO=4&transport=polling&sid=aaaaaaaaaaaaaaaaaaaa', 'GET', 1, 'Session ID unknown'],
  ]) {
    it(`refuses ${what}`, async () => {
      const response = await poll(query, { method });
      assert.equal(response.status, 400);
      assert.deepEqual(await response.json(), { code, message });
    });
  }
});

describe('handshake by WebSocket', () => {
  it('opens a session', async (t) => {
    const socket = await wire(t).opened();
    const text = await socket.next();
    const open = JSON.parse(text.slice(1));
    assert.deepEqual(Object.keys(open).sort(), ['maxPayload', 'pingInterval', 'pingTimeout', 'sid', 'upgrades']);
    assert.deepEqual(open.upgrades, []);
  });

  for (const [what, query] of [
    ['no protocol version', 'transport=websocket'],
    ['an unknown protocol version', 'EIO=abc&transport=websocket'],
    ['no transport', 'EIO=4'],
    ['an unknown transport', 'EIO=4&transport=abc'],
    ['an unknown session', 'EIO=4&transport=websocket&sid=aaaaaaaaaaaaaaaaaaaa'],
  ]) {
    it(`refuses ${what}`, async (t) => {
      await wire(t, query).untilClosed();
    });
  }
});

describe('messages by polling', () => {
  it('come back', async () => {
    const sid = await session();
    const pushed = await post(sid, '4hello');
    assert.equal(pushed.status, 200);
    assert.equal(await pushed.text(), 'ok');
    assert.equal(await message(sid), '4hello');
  });

  it('come back in order when several go together', async () => {
    const sid = await session();
    await post(sid, ['4test1', '4test2', '4test3'].join(SEPARATOR));
    let all = [];
    while (all.length < 3) {
      all = all.concat((await message(sid)).split(SEPARATOR));
    }
    assert.deepEqual(all, ['4test1', '4test2', '4test3']);
  });

  it('come back as text and as binary', async () => {
    const sid = await session();
    await post(sid, ['4hello', 'bAQIDBA=='].join(SEPARATOR));
    let all = [];
    while (all.length < 2) {
      all = all.concat((await message(sid)).split(SEPARATOR));
    }
    assert.deepEqual(all, ['4hello', 'bAQIDBA==']);
  });

  it('count in characters of every width', async () => {
    const sid = await session();
    await post(sid, '4€äÖ𝄞 héé');
    assert.equal(await message(sid), '4€äÖ𝄞 héé');
  });

  it('that are no packet end the session', async () => {
    const sid = await session();
    await post(sid, 'abc').catch(() => {}); // whether it is answered is left open
    assert.equal((await get(sid)).status, 400);
  });

  it('over the size limit are refused with 413', async () => {
    const sid = await session();
    assert.equal((await post(sid, '4' + 'x'.repeat(1_000_000))).status, 413);
  });

  it('at the size limit pass', async () => {
    const sid = await session();
    assert.equal((await post(sid, '4' + 'x'.repeat(999_999))).status, 200);
    assert.equal((await message(sid)).length, 1_000_000);
  });

  it('as an octet stream are refused', async () => {
    const sid = await session();
    assert.equal((await post(sid, Buffer.from([1, 2]), { 'content-type': 'application/octet-stream' })).status, 400);
    assert.equal((await get(sid)).status, 400);
  });

  it('a second poll ends the session', async () => {
    const sid = await session();
    // The first poll waits at the server before the second comes: both go out, in whichever order.
    const answers = await Promise.all([get(sid), get(sid)]);
    assert.deepEqual(answers.map((answer) => answer.status).sort(), [200, 400]);
    assert.equal(await answers.find((answer) => answer.status === 200).text(), '1');
    assert.equal((await get(sid)).status, 400);
  });

  it('an aborted poll ends the session', async () => {
    const sid = await session();
    await new Promise((resolve) => {
      const request = http.get(`${SERVER}${PATH}?EIO=4&transport=polling&sid=${sid}`);
      request.on('error', resolve);
      // What is on its way reaches the server before the end does.
      request.on('finish', () => setTimeout(() => request.destroy(), 50));
    });
    const end = Date.now() + 5_000;
    let status;
    do {
      status = (await post(sid, '3')).status;
    } while (status !== 400 && Date.now() < end);
    assert.equal(status, 400);
  });
});

describe('messages by WebSocket', () => {
  it('come back as text', async (t) => {
    const socket = await wire(t).opened();
    await socket.next();
    socket.send('4hello');
    assert.equal(await socket.next(), '4hello');
  });

  it('come back as binary', async (t) => {
    const socket = await wire(t).opened();
    await socket.next();
    socket.send(Buffer.from([1, 2, 3, 4]));
    assert.deepEqual(await socket.next(), Buffer.from([1, 2, 3, 4]));
  });

  it('that are no packet close it', async (t) => {
    const socket = await wire(t).opened();
    await socket.next();
    socket.send('abc');
    await socket.untilClosed();
  });

  it('over the size limit close it', async (t) => {
    const socket = await wire(t).opened();
    await socket.next();
    socket.send('4' + 'x'.repeat(1_000_000));
    await socket.untilClosed();
  });
});

describe('heartbeat', () => {
  it('goes on by polling while the client answers', async () => {
    const sid = await session();
    for (let i = 0; i < 3; i++) {
      assert.equal(await (await get(sid)).text(), '2');
      assert.equal((await post(sid, '3')).status, 200);
    }
  });

  it('ends a polling session that does not answer', async () => {
    const sid = await session();
    assert.equal(await (await get(sid)).text(), '2');
    await new Promise((resolve) => setTimeout(resolve, PING_TIMEOUT + 200));
    assert.equal((await get(sid)).status, 400);
  });

  it('goes on by WebSocket while the client answers', async (t) => {
    const socket = await wire(t).opened();
    await socket.next();
    for (let i = 0; i < 3; i++) {
      assert.equal(await socket.next({ heartbeats: true }), '2');
      socket.send('3');
    }
  });

  it('closes a WebSocket that does not answer', async (t) => {
    const socket = await wire(t).opened();
    await socket.untilClosed();
  });
});

describe('close', () => {
  it('by polling answers the waiting poll with a noop', async () => {
    let sid;
    let answer;
    // On connections of their own, the one may overtake the other: then there was no poll to answer.
    for (let i = 0; i < 5 && answer?.status !== 200; i++) {
      sid = await session();
      const waiting = get(sid);
      const closing = await post(sid, '1');
      assert.equal(closing.status, 200);
      assert.equal(await closing.text(), 'ok');
      answer = await waiting;
    }
    assert.equal(answer.status, 200);
    assert.equal(await answer.text(), '6');
    assert.equal((await get(sid)).status, 400);
  });

  it('by WebSocket closes it', async (t) => {
    const socket = await wire(t).opened();
    await socket.next();
    socket.send('1');
    await socket.untilClosed();
  });
});

describe('upgrade', () => {
  it('moves a session from polling to WebSocket', async (t) => {
    const sid = await session();
    const socket = await wire(t, `EIO=4&transport=websocket&sid=${sid}`).opened();
    socket.send('2probe');
    assert.equal(await socket.next(), '3probe');
    socket.send('5');
    socket.send('4hello');
    assert.equal(await socket.next(), '4hello');
  });

  it('answers a waiting poll with a noop during the probe, and refuses polls after it', async (t) => {
    const sid = await session();
    const waiting = get(sid);
    const socket = await wire(t, `EIO=4&transport=websocket&sid=${sid}`).opened();
    socket.send('2probe');
    assert.equal(await socket.next(), '3probe');
    const answer = await waiting;
    assert.equal(answer.status, 200);
    assert.equal(await answer.text(), '6');
    socket.send('5');
    socket.send('4hello');
    assert.equal(await socket.next(), '4hello');
    assert.equal((await get(sid)).status, 400);
  });

  it('is refused to a second WebSocket, while the first goes on', async (t) => {
    const sid = await session();
    const first = await wire(t, `EIO=4&transport=websocket&sid=${sid}`).opened();
    first.send('2probe');
    assert.equal(await first.next(), '3probe');
    first.send('5');
    first.send('4before');
    assert.equal(await first.next(), '4before');
    await wire(t, `EIO=4&transport=websocket&sid=${sid}`).untilClosed();
    first.send('4after');
    assert.equal(await first.next(), '4after');
  });
});
