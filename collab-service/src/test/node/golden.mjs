// Writes what the npm packages put on Redis, and what Node makes of values that come from there:
//   npm ci && node golden.mjs > ../resources/redis-wire.json
import { createAdapter, createShardedAdapter } from '@socket.io/redis-adapter';
import { Emitter } from '@socket.io/redis-emitter';
import { Server } from 'socket.io';
import * as parser from 'socket.io-parser';
import notepack from 'notepack.io';
import { createHash } from 'node:crypto';

const { encode, decode } = notepack;
const hex = (bytes) => Buffer.from(bytes).toString('hex');
const big = (n, piece) => Array.from({ length: n }, (_, i) => piece(i));

// ---- JSON text → msgpack
const texts = [
  'null', 'true', 'false', '0', '-0', '1', '127', '128', '255', '256', '65535', '65536', '4294967295', '4294967296',
  '1099511627776', '9007199254740991', '-1', '-32', '-33', '-128', '-129', '-32768', '-32769', '-2147483648',
  '-2147483649', '-9007199254740991', '1.5', '-0.1', '1e3', '1.0', '2.50e-3', '12345678901234567168',
  '""', '"a"', '"äöü€"', '"😀 😀"', '"\\u00e9\\n\\"\\\\\\/"', '[]', '{}', '[[],[[]],{}]', '{"a":{"b":[1,{"c":null}]}}',
  JSON.stringify('x'.repeat(31)), JSON.stringify('x'.repeat(32)), JSON.stringify('ä'.repeat(127)),
  JSON.stringify('ä'.repeat(128)), JSON.stringify('😀'.repeat(20)),
  JSON.stringify(big(15, (i) => i)), JSON.stringify(big(16, (i) => i)), JSON.stringify(big(300, (i) => 'v' + i)),
  JSON.stringify(big(16, (i) => big(17, (j) => ({ ['k' + i]: j })))),
  JSON.stringify(Object.fromEntries(big(15, (i) => ['k' + i, i]))),
  JSON.stringify(Object.fromEntries(big(16, (i) => ['k' + i, [i]]))),
  '{"k":[' + '"1234567890",'.repeat(40) + '1]}',
];
const values = texts.map((json) => ({ json, hex: hex(encode(JSON.parse(json))) }));

// ---- what is large, by how it is made
const sum = (bytes) => createHash('sha256').update(bytes).digest('hex');
const large = [
  { kind: 'text', count: 22000, value: '€'.repeat(22000) },
  { kind: 'array', count: 70000, value: big(70000, () => 7) },
  { kind: 'object', count: 66000, value: Object.fromEntries(big(66000, (i) => ['k' + i, 0])) },
  { kind: 'binary', count: 70000, value: Buffer.alloc(70000, 1) },
].map(({ kind, count, value }) => ({ kind, count, sha256: sum(encode(value)) }));

// ---- msgpack → what Node sends its clients
const asSent = (value) => {
  const [text, ...attachments] = new parser.Encoder().encode({ type: 2, nsp: '/', data: ['e', value] });
  return { text: text.slice(text.indexOf('[')), attachments: attachments.map(hex) };
};
const received = [
  encode(null), encode([undefined, 1]), encode({ a: undefined, b: 1 }), encode(new Date(0)), encode(new Date(1e12)),
  encode(new Date(1700000000123)), encode(new Date(-1)), encode(new Date(-62198755200000)), encode(new Date(8.64e15)),
  encode([Buffer.from([1, 2, 3])]), encode({ a: [Buffer.alloc(300, 7)], b: Buffer.from('') }),
  encode(new Uint8Array([9, 8])), encode([1.5, -1.25, 0.1, 1e-7, NaN, Infinity]),
  encode({ '€': '\u2028\u0000\u001f"\\' }), encode(2 ** 53), encode(-(2 ** 53)), encode(2 ** 40),
  ...[
    'd40000', '92d4000001', '82a161d40000a16201', 'd70000000000000003e8', 'c70300010203', 'c8000300010203',
    'c9000000030a010203', 'd40501', 'd5050102', 'd60501020304', 'd7050102030405060708', 'd805000102030405060708090a0b0c0d0e0f',
    'ca3fc00000', 'ca40400000', 'cb4008000000000000', 'cf0020000000000000', 'd3ffe0000000000001', 'da0003616263',
    'db00000003616263', 'dc0002a16101', 'de0001a16101', 'df00000001a16101', 'dd00000001a161', '8101a161', '81c3a161',
    'd0ff', 'd1ffff', 'd2ffffffff', 'cc05', 'cd0005', 'ce00000005', 'e0', 'ff', 'c70cff000000000000000000000001',
    'd6ff00000001', 'd7ff0000000400000001', '81c0a161',
  ].map((text) => Buffer.from(text, 'hex')),
].map((bytes) => ({ hex: hex(bytes), ...asSent(decode(bytes)) }));

