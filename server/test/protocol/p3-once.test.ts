import { messagesPerUser } from '@fantwin/shared/limits';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Fan } from '../fan.ts';
import { startTestApp, type TestApp } from '../test-app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp(['Once.']);
});
afterAll(() => app?.close());

describe('[P3] the same client key is one message and one reply', () => {
  test('however often it is sent, and to whichever server', async () => {
    const other = await app.another();
    const ann = await app.fan('Ann');
    await ann.join(app.live);
    const onOther = new Fan(other.url, ann.token);
    await onOther.connected();
    onOther.conversationId = app.live;

    const key = crypto.randomUUID();
    const answers = await Promise.all([ann, onOther, ann, onOther, ann].map((fan) => fan.say('Am I one?', key)));
    const later = await onOther.say('Am I one?', key);
    expect(new Set([...answers, later].map(({ messageId }) => messageId)).size).toBe(1);
    await ann.until('reply.ended');
    await onOther.say('Am I one?', key);
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(ann.of('message.posted')).toHaveLength(1);
    expect(ann.of('reply.started')).toHaveLength(1);
    expect(app.engine.requests).toHaveLength(1);
    onOther.close();
  });

  test('a known key is answered before limits are counted', async () => {
    const ann = await app.fan('Ann');
    await ann.join(app.live);
    const key = crypto.randomUUID();
    const first = await ann.say('The first', key);
    const refusals: string[] = [];
    for (let n = 0; n < messagesPerUser.points + 2; n += 1)
      await ann.say(`flood ${n}`).catch((error: Error) => refusals.push(error.message));
    expect(refusals.some((refusal) => refusal.startsWith('rate-limited') || refusal.startsWith('busy'))).toBe(true);
    expect(await ann.say('The first', key)).toMatchObject({ messageId: first.messageId });
  });

  test('what its writer left undone is delivered by another', async () => {
    const ann = await app.fan('Ann');
    await ann.join(app.live);
    const { db } = app.stores;
    const id = crypto.randomUUID();
    const at = Date.now() - 3_000;
    const row = {
      id,
      conversation_id: app.live,
      author_id: ann.userId,
      author_kind: 'fan' as const,
      author_name: 'Ann',
      text: 'Left behind',
    };
    await db
      .insertInto('messages')
      .values({
        ...row,
        client_key: id,
        reply_to: null,
        finish: null,
        answer: 'waiting',
        sent_at: at,
        removed_at: null,
      })
      .execute();
    await db
      .insertInto('outbox')
      .values({ message_id: id, conversation_id: app.live, created_at: at, done_at: null, epoch: null, seq: null })
      .execute();
    await ann.until('message.posted', ({ message }) => message.messageId === id);
    await ann.until('reply.started', ({ replyTo }) => replyTo === id, 60_000);
  }, 90_000);
});
