import { afterEach, describe, expect, test } from 'vitest';
import { type Fan, RequestError, waitFor } from './fan.ts';
import { hasRedis, RedisProcess } from './redis-process.ts';
import { startTestApp, type TestApp } from './test-app.ts';

/** The design says 1 s; the machine may be busy. */
const FAILS_WITHIN_MS = 3_000;
const STORY = `${Array.from({ length: 60 }, (_, n) => `word${n}`).join(' ')}.`;

let app: TestApp;
let redis: RedisProcess | undefined;
afterEach(async () => {
  redis?.thaw();
  try {
    await app?.close();
  } finally {
    await redis?.kill();
    redis = undefined;
  }
});

async function startOnOwnRedis(answers: string[]): Promise<RedisProcess> {
  redis = await RedisProcess.start();
  app = await startTestApp(answers, {}, { REDIS_URL: redis.url });
  return redis;
}

async function expectUnavailable(work: () => Promise<unknown>): Promise<void> {
  const startedAt = performance.now();
  const refused = await work().then(
    () => 'it worked',
    (error: unknown) => (error instanceof RequestError ? error.wire : error),
  );
  expect(refused).toMatchObject({ code: 'unavailable', retryAfterMs: expect.any(Number) });
  expect(performance.now() - startedAt).toBeLessThan(FAILS_WITHIN_MS);
}

const http = async (path: string, init?: RequestInit) => {
  const response = await fetch(app.url + path, { ...init, signal: AbortSignal.timeout(FAILS_WITHIN_MS) });
  return { status: response.status, retryAfter: response.headers.get('retry-after'), body: await response.text() };
};

/** As a client does: with the same key until it is acknowledged; only an outage is a reason to try again. */
async function sayUntilTaken(fan: Fan, text: string, key = crypto.randomUUID()): Promise<string> {
  const again = (error: unknown) => {
    expect(error instanceof RequestError ? error.wire : error).toMatchObject({ code: 'unavailable' });
    return undefined;
  };
  return (await waitFor(() => fan.say(text, key).catch(again), `"${text}" is taken`, 20_000)).messageId;
}

const answerTo = (id: string) =>
  waitFor(
    () =>
      app.stores.db
        .selectFrom('messages')
        .selectAll()
        .where('reply_to', '=', id)
        .where('finish', '=', 'complete')
        .executeTakeFirst(),
    'the answer is stored',
    25_000,
  );

/** All that a fan has seen of a conversation: what it began with and what came. */
const textsOf = (fan: Fan) => [
  ...(fan.joins.findLast(({ reset }) => reset)?.messages ?? []).map(({ text }) => text),
  ...fan.of('message.posted').map(({ message }) => message.text),
];

