// The cases of the published Socket.IO v5 protocol test-suite, against the echo application, which is started with
// pingInterval 300, pingTimeout 1,500 and connectTimeout 3,000.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { SERVER, Wire, within } from './support.mjs';

/** A WebSocket whose Engine.IO session is open. */
async function open(t) {
  const wire = await new Wire(t, '/socket.io/?EIO=4&transport=websocket').opened();
  assert.equal((await wire.next())[0], '0');
  return wire;
}

/** One that has joined the main namespace, and has got the handshake's auth object. */
async function joined(t) {
  const wire = await open(t);
  wire.send('40');
  assert.match(await wire.next(), /^40\{"sid":"[A-Za-z0-9_-]{20}"\}$/);
  assert.equal(await wire.next(), '42["auth",{}]');
  return wire;
}

describe('connecting', () => {
  it('over WebSocket gives a socket id and nothing else', async (t) => {
    await joined(t);
  });

  it('over polling does the same', async () => {
    const ask = (sid, options) => within(fetch(`${SERVER}/socket.io/?EIO=4&transport=polling${sid ? `&sid=${sid}` : ''}`, options), 'an answer');
    const { sid } = JSON.parse((await (await ask()).text()).slice(1));
    assert.equal(await (await ask(sid, { method: 'POST', body: '40' })).text(), 'ok');
    const packets = [];
    while (packets.length < 2) {
      const text = await (await ask(sid)).text();
      packets.push(...text.split('\x1e').filter((packet) => packet !== '2'));
    }
    const [connect, auth] = packets;
    assert.match(connect, /^40\{"sid":"[A-Za-z0-9_-]{20}"\}$/);
    assert.equal(auth, '42["auth",{}]');
  });

  it('passes the auth object on as it came', async (t) => {
    const wire = await open(t);
    wire.send('40{"token":"123","n":1.0}');
    await wire.next();
    assert.equal(await wire.next(), '42["auth",{"token":"123","n":1.0}]');
  });

  for (const packet of ['40/custom,', '40/custom']) {
    it(`to a custom namespace by ${packet}`, async (t) => {
      const wire = await open(t);
      wire.send(packet);
      assert.match(await wire.next(), /^40\/custom,\{"sid":"[A-Za-z0-9_-]{20}"\}$/);
      assert.equal(await wire.next(), '42/custom,["auth",{}]');
    });
  }

  it('to a custom namespace passes the auth object on', async (t) => {
    const wire = await open(t);
    wire.send('40/custom,{"token":"abc"}');
    await wire.next();
    assert.equal(await wire.next(), '42/custom,["auth",{"token":"abc"}]');
  });

  for (const packet of ['40/random', '40/random,']) {
    it(`to an unknown namespace by ${packet} is refused, and the connection stays`, async (t) => {
      const wire = await open(t);
      wire.send(packet);
      assert.equal(await wire.next(), '44/random,{"message":"Invalid namespace"}');
      wire.send('40');
      assert.match(await wire.next(), /^40\{"sid":/);
    });
  }

  it('must happen in time', async (t) => {
    const wire = await open(t);
    // Heartbeats are answered, so what ends it is the time to join.
    await assert.rejects(wire.next(), /closed/);
  });
});

describe('packets that close the connection', () => {
  for (const packet of ['4abc', '4', '49', '42{}', '42abc["message-with-ack",1]', '42[]', '42["connect"]', '42["connect_error","x"]', '42["disconnect"]', '42["disconnecting"]', '42["newListener"]', '42["removeListener"]', '42/custom,["message",1]', '40', '44{"message":"x"}', '451-["message"']) {
    it(packet, async (t) => {
      const wire = await joined(t);
      wire.send(packet);
      await assert.rejects(wire.next(), /closed/);
    });
  }

  it('an unknown packet before connecting', async (t) => {
    const wire = await open(t);
    wire.send('4abc');
    await assert.rejects(wire.next(), /closed/);
  });

  it('more attachments than are allowed', async (t) => {
    const wire = await joined(t);
    wire.send('4511-["message"]');
    await assert.rejects(wire.next(), /closed/);
  });
});

describe('leaving', () => {
  it('the main namespace leaves the connection open', async (t) => {
    const wire = await joined(t);
    wire.send('41');
    for (let i = 0; i < 2; i++) {
      assert.equal(await wire.next({ heartbeats: true }), '2');
      wire.send('3');
    }
    wire.send('40');
    assert.match(await wire.next(), /^40\{"sid":/);
  });

  for (const packet of ['41/custom,', '41/custom']) {
    it(`a custom namespace by ${packet} leaves the main one joined`, async (t) => {
      const wire = await joined(t);
      wire.send('40/custom');
      assert.match(await wire.next(), /^40\/custom,/);
      await wire.next();
      wire.send(packet);
      wire.send('42["message","to the main namespace"]');
      assert.equal(await wire.next(), '42["message-back","to the main namespace"]');
    });
  }
});

describe('messages', () => {
  it('come back byte for byte', async (t) => {
    const wire = await joined(t);
    wire.send('42["message",1,"2",{"3":[true]}]');
    assert.equal(await wire.next(), '42["message-back",1,"2",{"3":[true]}]');
    wire.send('42["message",1.0,1e3,{"b":1,"a":12345678901234567890}, "\\u00e9"]');
    assert.match(await wire.next(), /^42\["message-back",1\.0,1e3,\{"b":1,"a":12345678901234567890\}, ?"\\u00e9"\]$/);
  });

  it('come back with their attachments', async (t) => {
    const wire = await joined(t);
    wire.send('452-["message",{"_placeholder":true,"num":0},{"_placeholder":true,"num":1}]');
    wire.send(Buffer.from([1, 2, 3]));
    wire.send(Buffer.from([4, 5, 6]));
    assert.equal(await wire.next(), '452-["message-back",{"_placeholder":true,"num":0},{"_placeholder":true,"num":1}]');
    assert.deepEqual(await wire.next(), Buffer.from([1, 2, 3]));
    assert.deepEqual(await wire.next(), Buffer.from([4, 5, 6]));
  });

  it('are acknowledged', async (t) => {
    const wire = await joined(t);
    wire.send('42456["message-with-ack",1,"2",{"3":[false]}]');
    assert.equal(await wire.next(), '43456[1,"2",{"3":[false]}]');
  });

  it('are acknowledged with attachments', async (t) => {
    const wire = await joined(t);
    wire.send('452-789["message-with-ack",{"_placeholder":true,"num":0},{"_placeholder":true,"num":1}]');
    wire.send(Buffer.from([1, 2, 3]));
    wire.send(Buffer.from([4, 5, 6]));
    assert.equal(await wire.next(), '462-789[{"_placeholder":true,"num":0},{"_placeholder":true,"num":1}]');
    assert.deepEqual(await wire.next(), Buffer.from([1, 2, 3]));
    assert.deepEqual(await wire.next(), Buffer.from([4, 5, 6]));
  });

  it('with a number for a name are admitted', async (t) => {
    const wire = await joined(t);
    wire.send('42[1,"nobody listens"]');
    wire.send('42["message","still here"]');
    assert.equal(await wire.next(), '42["message-back","still here"]');
  });
});
