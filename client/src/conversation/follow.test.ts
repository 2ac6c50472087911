import type { ConversationEvent } from '@fantwin/shared/events';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { catchUp, conversation, epoch, legalLog, type Step } from '../../test/legal-log.ts';
import { type LiveServer, ok, refuse, startLiveServer, until } from '../../test/live-server.ts';
import { type Connection, createConnection } from '../net/socket.ts';
import { need } from './event-log.ts';
import { followConversation } from './follow.ts';
import { sendAgain, sendMessage } from './send.ts';
import { joinedNow, conversationStore } from './store.ts';

const { id: conversationId } = conversation;
const post = (text: string): Step => ({ kind: 'post', pick: 1, text });
const words = (...texts: string[]) => legalLog(texts.map(post));
const room = () => conversationStore.getState().rooms[conversationId];
const shown = () => room()?.log.view?.messages.map(({ text }) => text);

let server: LiveServer;
let connection: Connection;
let stop: () => void;
let log = words('one', 'two', 'three', 'four', 'five', 'six');

/** Answers joins and catch-ups as the platform does, up to `head`. */
function serve(head: () => number) {
  server.state.answer = (name, input: { after?: number; epoch?: string }) => {
    if (name === 'conversation:join') return ok(joinAnswer(input, head()));
    if (name === 'conversation:events') {
      return ok({ epoch, events: catchUp(log.events, input.after ?? 0, head(), () => true) });
    }
    return ok({});
  };
}
function joinAnswer({ after, epoch: had }: { after?: number; epoch?: string }, head: number) {
  if (after === undefined || had !== epoch) return log.snapshot(head, head);
  return { ...log.snapshot(head, head), messages: [], seq: after, reset: false, events: log.events.slice(after, head) };
}
const send = (...events: readonly ConversationEvent[]) => server.live.emit('events', { conversationId, epoch, events });

function follow(): void {
  connection = createConnection({
    serverUrl: server.url,
    handshake: async () => ({ token: 't', joined: joinedNow(conversationStore.getState().rooms) }),
    renew: async () => true,
  });
  stop = followConversation({ connection, store: conversationStore, conversationId });
  connection.connect();
}

beforeEach(async () => {
  server = await startLiveServer();
  log = words('one', 'two', 'three', 'four', 'five', 'six');
});
afterEach(async () => {
  stop();
  connection.close();
  await server.close();
});

test('[P1] what is broadcast is applied once; a gap is asked for', async () => {
  let head = 1;
  serve(() => head);
  follow();
  await until(() => shown()?.length === 1, 'the join');
  head = 5;
  send(...log.events.slice(1, 2));
  send(...log.events.slice(1, 2));
  send(...log.events.slice(4, 5));
  await until(() => shown()?.length === 5, 'the gap to be filled');
  expect(shown()).toEqual(['one', 'two', 'three', 'four', 'five']);
  expect(server.asked.find(({ name }) => name === 'conversation:events')?.input).toMatchObject({ after: 2, epoch });
});

test('[P1] a broadcast that cannot be read is a gap', async () => {
  let head = 1;
  serve(() => head);
  follow();
  await until(() => shown()?.length === 1, 'the join');
  head = 2;
  server.live.emit('events', { conversationId, epoch, events: [{ seq: 2, type: 'message.posted' }] });
  await until(() => shown()?.length === 2, 'what it was');
});

test('[P1] after a reconnect `resumed` carries on without a request', async () => {
  let head = 2;
  serve(() => head);
  server.state.onConnect = (socket) => {
    for (const joined of (socket.handshake.auth.joined ?? []) as { after: number; epoch: string }[]) {
      socket.emit('resumed', { conversationId, ...joinAnswer(joined, head) });
    }
  };
  follow();
  await until(() => shown()?.length === 2, 'the join');
  head = 4;
  server.cut();
  await until(() => shown()?.length === 4, 'what was missed');
  expect(server.count('conversation:join')).toBe(1);
});

