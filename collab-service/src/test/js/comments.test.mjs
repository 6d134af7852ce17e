// Comments by the official client against a standalone server with guests.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { describe, it } from 'node:test';
import { clients, connected, next, TRANSPORTS, until } from './support.mjs';

const CHANGES = ['comment:posted', 'comment:edited', 'comment:deleted'];

/** A guest who is subscribed to a topic and collects what arrives. */
async function guest(client, name, options = {}) {
  const guestId = options.guestId ?? randomUUID();
  const socket = await connected(client('/', { ...options, auth: { name, guestId } }));
  const changes = [];
  CHANGES.forEach((event) => socket.on(event, (change) => changes.push({ event, ...change })));
  const ask = (event, request) => socket.timeout(10_000).emitWithAck(event, request);
  return { socket, guestId, changes, ask };
}

async function ok(answer) {
  const got = await answer;
  assert.equal(got.ok, true, JSON.stringify(got));
  return got;
}

const topicOf = (t) => `test ${t.name} ${randomUUID()}`.replace(/[^A-Za-z0-9-]/g, '-').slice(0, 100);

for (const [name, options] of Object.entries(TRANSPORTS)) {
  describe(`with ${name}`, () => {
    it('a comment is seen at once by who is subscribed, then edited, then deleted', async (t) => {
      const client = clients(t);
      const topic = topicOf(t);
      const ann = await guest(client, 'Ann', options);
      const bo = await guest(client, 'Bo', options);
      const annSubscribed = await ok(ann.ask('topic:subscribe', { topic }));
      assert.equal(annSubscribed.head, 0);
      assert.equal(annSubscribed.live, true);
      assert.equal(annSubscribed.user.name, 'Ann');
      await ok(bo.ask('topic:subscribe', { topic }));

      const clientId = randomUUID();
      const location = { section: 'summary', at: [1, 2.50] };
      const embedded = { type: 'filter', filter: { region: 'north' } };
      const { comment } = await ok(ann.ask('comment:post', { topic, text: 'Hello <b>Bo</b> ä€𝄞', location, embedded, clientId }));
      assert.equal(comment.text, 'Hello <b>Bo</b> ä€𝄞');
      assert.deepEqual(comment.author, { id: annSubscribed.user.id, name: 'Ann' });
      assert.deepEqual(comment.location, location);
      assert.deepEqual(comment.embedded, embedded);
      await until(() => bo.changes.length === 1, 'Bo sees the comment');
      assert.deepEqual(bo.changes[0], { event: 'comment:posted', topic, sequence: 1, type: 'posted', comment });

      const edited = await ok(ann.ask('comment:edit', { topic, id: comment.id, text: 'Hello again' }));
      assert.equal(edited.comment.text, 'Hello again');
      assert.ok(edited.comment.editedAt);
      await until(() => bo.changes.length === 2, 'Bo sees the edit');
      assert.equal(bo.changes[1].event, 'comment:edited');
      assert.equal(bo.changes[1].sequence, 2);
      assert.equal(bo.changes[1].comment.sequence, 1);
      assert.equal(bo.changes[1].comment.changed, 2);

      const refused = await bo.ask('comment:edit', { topic, id: comment.id, text: 'not mine' });
      assert.equal(refused.ok, false);
      assert.equal(refused.error.code, 'forbidden');

      await ok(ann.ask('comment:delete', { topic, id: comment.id }));
      await until(() => bo.changes.length === 3, 'Bo sees the deletion');
      const tombstone = bo.changes[2].comment;
      assert.equal(tombstone.deleted, true);
      assert.equal(tombstone.text, undefined);
      assert.equal(tombstone.location, undefined);
      assert.equal(tombstone.embedded, undefined);
      await until(() => ann.changes.length === 3, 'Ann sees her own changes');
      assert.deepEqual(ann.changes.map((change) => change.sequence), [1, 2, 3]);
    });
  });
}

