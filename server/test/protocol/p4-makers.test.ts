import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { demoCharacterId } from '../../src/characters/seed.ts';
import { type OpenAiDouble, startOpenAiDouble } from '../doubles/openai-double.ts';
import { Fan, waitFor } from '../fan.ts';
import { type ServerProcess, startTestCluster, type TestCluster } from '../server-process.ts';
import { startTestApp } from '../test-app.ts';

/** Long enough to be in the middle of it, in one sentence so that the mouth does not hold up what is tested. */
const ANSWER = `${Array.from({ length: 60 }, (_, n) => `word${n}`).join(' ')}.`;
/** A generous bound: the design's five seconds are measured by the chaos suite. */
const TAKE_OVER_MS = 20_000;

let engine: OpenAiDouble;
beforeAll(async () => {
  engine = await startOpenAiDouble({ answers: [ANSWER], tokenMs: 80, continuation: 'assistant' });
});
afterAll(() => engine?.close());

let cluster: TestCluster;
beforeAll(async () => {
  const env = { LLM_BASE_URL: engine.url, LLM_MODEL: 'double', LLM_CONTINUATION: 'assistant' };
  cluster = await startTestCluster(1, { ...env, ROLES: 'web' });
}, 120_000);
afterAll(() => cluster?.close());

const startMaker = (env: Record<string, string> = {}) => cluster.add({ ROLES: 'replies', ...env });

/** A fan on the server that holds the sockets, in the middle of a reply that another process makes. */
async function midReply(): Promise<{ ann: Fan; replyId: string }> {
  const ann = await Fan.enter(cluster.servers[0]?.url ?? '', 'Ann');
  const { id } = await ann.post<{ id: string }>('/api/conversations', {
    characterId: demoCharacterId,
    kind: 'private',
  });
  await ann.join(id); // a conversation of its own: no other reply has the mouth
  const { messageId } = await ann.say('Tell me something long');
  const { replyId } = await ann.until('reply.started', ({ replyTo }) => replyTo === messageId, 60_000);
  await ann.until('reply.delta', (delta) => delta.replyId === replyId && delta.index > 40, 30_000);
  return { ann, replyId };
}

const endOf = (ann: Fan, replyId: string) =>
  ann.until('reply.ended', (ended) => ended.replyId === replyId, TAKE_OVER_MS);

/** The reply has ended and its makers are gone, so that the next test knows who makes its own. */
async function leave(ann: Fan, replyId: string, ...makers: ServerProcess[]): Promise<void> {
  await endOf(ann, replyId);
  for (const maker of makers) maker.kill();
  ann.close();
}

function expectOneLegalReply(ann: Fan, replyId: string): void {
  const its = ann.events.filter((event) => 'replyId' in event && event.replyId === replyId);
  expect(its.filter(({ type }) => type === 'reply.started')).toHaveLength(1);
  expect(its.filter(({ type }) => type === 'reply.ended')).toHaveLength(1);
  const after = its.slice(its.findIndex(({ type }) => type === 'reply.ended') + 1);
  expect(after.filter(({ type }) => type !== 'reply.silenced')).toEqual([]);
  expect(ann.faults).toEqual([]);
  const sentences = ann.of('reply.sentence').map(({ index }) => index);
  expect(new Set(sentences).size).toBe(sentences.length);
}

describe('[P4] a reply survives its maker', () => {
  test('killed in the middle of a word: another carries on from the published text', async () => {
    const maker = await startMaker();
    const { ann, replyId } = await midReply();
    maker.kill();
    const other = await startMaker();
    expect(await endOf(ann, replyId)).toMatchObject({ finish: 'complete', text: ANSWER });
    expect(ann.of('reply.restarted')).toEqual([]);
    expect(
      ann
        .of('reply.delta')
        .map(({ text }) => text)
        .join(''),
    ).toBe(ANSWER);
    expectOneLegalReply(ann, replyId);
    await leave(ann, replyId, other);
  }, 120_000);

  test('frozen, taken over, and awake again: the old maker is shut out', async () => {
    const first = await startMaker();
    const { ann, replyId } = await midReply();
    first.signal('SIGSTOP');
    const at = ann.seq;
    const second = await startMaker();
    await waitFor(() => ann.seq > at + 2, 'the reply goes on', TAKE_OVER_MS);
    first.signal('SIGCONT');
    expect(await endOf(ann, replyId)).toMatchObject({ text: ANSWER });
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    expectOneLegalReply(ann, replyId);
    await leave(ann, replyId, first, second);
  }, 120_000);

  test('a server that is told to stop hands its reply over', async () => {
    const first = await startMaker();
    const { ann, replyId } = await midReply();
    first.signal('SIGTERM');
    expect(await first.exited).toBe(0);
    const second = await startMaker();
    expect(await endOf(ann, replyId)).toMatchObject({ finish: 'complete', text: ANSWER });
    expectOneLegalReply(ann, replyId);
    await leave(ann, replyId, second);
  }, 120_000);

  test('an engine that cannot carry on starts over, and says so', async () => {
    const none = { LLM_CONTINUATION: 'none' };
    const first = await startMaker(none);
    const { ann, replyId } = await midReply();
    first.kill();
    const second = await startMaker(none);
    expect(await endOf(ann, replyId)).toMatchObject({ finish: 'complete', text: ANSWER });
    expect(ann.of('reply.restarted')).toHaveLength(1);
    expect(ann.textOf(replyId)).toBe(ANSWER);
    await leave(ann, replyId, second);
  }, 120_000);
});

describe('[P4] a reply survives Redis', () => {
  test('when everything in it is lost, the reply goes on from Postgres', async () => {
    const app = await startTestApp([ANSWER]);
    app.engine.tokenMs = 60;
    const ann = await app.fan('Ann');
    await ann.join(app.live);
    const { messageId } = await ann.say('Tell me something long');
    const { replyId } = await ann.until('reply.delta', ({ index }) => index > 40);
    const redis = app.stores.redis();
    for await (const keys of redis.scanStream({ match: `${app.stores.prefix}*` }))
      if ((keys as string[]).length > 0) await redis.del(...(keys as string[]));
    const message = await waitFor(
      () => app.stores.db.selectFrom('messages').selectAll().where('id', '=', replyId).executeTakeFirst(),
      'the reply is stored',
      30_000,
    );
    expect(message).toMatchObject({ text: ANSWER, finish: 'complete', reply_to: messageId });
    await waitFor(
      () => ann.textOf(replyId) === ANSWER || ann.joins.at(-1)?.messages.some((m) => m.text === ANSWER),
      'Ann has it all',
    );
    expect(ann.faults).toEqual([]);
    await app.close();
  }, 60_000);

  test('a reply that was taken over five times ends as failed', async () => {
    const app = await startTestApp([ANSWER]);
    app.engine.gate = new Promise(() => {}); // the engine never says a word
    const ann = await app.fan('Ann');
    await ann.join(app.live);
    await ann.say('Hello?');
    const { db } = app.stores;
    const reply = await waitFor(() => db.selectFrom('replies').selectAll().executeTakeFirst(), 'a maker has it');
    await db.updateTable('replies').set({ makers: 6 }).where('id', '=', reply.id).execute();
    const redis = app.stores.redis();
    const [lock] = await redis.keys(`${app.stores.prefix}*:lock`);
    await redis.set(lock ?? '', 'another', 'PX', 300); // as if the maker had died
    const ended = await ann.until('reply.ended', undefined, TAKE_OVER_MS);
    expect(ended).toMatchObject({ replyId: reply.id, finish: 'failed' });
    await app.close();
  }, 60_000);
});
