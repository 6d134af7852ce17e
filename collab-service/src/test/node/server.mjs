// A Node server with an adapter on Redis, and clients of its own, that does what the lines on its standard input say:
// each is {"id": 1, "code": "the body of an async function"}, and is answered with {"id": 1, "result": …} or "error".
//   node server.mjs PORT classic|sharded KEY
import { createInterface } from 'node:readline';
import { createServer } from 'node:http';
import { createAdapter, createShardedAdapter } from '@socket.io/redis-adapter';
import { Emitter } from '@socket.io/redis-emitter';
import { createClient } from 'redis';
import { Server } from 'socket.io';
import { io as connect } from 'socket.io-client';

const [port, format, key] = process.argv.slice(2);
const url = 'redis://127.0.0.1:' + port;
const redis = createClient({ url });
const subscriber = redis.duplicate();
await Promise.all([redis.connect(), subscriber.connect()]);
const adapter =
  format === 'sharded'
    ? createShardedAdapter(redis, subscriber, { channelPrefix: key })
    : createAdapter(redis, subscriber, { key });
const http = createServer();
const io = new Server(http, { adapter });
const emitter = new Emitter(redis, { key });
await new Promise((resolve) => http.listen(0, '127.0.0.1', resolve));

/** A client of this server; what it gets is in `got`. */
const clients = {};
async function client(name, ...rooms) {
  const socket = connect('http://127.0.0.1:' + http.address().port, { transports: ['websocket'], forceNew: true });
  const got = [];
  clients[name] = { socket, got };
  socket.onAny((...args) => {
    const ack = typeof args.at(-1) === 'function' ? args.pop() : undefined;
    got.push(args.map((arg) => (Buffer.isBuffer(arg) ? { hex: arg.toString('hex') } : arg)));
    ack?.('from ' + name);
  });
  socket.on('disconnect', (reason) => got.push(['disconnect', reason]));
  await new Promise((resolve) => socket.on('connect', resolve));
  io.sockets.sockets.get(socket.id).join(rooms);
  return socket.id;
}
const seen = [];
io.on('hi', (...args) => {
  const ack = typeof args.at(-1) === 'function' ? args.pop() : undefined;
  seen.push(args);
  ack?.('node');
});

const lines = createInterface({ input: process.stdin });
lines.on('line', async (line) => {
  const { id, code } = JSON.parse(line);
  let answer;
  try {
    const run = new Function('io', 'emitter', 'clients', 'client', 'seen', 'redis', `return (async () => { ${code} })()`);
    answer = { id, result: (await run(io, emitter, clients, client, seen, redis)) ?? null };
  } catch (error) {
    answer = { id, error: String(error?.stack ?? error) };
  }
  process.stdout.write(JSON.stringify(answer) + '\n');
});
lines.on('close', () => process.exit(0));
process.stdout.write('{"id":0,"result":"ready"}\n');