describe('a retry with the same client id', () => {
  it('is the same comment', async (t) => {
    const topic = topicOf(t);
    const ann = await guest(clients(t), 'Ann');
    await ok(ann.ask('topic:subscribe', { topic }));
    const post = { topic, text: 'once', clientId: randomUUID() };
    const [first, second] = await Promise.all([ok(ann.ask('comment:post', post)), ok(ann.ask('comment:post', post))]);
    const third = await ok(ann.ask('comment:post', post));
    assert.equal(second.comment.id, first.comment.id);
    assert.equal(third.comment.id, first.comment.id);
    await until(() => ann.changes.length > 0, 'it is announced');
    const page = await ok(ann.ask('comment:list', { topic }));
    assert.deepEqual(page.comments.map((comment) => comment.text), ['once']);
    assert.equal(page.head, 1);
    assert.equal(ann.changes.length, 1);
  });

  it('is the same comment after the connection was lost, and for the same guest only', async (t) => {
    const client = clients(t);
    const topic = topicOf(t);
    const ann = await guest(client, 'Ann', { reconnectionDelay: 50 });
    const post = { topic, text: 'over the loss', clientId: randomUUID() };
    const before = await ok(ann.ask('comment:post', post));
    const again = next(ann.socket, 'connect');
    ann.socket.io.engine.close();
    await again;
    assert.equal((await ok(ann.ask('comment:post', post))).comment.id, before.comment.id);
    const bo = await guest(client, 'Bo');
    assert.notEqual((await ok(bo.ask('comment:post', post))).comment.id, before.comment.id);
  });
});

describe('what was missed', () => {
  it('comes after a reconnect, in order and without gap or duplicate, then goes on live', async (t) => {
    const client = clients(t);
    const topic = topicOf(t);
    const ann = await guest(client, 'Ann');
    const bo = await guest(client, 'Bo', { reconnectionDelay: 50 });
    const { head } = await ok(bo.ask('topic:subscribe', { topic }));
    await ok(ann.ask('comment:post', { topic, text: 'seen', clientId: randomUUID() }));
    await until(() => bo.changes.length === 1, 'Bo sees the first');
    bo.socket.disconnect();
    for (let i = 0; i < 20; i++) {
      await ok(ann.ask('comment:post', { topic, text: `missed ${i}`, clientId: randomUUID() }));
    }
    let posting = true;
    const background = (async () => {
      for (let i = 0; posting && i < 2_000; i++) {
        await ok(ann.ask('comment:post', { topic, text: `meanwhile ${i}`, clientId: randomUUID() }));
      }
    })();
    bo.socket.connect();
    await connected(bo.socket);
    let last = head + 1;
    const sequences = [];
    for (let live = false; !live; ) {
      const answer = await ok(bo.ask('topic:subscribe', { topic, after: last }));
      sequences.push(...answer.changes.map((change) => change.sequence));
      last = sequences.at(-1) ?? last;
      live = answer.live;
    }
    await until(() => bo.changes.length > 20, 'it goes on live');
    posting = false;
    await background;
    const end = (await ok(ann.ask('comment:list', { topic, limit: 1 }))).head;
    await until(() => bo.changes.at(-1).sequence === end, 'the last one arrives');
    const all = [...sequences, ...bo.changes.slice(1).map((change) => change.sequence)];
    assert.deepEqual(all, Array.from({ length: end - 1 }, (_, i) => i + 2));
  });
});

describe('a client that does it wrong', () => {
  for (const [what, event, request, code] of [
    ['no topic', 'topic:subscribe', {}, 'invalid'],
    ['a negative number', 'topic:subscribe', { topic: 'x', after: -1 }, 'invalid'],
    ['no text', 'comment:post', { topic: 'x', clientId: 'c' }, 'invalid'],
    ['a text that is no text', 'comment:post', { topic: 'x', text: 5, clientId: 'c' }, 'invalid'],
    ['a text too large', 'comment:post', { topic: 'x', text: 'x'.repeat(10_001), clientId: 'c' }, 'too_large'],
    ['an unknown comment', 'comment:delete', { topic: 'x', id: randomUUID() }, 'not_found'],
    ['an id that is none', 'comment:delete', { topic: 'x', id: 'abc' }, 'invalid'],
    ['a string for a request', 'comment:list', 'x', 'invalid'],
  ]) {
    it(`with ${what} is told so, and stays connected`, async (t) => {
      const ann = await guest(clients(t), 'Ann');
      const answer = await ann.ask(event, request);
      assert.equal(answer.ok, false);
      assert.equal(answer.error.code, code, answer.error.message);
      assert.ok(answer.error.message.length > 5);
      assert.doesNotMatch(answer.error.message, /Exception|\bat io\.|java\./);
      assert.equal(ann.socket.connected, true);
    });
  }

  it('without a name is not let in, and is told why', async (t) => {
    const socket = clients(t)('/', { auth: {} });
    const [error] = await next(socket, 'connect_error');
    assert.equal(error.data.code, 'unauthenticated');
    assert.match(error.message, /name/);
    assert.equal(socket.active, false);
  });
});
