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
  const take = ({ sequence, comment }) => {
    assert.equal(sequence, told.length + 1, `${name}: after ${told.length} came ${sequence}`);
    told.push(comment.clientId);
  };
  const subscribe = async () => {
    const { id } = socket;
    while (socket.connected && socket.id === id) {
      const answer = await socket
        .timeout(5_000)
        .emitWithAck('topic:subscribe', { topic: TOPIC, after: told.length })
        .catch(() => ({ ok: false }));
      if (answer.ok && socket.id === id) {
        answer.changes.forEach(take);
        if (answer.live) {
          return;
        }
      }
    }
  };
  socket.on('comment:posted', take);
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
