// The official client while nodes behind the balancer end and start: nothing that was acknowledged is missed.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { it } from 'node:test';
import { clients, connected, required, TRANSPORTS, until } from './support.mjs';

const TOPIC = required('TOPIC');
const COMMENTS = Number(required('COMMENTS'));
const PATIENCE = 90_000;

/** Follows the topic, and after a loss asks for what is behind the last number; posts until everything is acknowledged. */
async function member(client, name, options) {
  const socket = client('/', {
    ...options,
    reconnectionDelay: 100,
    reconnectionDelayMax: 500,
    auth: { name, guestId: randomUUID() },
  });
  const told = [];
  let live = '';
  const take = ({ sequence, comment }) => {
    assert.equal(sequence, told.length + 1, `${name}: after ${told.length} came ${sequence}`);
    told.push(comment.clientId);
  };
  // By a callback: a promise would be looked at only after the events that came with the answer.
  const subscribe = () => {
    const { id } = socket;
    socket.timeout(5_000).emit('topic:subscribe', { topic: TOPIC, after: told.length }, (error, answer) => {
      if (socket.id !== id) {
        return;
      }
      answer?.changes?.forEach(take);
      if (answer?.live) {
        live = id;
      } else {
        setTimeout(() => socket.id === id && subscribe(), error ? 0 : 100);
      }
    });
  };
  // A subscription whose answer came too late has begun too: what it brings is asked for again.
  socket.on('comment:posted', (change) => live === socket.id && take(change));
  socket.on('connect', subscribe);
  await connected(socket);
  const write = async () => {
    for (let i = 0; i < COMMENTS; i++) {
      const post = { topic: TOPIC, text: `${name} ${i}`, clientId: `${name}-${i}` };
      while (!(await socket.timeout(2_000).emitWithAck('comment:post', post).catch(() => ({ ok: false }))).ok);
    }
  };
  return { told, write };
}

it('everyone sees every comment once and in order', async (t) => {
  const client = clients(t);
  const members = await Promise.all(
    Object.entries(TRANSPORTS).map(([name, options]) => member(client, name, options)),
  );
  await Promise.all(members.map(({ write }) => write()));
  const all = members.length * COMMENTS;
  await until(() => members.every(({ told }) => told.length >= all), 'everyone is told of everything', PATIENCE);
  members.forEach(({ told }) => assert.deepEqual(told, members[0].told));
  assert.equal(new Set(members[0].told).size, all);
});
