import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { waitFor } from '../fan.ts';
import { startTestApp, type TestApp } from '../test-app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp(['Yes.'], {}, {});
  app.engine.tokenMs = 20;
});
afterAll(() => app?.close());

describe('[P2] a join without a place, or with one that is gone, starts from a snapshot', () => {
  test('no acknowledged message is ever missing from it', async () => {
    const writers = await Promise.all(['Ann', 'Bo', 'Cy'].map((name) => app.fan(name)));
    for (const writer of writers) await writer.join(app.live);
    const acknowledged: string[] = [];
    const writing = writers.map(async (writer) => {
      for (let n = 0; n < 8; n += 1) acknowledged.push((await writer.say(`message ${n}`)).messageId);
    });
    const joins: Promise<void>[] = [];
    for (let n = 0; n < 15; n += 1) {
      const fan = await app.fan(`Late ${n}`);
      const known = [...acknowledged];
      joins.push(
        fan.join(app.live).then((answer) => {
          const seen = new Set([
            ...answer.messages.map(({ messageId }) => messageId),
            ...answer.events.flatMap((e) => (e.type === 'message.posted' ? [e.message.messageId] : [])),
          ]);
          expect(known.filter((id) => !seen.has(id as never))).toEqual([]);
          expect(answer.reset).toBe(true);
        }),
      );
    }
    await Promise.all([...writing, ...joins]);
  });

  test('a log that is lost begins a new epoch, and everybody is told what stands', async () => {
    const ann = await app.fan('Ann');
    const { epoch } = await ann.join(app.live);
    await ann.say('Before the loss');
    const redis = app.stores.redis();
    await redis.del(...(await redis.keys(`${app.stores.prefix}{c:${app.live}}:*`)));

    const bo = await app.fan('Bo');
    await bo.join(app.live);
    await bo.say('After the loss');
    const again = await waitFor(() => ann.joins.find((join) => join.epoch !== epoch), 'Ann starts again');
    expect(again.reset).toBe(true);
    const texts = () => [
      ...again.messages.map(({ text }) => text),
      ...ann.of('message.posted').map(({ message }) => message.text),
    ];
    await waitFor(() => texts().includes('Before the loss') && texts().includes('After the loss'), 'both messages');
    expect(ann.faults).toEqual([]);
  });

  test('and every message that waited is still answered, once', async () => {
    const { db } = app.stores;
    const waiting = () => db.selectFrom('messages').selectAll().where('answer', '=', 'waiting').execute();
    await waitFor(async () => (await waiting()).length === 0, 'nobody waits', 60_000);
    const asked = await db.selectFrom('messages').select('id').where('author_kind', '=', 'fan').execute();
    const answers = await db.selectFrom('messages').selectAll().where('author_kind', '=', 'character').execute();
    expect(answers.map(({ reply_to }) => reply_to).sort()).toEqual(asked.map(({ id }) => id).sort());
    expect(answers.filter(({ finish, text }) => finish !== 'complete' || text !== 'Yes.')).toEqual([]);
  }, 90_000);
});

describe('[P2] a running reply is a part of the snapshot', () => {
  const ANSWER = 'First sentence here. Second sentence here, and it goes on for a while. Third one.';
  let speaking: TestApp;
  beforeAll(async () => {
    speaking = await startTestApp([ANSWER]);
    speaking.engine.tokenMs = 100;
    speaking.speech.msPerChar = 60;
  });
  afterAll(() => speaking?.close());

  test('with the sentences that are being spoken, also while the avatar still speaks after its end', async () => {
    const ann = await speaking.fan('Ann');
    await ann.join(speaking.live);
    const { messageId } = await ann.say('Speak');
    const { replyId } = await ann.until('reply.sentence');
    const late = await speaking.fan('Late');
    const { reply } = await late.join(speaking.live);
    expect(reply).toMatchObject({ replyId, replyTo: messageId });
    expect(ANSWER.startsWith(reply?.text ?? 'nothing')).toBe(true);
    expect(reply?.sentences[0]).toMatchObject({ index: 0, text: 'First sentence here.' });
    await late.until('reply.ended');
    expect(late.textOf(replyId)).toBe(ANSWER);
    const later = await speaking.fan('Even later');
    const { reply: spoken } = await later.join(speaking.live);
    expect(spoken).toMatchObject({ replyId, text: ANSWER });
    expect(spoken?.speaksUntil).toBeGreaterThan(Date.now());
  });
});