test('[P1] when no `resumed` comes we ask', async () => {
  let head = 2;
  serve(() => head);
  follow();
  await until(() => shown()?.length === 2, 'the join');
  head = 3;
  server.cut();
  await until(() => shown()?.length === 3, 'what was missed');
  expect(server.asked.findLast(({ name }) => name === 'conversation:join')?.input).toMatchObject({ after: 2, epoch });
});

test('[P2] another epoch is joined anew', async () => {
  serve(() => 2);
  follow();
  await until(() => shown()?.length === 2, 'the join');
  const next = 'epoch-of-tomorrow';
  server.state.answer = () => ok({ ...log.snapshot(3, 3), epoch: next });
  server.live.emit('events', { conversationId, epoch: next, events: log.events.slice(3, 4) });
  await until(() => room()?.log.epoch === next && shown()?.length === 4, 'the new epoch');
  expect(need(room()?.log ?? { seq: 0, known: 0, ahead: [] })).toBe('nothing');
});

test('what is no longer kept is joined anew', async () => {
  serve(() => 6);
  follow();
  await until(() => shown()?.length === 6, 'the join');
  log = words(...Array.from({ length: 12 }, (_, i) => `line ${i}`));
  server.state.answer = (name) =>
    name === 'conversation:join' ? ok(log.snapshot(12, 12)) : refuse({ code: 'conflict', message: 'Trimmed.' });
  send(...log.events.slice(9, 10));
  await until(() => shown()?.length === 12, 'the second join');
});

test('events that come before the answer of the join are not lost', async () => {
  server.state.answer = (name) => {
    if (name !== 'conversation:join') return 'silence';
    send(...log.events.slice(2, 4));
    return ok(log.snapshot(2, 2));
  };
  follow();
  await until(() => shown()?.length === 4, 'both');
  expect(server.count('conversation:events')).toBe(0);
});

test('a join that fails for a while is asked again; one that is refused for good is shown', async () => {
  server.state.answer = () =>
    server.count('conversation:join') < 3
      ? refuse({ code: 'busy', message: 'Full.', retryAfterMs: 10 })
      : refuse({ code: 'not-found', message: 'Gone.' });
  follow();
  await until(() => room()?.refusal?.code === 'not-found', 'the refusal');
  expect(server.count('conversation:join')).toBe(3);
});

test('leaving tells the server and forgets', async () => {
  serve(() => 1);
  follow();
  await until(() => shown()?.length === 1, 'the join');
  stop();
  await until(() => server.count('conversation:leave') === 1, 'the leave');
  expect(room()).toBeUndefined();
});

test('[P3] a message is sent with one key over its retries, and is shown while it is on its way', async () => {
  serve(() => 0);
  follow();
  await until(() => room()?.log.view !== undefined, 'the join');
  const accepted = { messageId: conversationId, place: 2 };
  server.state.answer = (name) =>
    server.count(name) === 1 ? refuse({ code: 'rate-limited', message: 'Slow.', retryAfterMs: 9_000 }) : ok(accepted);
  const deps = {
    net: { connection, clock: { now: () => 1, close: () => undefined } },
    store: conversationStore,
    conversationId,
  };
  const sent = sendMessage(deps, '  Hello  ');
  expect(room()?.outgoing).toMatchObject([{ text: 'Hello', state: 'sending' }]);
  await sent;
  const [failed] = room()?.outgoing ?? [];
  if (!failed) throw new Error('the message that failed is kept');
  expect(failed).toMatchObject({ state: 'failed', error: { code: 'rate-limited' } });
  expect((failed.retryAt ?? 0) - Date.now()).toBeGreaterThan(8_000);
  await sendAgain(deps, failed);
  expect(room()?.outgoing).toMatchObject([{ state: 'accepted', messageId: conversationId }]);
  expect(room()?.places).toEqual({ [conversationId]: 2 });
  const keys = server.asked
    .filter(({ name }) => name === 'message:send')
    .map(({ input }) => (input as { clientKey: string }).clientKey);
  expect(new Set(keys).size).toBe(1);
});
