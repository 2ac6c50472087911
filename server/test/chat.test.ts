import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestApp, type TestApp } from './test-app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp(['Hello from the twin. How are you today?']);
});
afterAll(() => app?.close());

describe('a live conversation', () => {
  test('a fan writes, the twin answers token by token, both fans see the same', async () => {
    const [ann, bo] = [await app.fan('Ann'), await app.fan('Bo')];
    const joined = await ann.join(app.live);
    expect(joined).toMatchObject({ reset: true, conversation: { id: app.live, canReply: true } });
    await bo.join(app.live);
    const accepted = await ann.say('Hello!');
    const ended = await bo.until('reply.ended');
    await ann.until('reply.ended');
    expect(ended.text).toBe('Hello from the twin. How are you today?');
    expect(ann.textOf(ended.replyId)).toBe(ended.text);
    expect(bo.of('message.posted')[0]?.message).toMatchObject({
      messageId: accepted.messageId,
      text: 'Hello!',
      author: { name: 'Ann' },
    });
    const sentences = bo.of('reply.sentence');
    expect(sentences.map(({ text }) => text)).toEqual(['Hello from the twin.', 'How are you today?']);
    expect(sentences[1]?.startsAt).toBeGreaterThanOrEqual(
      (sentences[0]?.startsAt ?? 0) + (sentences[0]?.durationMs ?? 0),
    );
    expect(ann.events.map(({ seq }) => seq)).toEqual(bo.events.map(({ seq }) => seq));
    expect([...ann.faults, ...bo.faults]).toEqual([]);
  });
});
