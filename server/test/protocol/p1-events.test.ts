import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { foldEvents } from '../../src/conversations/fold.ts';
import { waitFor } from '../fan.ts';
import { startTestApp, type TestApp } from '../test-app.ts';
import { logOf } from './log-of.ts';

const ANSWER = Array.from({ length: 60 }, (_, n) => `word${n}`).join(' ');

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp([ANSWER]);
  app.engine.tokenMs = 5;
});
afterAll(() => app?.close());

describe('[P1] every event once, in order', () => {
  test('over a reconnect to another server, in the middle of a reply', async () => {
    const other = await app.another();
    const [ann, bo] = [await app.fan('Ann'), await app.fan('Bo')];
    await ann.join(app.live);
    await bo.join(app.live);
    await bo.say('Tell me a long story');
    const { replyId } = await ann.until('reply.started');
    await ann.until('reply.delta', ({ replyId: its }) => its === replyId);

    ann.socket.disconnect();
    await bo.until('reply.delta', ({ replyId: its, index }) => its === replyId && index > 60);
    const before = ann.seq;
    ann.moveTo(other.url);
    const resumed = await waitFor(() => ann.joins[1], 'the resumed broadcast');
    expect(resumed).toMatchObject({ reset: false, seq: before });

    await ann.until('reply.ended', ({ replyId: its }) => its === replyId);
    await bo.until('reply.ended', ({ replyId: its }) => its === replyId);
    expect(ann.textOf(replyId)).toBe(ANSWER);
    expect([...ann.faults, ...bo.faults]).toEqual([]);
    expect(foldEvents(ann.events)).toEqual(foldEvents(bo.events));
  });

  test('over lost pub/sub messages: the connection that brings them is cut again and again', async () => {
    const [ann, bo] = [await app.fan('Ann'), await app.fan('Bo')];
    ann.moveTo((await app.another()).url); // two servers watch, so events are published
    await ann.connected();
    await ann.join(app.live);
    await bo.join(app.live);
    const { messageId } = await bo.say('And now with a broken line');
    const { replyId } = await ann.until('reply.started', ({ replyTo }) => replyTo === messageId);
    const redis = app.stores.redis();
    for (let cut = 0; cut < 5; cut += 1) {
      await redis.call('CLIENT', 'KILL', 'TYPE', 'pubsub');
      await new Promise((resolve) => setTimeout(resolve, 60));
    }
    await ann.until('reply.ended', ({ replyId: its }) => its === replyId);
    expect(ann.textOf(replyId)).toBe(ANSWER);
    expect(ann.faults).toEqual([]);
    const seqs = ann.events.map(({ seq }) => seq);
    expect(seqs).toEqual(seqs.map((_, n) => (seqs[0] ?? 0) + n));
  });

  test('a gap is asked for, and what comes may be folded', async () => {
    const ann = await app.fan('Ann');
    const { epoch, seq } = await ann.join(app.live);
    const { messageId } = await ann.say('Once more');
    const { replyId } = await ann.until('reply.ended', ({ replyId: its }) =>
      ann.of('reply.started').some((s) => s.replyId === its && s.replyTo === messageId),
    );
    const { events } = await ann.request('conversation:events', { conversationId: app.live, epoch, after: seq });
    expect(events.map(({ type }) => type)).not.toContain('reply.delta'); // the reply has ended: its end carries the text
    expect(events.at(-1)?.seq).toBe(ann.seq);
    expect(events.find(({ type }) => type === 'reply.ended')).toMatchObject({ replyId, text: ANSWER });
    const other = await ann.request('conversation:events', {
      conversationId: app.live,
      epoch: 'another-epoch',
      after: seq,
    });
    expect(other).toEqual({ epoch, events: [] });
  });

  test('above 500 folded events a catch-up is a reset', async () => {
    const ann = await app.fan('Ann');
    const { epoch } = await ann.join(app.live);
    const after = ann.seq;
    ann.socket.disconnect();
    const log = logOf(app);
    for (let n = 0; n < 501; n += 1)
      await log.append(app.live, { type: 'message.removed', messageId: crypto.randomUUID() as never, reason: 'test' });
    const late = await app.fan('Late');
    await late.join(app.live);
    ann.socket.connect();
    await ann.connected();
    const answer = await ann.request('conversation:join', { conversationId: app.live, epoch, after } as never);
    expect(answer).toMatchObject({ reset: true, seq: late.seq });
  });
});