// ---- messages
class Redis {
  published = [];
  pSubscribe() {}
  subscribe() {}
  sSubscribe() {}
  on() {}
  off() {}
  servers = 2;
  publish(channel, bytes) { this.published.push({ channel, bytes: Buffer.from(bytes) }); return Promise.resolve(1); }
  sPublish(channel, bytes) { return this.publish(channel, bytes); }
  sendCommand() { return Promise.resolve(['', String(this.servers)]); }
}
const idOf = (text) => /"?requestId"?[" :\xa0-\xbf]*([\w-]{16}|[\w-]{6})/.exec(text)?.[1];
async function messages(create, uid, nsp) {
  const redis = new Redis();
  const io = new Server({ adapter: create(redis, redis) });
  const space = io.of(nsp);
  space.adapter.uid = uid;
  const found = {};
  const say = async (name, act) => {
    redis.published.length = 0;
    act();
    await new Promise((resolve) => setTimeout(resolve, 5));
    const [{ channel, bytes }] = redis.published;
    const text = bytes.toString('latin1').replace(/requestId[\xa0-\xbf]/, 'requestId ');
    found[name] = { channel, hex: hex(bytes), requestId: idOf(text) };
  };
  await say('all', () => space.emit('hello', 1, '2', { 3: ['4'] }));
  await say('room', () => space.to('room1').emit('hello', 1));
  await say('socket', () => space.to('abcdefghijklmnopqrst').emit('hello'));
  await say('rooms', () => space.to(['a', 'b']).except(['c']).emit('hello', null, true));
  await say('volatile', () => space.volatile.emit('hello', 1.5));
  await say('binary', () => space.to('room1').emit('hello', Buffer.from([1, 2]), { deep: [Buffer.from([3])] }));
  await say('ack', () => space.to('room1').timeout(1000).emit('hello', 1, () => {}));
  await say('join', () => space.in('room1').socketsJoin(['a', 'b']));
  await say('leave', () => space.in('room1').except('c').socketsLeave('a'));
  await say('disconnect', () => space.disconnectSockets(true));
  await say('fetch', () => space.in('room1').fetchSockets().catch(() => {}));
  await say('serverSide', () => space.serverSideEmit('hi', 1, { a: 'b' }));
  await say('serverSideAck', () => space.serverSideEmit('hi', 1, () => {}));
  return found;
}
// ---- what a server answers to what another asked
async function answers(create, asked, sharded) {
  const redis = new Redis();
  const io = new Server({ adapter: create(redis, redis) });
  const adapter = io.of('/').adapter;
  adapter.uid = sharded ? '00112233aabbccdd' : '4lLFDO';
  io.of('/').on('hi', (n, ack) => ack('pong', 'ignored'));
  const found = {};
  for (const [name, { channel, bytes }] of Object.entries(asked)) {
    redis.published.length = 0;
    if (sharded) adapter.onRawMessage(Buffer.from(bytes), channel);
    else await adapter.onrequest(channel, Buffer.from(bytes));
    await new Promise((resolve) => setTimeout(resolve, 5));
    found[name] = { channel: redis.published[0].channel, hex: hex(redis.published[0].bytes) };
  }
  return found;
}
const classicAnswers = await answers(createAdapter, Object.fromEntries(Object.entries({
  0: { rooms: ['x'] }, 1: {}, 5: { opts: { rooms: ['x'], except: [] } }, 6: { data: ['hi', 1] },
  7: { packet: { type: 2, data: ['q'], nsp: '/' }, opts: { rooms: ['x'], except: [], flags: { timeout: 10 } } },
}).map(([type, rest]) => [type, {
  channel: 'socket.io-request#/#',
  bytes: JSON.stringify({ uid: 'another', requestId: 'req00' + type, type: Number(type), ...rest }),
}])));
const shardedAnswers = await answers(createShardedAdapter, Object.fromEntries(Object.entries({
  7: { requestId: 'req007', opts: { rooms: ['x'], except: [], flags: {} } },
  9: { requestId: 'req009', packet: ['hi', 1] },
  3: { requestId: 'req003', packet: { type: 2, data: ['q'] }, opts: { rooms: ['x'], except: [], flags: { timeout: 10 } } },
}).map(([type, data]) => [type, {
  channel: 'socket.io#/#',
  bytes: JSON.stringify({ type: Number(type), data, uid: 'ffffffffffffffff', nsp: '/' }),
}])), true);

const emitter = {};
{
  const redis = new Redis();
  const e = new Emitter(redis);
  const say = (name, act) => {
    redis.published.length = 0;
    act();
    emitter[name] = { channel: redis.published[0].channel, hex: hex(redis.published[0].bytes) };
  };
  say('all', () => e.emit('hello', 1));
  say('room', () => e.to('room1').emit('hello'));
  say('rooms', () => e.to(['a', 'b']).except('c').volatile.emit('hello', Buffer.from([1])));
  say('namespace', () => e.of('/admin').emit('hello', new Date(0)));
  say('join', () => e.in('room1').socketsJoin('a'));
  say('leave', () => e.in('room1').socketsLeave(['a']));
  say('disconnect', () => e.in('room1').disconnectSockets(true));
  say('serverSide', () => e.serverSideEmit('hi', 1));
}
const result = {
  values,
  large,
  received,
  classic: await messages(createAdapter, '4lLFDO', '/'),
  classicAdmin: await messages(createAdapter, '4lLFDO', '/admin'),
  sharded: await messages(createShardedAdapter, '00112233aabbccdd', '/'),
  classicAnswers,
  shardedAnswers,
  emitter,
};
process.stdout.write(JSON.stringify(result, null, 1) + '\n', () => process.exit(0));
