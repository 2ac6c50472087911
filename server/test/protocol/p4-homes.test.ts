import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { demoCharacterId } from '../../src/characters/seed.ts';
import { createKeys } from '../../src/platform/redis-keys.ts';
import { type OpenAiDouble, startOpenAiDouble } from '../doubles/openai-double.ts';
import { Fan, waitFor } from '../fan.ts';
import { type ServerProcess, startTestCluster, type TestCluster } from '../server-process.ts';

const ANSWER = `${Array.from({ length: 60 }, (_, n) => `word${n}`).join(' ')}.`;
const TAKE_OVER_MS = 20_000;

let engine: OpenAiDouble;
let cluster: TestCluster;
let started = 0;
/** A server with sockets and makers; its model's name tells who made a reply. */
const startServer = () => cluster.add({ LLM_MODEL: `of-server-${started++}` });
let servers: ServerProcess[];
beforeAll(async () => {
  engine = await startOpenAiDouble({ answers: [ANSWER], tokenMs: 60, continuation: 'assistant' });
  cluster = await startTestCluster(0, { LLM_BASE_URL: engine.url, LLM_CONTINUATION: 'assistant' });
  servers = [await startServer(), await startServer()];
}, 120_000);
afterAll(async () => {
  await cluster?.close();
  await engine?.close();
});

const server = (n: number): ServerProcess => servers[n] ?? (servers[0] as ServerProcess);

async function enterPrivate(name: string, url: string): Promise<Fan> {
  const fan = await Fan.enter(url, name);
  const body = { characterId: demoCharacterId, kind: 'private' };
  await fan.join((await fan.post<{ id: string }>('/api/conversations', body)).id);
  return fan;
}

async function ask(fan: Fan, past = 20): Promise<{ replyId: string; model: string }> {
  const { messageId } = await fan.say('Tell me something long');
  const { replyId, model } = await fan.until('reply.started', ({ replyTo }) => replyTo === messageId, TAKE_OVER_MS);
  await fan.until('reply.delta', (delta) => delta.replyId === replyId && delta.index > past, TAKE_OVER_MS);
  return { replyId, model };
}

const endOf = (fan: Fan, replyId: string) =>
  fan.until('reply.ended', (ended) => ended.replyId === replyId, TAKE_OVER_MS);

describe('[P4] a private reply is made where its fan is', () => {
  test('on either server, for as many as ask at once', async () => {
    const fans = await Promise.all(Array.from({ length: 6 }, (_, n) => enterPrivate(`Fan ${n}`, server(n % 2).url)));
    const replies = await Promise.all(fans.map((fan) => ask(fan)));
    expect(replies.map(({ model }) => model)).toEqual(fans.map((_, n) => `of-server-${n % 2}`));
    await Promise.all(fans.map((fan, n) => endOf(fan, replies[n]?.replyId ?? '')));
    for (const fan of fans) {
      expect(fan.faults).toEqual([]);
      fan.close();
    }
  }, 60_000);

  test('killed: another server takes its jobs, and carries on for the fan who came over', async () => {
    const [ann, bo] = [await enterPrivate('Ann', server(0).url), await enterPrivate('Bo', server(0).url)];
    const [first, second] = [await ask(ann), await ask(bo)];
    expect([first.model, second.model]).toEqual(['of-server-0', 'of-server-0']);
    server(0).kill();
    for (const fan of [ann, bo]) fan.moveTo(server(1).url);
    for (const [fan, { replyId }] of [
      [ann, first],
      [bo, second],
    ] as const) {
      expect(await endOf(fan, replyId)).toMatchObject({ finish: 'complete', text: ANSWER });
      expect(fan.textOf(replyId)).toBe(ANSWER);
      expect(fan.faults).toEqual([]);
    }
    await ann.request('reply:stop', { replyId: first.replyId }); // its mouth is free
    const next = await ask(ann); // its turn follows one whose home is gone
    expect(next.model).toBe('of-server-1');
    await endOf(ann, next.replyId);
    const redis = cluster.stores.redis();
    const homes = createKeys(cluster.stores.prefix).homes;
    await waitFor(async () => (await redis.zcard(homes)) === 1, 'the queue of the dead server is empty and forgotten');
    servers[0] = await startServer();
    for (const fan of [ann, bo]) fan.close();
  }, 90_000);

  test('frozen, its jobs taken, and awake again: it makes its own replies as before', async () => {
    const [ann, bo] = [await enterPrivate('Ann', server(0).url), await enterPrivate('Bo', server(0).url)];
    const { replyId, model } = await ask(ann);
    server(0).signal('SIGSTOP');
    ann.moveTo(server(1).url);
    const at = ann.seq;
    await waitFor(() => ann.seq > at + 2, 'the reply goes on', TAKE_OVER_MS);
    server(0).signal('SIGCONT');
    expect(await endOf(ann, replyId)).toMatchObject({ finish: 'complete', text: ANSWER });
    expect(ann.of('reply.started').filter((it) => it.replyId === replyId)).toHaveLength(1);
    await waitFor(() => bo.socket.connected, 'the other fan is connected');
    const next = await ask(bo);
    expect(next.model).toBe(model);
    await endOf(bo, next.replyId);
    for (const fan of [ann, bo]) {
      expect(fan.faults).toEqual([]);
      fan.close();
    }
  }, 90_000);

  test('told to stop, it gives its jobs to the other at once', async () => {
    const ann = await enterPrivate('Ann', server(0).url);
    const { replyId } = await ask(ann);
    server(0).signal('SIGTERM');
    ann.moveTo(server(1).url);
    expect(await endOf(ann, replyId)).toMatchObject({ finish: 'complete', text: ANSWER });
    expect(await server(0).exited).toBe(0);
    expect(ann.faults).toEqual([]);
    ann.close();
  }, 60_000);
});
