// Comments by the official client through a balancer without affinity, in front of several nodes.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { describe, it } from 'node:test';
import { clients, connected, TRANSPORTS, until } from './support.mjs';

const COMMENTS = 15;

/** Someone who is subscribed to a topic, writes, and collects the numbers and client ids that arrive. */
async function member(client, name, topic, options) {
  const socket = await connected(client('/', { ...options, auth: { name, guestId: randomUUID() } }));
  const told = [];
  socket.on('comment:posted', ({ sequence, comment }) => told.push(`${sequence} ${comment.clientId}`));
  const ask = async (event, request) => {
    const answer = await socket.timeout(10_000).emitWithAck(event, { topic, ...request });
    assert.equal(answer.ok, true, JSON.stringify(answer));
    return answer;
  };
  await ask('topic:subscribe', { after: 0 });
  const write = async () => {
    for (let i = 0; i < COMMENTS; i++) {
      await ask('comment:post', { text: `${name} ${i}`, clientId: `${name}-${i}` });
    }
  };
  return { socket, told, write };
}

for (const [name, options] of Object.entries(TRANSPORTS)) {
  describe(`with ${name}, each connection to the next node`, () => {
    it('everyone sees every comment once and in order', async (t) => {
      const client = clients(t);
      const topic = `cluster-${name}`;
      const members = await Promise.all(['Ann', 'Bo', 'Cy', 'Di'].map((who) => member(client, who, topic, options)));
      if (name === 'upgrade') {
        await until(
          () => members.every(({ socket }) => socket.io.engine.transport.name === 'websocket'),
          'everyone is on a WebSocket',
        );
      }
      await Promise.all(members.map(({ write }) => write()));
      const all = members.length * COMMENTS;
      await until(() => members.every(({ told }) => told.length >= all), 'everyone is told of everything');
      members.forEach(({ told }) => assert.deepEqual(told, members[0].told));
      assert.deepEqual(members[0].told.map((entry) => Number(entry.split(' ')[0])), Array.from({ length: all }, (_, i) => i + 1));
      assert.equal(new Set(members[0].told.map((entry) => entry.split(' ')[1])).size, all);
    });
  });
}