describe.skipIf(!hasRedis)('Redis is away (needs redis-server)', () => {
  test('requests fail soon and say when to try again, HTTP answers, nothing queues; empty again, all works', async () => {
    const own = await startOnOwnRedis(['Yes.']);
    const [ann, bo] = [await app.fan('Ann'), await app.fan('Bo')];
    await ann.join(app.live);
    await bo.join(app.live);
    const { epoch } = bo;
    const before = await ann.say('Before it');
    await answerTo(before.messageId);

    await own.kill();
    const keys = Array.from({ length: 5 }, () => crypto.randomUUID());
    for (const key of keys) await expectUnavailable(() => ann.say('While it is away', key));
    await expectUnavailable(() => ann.request('conversation:join', { conversationId: app.live }));
    await expectUnavailable(() => bo.request('reply:stop', { replyId: crypto.randomUUID() }));
    expect((await ann.request('clock:read', {})).now).toBeGreaterThan(0);
    expect((await http('/healthz')).status).toBe(200);
    expect(JSON.parse((await http('/readyz')).body)).toEqual({ ready: false, missing: ['redis'] });
    for (const path of ['/api/conversations', '/api/me']) {
      const { status, retryAfter, body } = await http(path, { headers: { authorization: `Bearer ${ann.token}` } });
      expect([path, status, retryAfter, JSON.parse(body).error.code]).toEqual([path, 503, '1', 'unavailable']);
    }
    expect(ann.socket.connected && bo.socket.connected).toBe(true);
    const { messages } = await rows();
    expect(messages.map(({ text }) => text)).not.toContain('While it is away');

    await own.startAgain();
    const again = await waitFor(
      () => bo.request('conversation:join', { conversationId: app.live }).catch(() => undefined),
      'Redis is found again',
    );
    expect(again).toMatchObject({ reset: true });
    expect(again.epoch).not.toBe(epoch);
    const after = await sayUntilTaken(ann, 'After it', keys[0]);
    await answerTo(after);
    await waitFor(() => textsOf(bo).includes('After it'), 'Bo sees it');
    await bo.join(app.live);
    await bo.say('And me?');
    await waitFor(() => textsOf(ann).includes('And me?'), 'Ann sees it');
    const late = await app.fan('Late');
    const { messages: seen } = await late.join(app.live);
    expect(seen.map(({ text }) => text)).toEqual(expect.arrayContaining(['Before it', 'Yes.', 'After it', 'And me?']));
    expect(seen.map(({ text }) => text)).not.toContain('While it is away');
    expect(JSON.parse((await http('/readyz')).body)).toEqual({ ready: true, missing: [] });
    expect([...ann.faults, ...bo.faults, ...late.faults]).toEqual([]);
  }, 60_000);

  test('lost in the middle: the reply goes on from Postgres, and who waited is answered, each once', async () => {
    const own = await startOnOwnRedis([STORY, 'Yes.']);
    app.engine.tokenMs = 60;
    const [ann, bo] = [await app.fan('Ann'), await app.fan('Bo')];
    await ann.join(app.live);
    await bo.join(app.live);
    const asked = await ann.say('Tell me a story');
    const waits = await bo.say('And I wait');
    await ann.until('reply.delta', ({ index }) => index > 80);
    await own.kill();
    await expectUnavailable(() => bo.say('Hello?'));
    await own.startAgain();

    expect(await answerTo(asked.messageId)).toMatchObject({ text: STORY });
    expect(await answerTo(waits.messageId)).toMatchObject({ text: 'Yes.' });
    const { messages, replies } = await rows();
    const said = (kind: string) => messages.filter((row) => row.author_kind === kind).map(({ text }) => text);
    expect([said('fan'), said('character')]).toEqual([
      ['Tell me a story', 'And I wait'],
      [STORY, 'Yes.'],
    ]);
    expect(replies.map(({ finish }) => finish)).toEqual(['complete', 'complete']);
    const { prefix } = app.engine.requests[1] ?? {};
    expect(STORY.startsWith(prefix ?? '-') && prefix !== '').toBe(true);
    for (const fan of [ann, bo]) {
      await waitFor(() => fan.of('reply.ended').some(({ text }) => text === 'Yes.'), `${fan.displayName} has it all`);
      expect(fan.faults).toEqual([]);
    }
  }, 60_000);

  test('frozen for 3 s: the same, and nothing is said twice when it wakes up', async () => {
    const own = await startOnOwnRedis([STORY, 'Yes.']);
    app.engine.tokenMs = 60;
    const ann = await app.fan('Ann');
    await ann.join(app.live);
    const asked = await ann.say('Tell me a story');
    await ann.until('reply.delta', ({ index }) => index > 80);
    own.freeze();
    const frozenAt = performance.now();
    const key = crypto.randomUUID();
    await expectUnavailable(() => ann.say('Are you there?', key));
    expect((await http('/healthz')).status).toBe(200);
    await waitFor(() => performance.now() - frozenAt > 3_000, 'three seconds');
    own.thaw();
    const late = await sayUntilTaken(ann, 'Are you there?', key);

    expect(await answerTo(asked.messageId)).toMatchObject({ text: STORY });
    expect(await answerTo(late)).toMatchObject({ text: 'Yes.' });
    const { messages } = await rows();
    expect(messages.map(({ text }) => text).sort()).toEqual(
      ['Tell me a story', STORY, 'Are you there?', 'Yes.'].sort(),
    );
    await waitFor(() => ann.of('reply.ended').length === 2, 'Ann has it all');
    expect(ann.of('message.posted').map(({ message }) => message.messageId)).toEqual([asked.messageId, late]);
    expect(ann.textOf(ann.of('reply.ended')[0]?.replyId ?? '')).toBe(STORY);
    expect(ann.faults).toEqual([]);
  }, 60_000);

  test('a server that stops leaves no connection behind, and takes no more jobs', async () => {
    const own = await startOnOwnRedis(['Yes.']);
    const ann = await app.fan('Ann');
    await ann.join(app.live);
    await ann.say('Hello?');
    await ann.until('reply.ended');
    await app.app.stop();
    const clients = await app.stores.redis(own.url).client('LIST');
    expect(String(clients).trim().split('\n')).toHaveLength(1); // our own, which asks
  });

  test('a server stops in good order all the same', async () => {
    const own = await startOnOwnRedis(['Yes.']);
    await (await app.fan('Ann')).join(app.live);
    await own.kill();
    const startedAt = performance.now();
    await app.app.stop();
    expect(performance.now() - startedAt).toBeLessThan(10_000);
  }, 60_000);
});

async function rows() {
  const { db } = app.stores;
  return {
    messages: await db.selectFrom('messages').selectAll().orderBy('id').execute(),
    replies: await db.selectFrom('replies').selectAll().orderBy('id').execute(),
  };
}

describe('the connections to Postgres are cut', () => {
  const cut = () =>
    app.stores.pool.query(
      'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
    );

  test('again and again in the middle of a conversation: a retried key is one message, each is answered once', async () => {
    app = await startTestApp(['Yes.']);
    const [ann, bo] = [await app.fan('Ann'), await app.fan('Bo')];
    await ann.join(app.live);
    await bo.join(app.live);
    let saying = true;
    const cutting = (async () => {
      while (saying) {
        await cut();
        await new Promise((resolve) => setTimeout(resolve, Math.random() * 40));
      }
    })();
    const taken = await Promise.all(
      [ann, bo].map(async (fan) => {
        const ids: string[] = [];
        for (let n = 0; n < 8; n += 1) ids.push(await sayUntilTaken(fan, `${fan.displayName} says ${n}`));
        return ids;
      }),
    );
    saying = false;
    await cutting;
    for (const id of taken.flat()) await answerTo(id);
    const { messages } = await rows();
    const asked = messages.filter(({ author_kind }) => author_kind === 'fan');
    expect(asked.map(({ id }) => id).sort()).toEqual(taken.flat().sort());
    expect(messages).toHaveLength(2 * asked.length);
    expect((await http('/readyz')).status).toBe(200);
    for (const fan of [ann, bo]) {
      await waitFor(() => fan.of('message.posted').length === 16, 'all is posted');
      const posted = fan.of('message.posted').map(({ message }) => message.messageId);
      expect(posted.sort()).toEqual(taken.flat().sort());
      expect(fan.faults).toEqual([]);
    }
  }, 60_000);
});
