import { randomUUID } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Bull from 'bull';
import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { EmbeddedRedis } from '../../src/platform/embedded/embedded-redis.ts';
import { buildWorkers, temporaryDir } from './built-workers.ts';
import { killWriter } from './kill-writer.ts';

const dir = temporaryDir();
const failures: Error[] = [];
const clients: Redis[] = [];
let built: Awaited<ReturnType<typeof buildWorkers>>;
let server: EmbeddedRedis;

const start = (path: string) =>
  EmbeddedRedis.start({ dir: path, workersUrl: built.workersUrl, onFailure: (error) => failures.push(error) });

function connect(url = server.url): Redis {
  const client = new Redis(url, { maxRetriesPerRequest: null, enableReadyCheck: false });
  client.on('error', () => undefined);
  clients.push(client);
  return client;
}

beforeAll(async () => {
  built = await buildWorkers();
  server = await start(dir.path);
}, 60_000);
afterEach(() => {
  for (const client of clients.splice(0)) client.disconnect();
});
afterAll(async () => {
  await server?.close();
  dir.remove();
  expect(failures).toEqual([]);
});

test('a client without the password is refused', async () => {
  const { port } = new URL(server.url);
  await expect(connect(`redis://127.0.0.1:${port}`).ping()).rejects.toThrow(/NOAUTH/);
  await expect(connect().ping()).resolves.toBe('PONG');
});

test('a stream is read by a client that waits for it, without the delay of a timer', async () => {
  const [reader, writer] = [connect(), connect()];
  await Promise.all([reader.ping(), writer.ping()]);
  const waits: number[] = [];
  for (let n = 1; n <= 20; n += 1) {
    const answer = reader.xread('COUNT', 10, 'BLOCK', 5000, 'STREAMS', 'log', '$');
    await new Promise((resolve) => setTimeout(resolve, 10));
    const startedAt = performance.now();
    await writer.xadd('log', `${n}-0`, 'text', `entry ${n}`);
    expect(await answer).toEqual([['log', [[`${n}-0`, ['text', `entry ${n}`]]]]]);
    waits.push(performance.now() - startedAt);
  }
  expect(waits.sort((a, b) => a - b)[10]).toBeLessThan(20); // the bare package takes 100 ms
});

test('a Lua script appends and publishes in one step, and can read the run id', async () => {
  const [subscriber, writer] = [connect(), connect()];
  const received: string[] = [];
  subscriber.on('smessage', (_channel, text: string) => received.push(text));
  await subscriber.ssubscribe('{c:1}:feed');
  const script = `
    local runId = string.match(redis.call('INFO', 'server'), 'run_id:(%w+)')
    local id = redis.call('XADD', KEYS[1], ARGV[1] .. '-0', 'e', ARGV[2])
    redis.call('SPUBLISH', KEYS[2], ARGV[2])
    return {id, runId, redis.call('TIME')[1]}`;
  const [id, runId, seconds] = (await writer.eval(script, 2, '{c:1}:log', '{c:1}:feed', '7', 'hello')) as [
    string,
    string,
    string,
  ];
  expect(id).toBe('7-0');
  expect(await writer.info('server')).toContain(`run_id:${runId}\r\n`);
  expect(runId).toMatch(/^[0-9a-f]{40}$/);
  expect(Math.abs(Number(seconds) - Date.now() / 1000)).toBeLessThan(2);
  await vi.waitFor(() => expect(received).toEqual(['hello']), { timeout: 2000 });
});

test('plain pub/sub reaches every subscriber', async () => {
  const subscribers = [connect(), connect(), connect()];
  const received: string[] = [];
  for (const subscriber of subscribers) {
    subscriber.on('message', (_channel, text: string) => received.push(text));
    await subscriber.subscribe('news');
  }
  expect(await connect().publish('news', 'x')).toBe(3);
  await vi.waitFor(() => expect(received).toEqual(['x', 'x', 'x']), { timeout: 2000 });
});

test('a Bull job is worked once, and one whose worker died is taken over', async () => {
  const settings = { lockDuration: 500, lockRenewTime: 100, stalledInterval: 100, maxStalledCount: 3 };
  const name = `jobs-${randomUUID()}`;
  const open = () => new Bull<{ n: number }>(name, { createClient: () => connect(), prefix: '{bull}', settings });
  const [dying, queue] = [open(), open()];
  await dying.add({ n: 1 });
  expect((await dying.getNextJob())?.data.n).toBe(1); // holds the job and never renews its lock
  await dying.close(true);

  await Promise.all([2, 3].map((n) => queue.add({ n }, { jobId: `job ${n}` })));
  await queue.add({ n: 3 }, { jobId: 'job 3' });
  const done: number[] = [];
  void queue.process(2, async (job) => void done.push(job.data.n));
  await vi.waitFor(() => expect(done.toSorted((a, b) => a - b)).toEqual([1, 2, 3]), { timeout: 5000 });
  await queue.close();
});

test('a store that dies by itself is reported', async () => {
  const dying = temporaryDir();
  const reported = await new Promise<Error>((resolve, reject) => {
    EmbeddedRedis.start({ dir: dying.path, workersUrl: built.workersUrl, onFailure: resolve }).then(async ({ url }) => {
      await connect(url)
        .call('SHUTDOWN', 'NOSAVE')
        .catch(() => undefined);
    }, reject);
  });
  expect(reported.message).toMatch(/redis\.worker\.js ended by itself/);
  dying.remove();
});

test('what was there at a clean stop is there at the next start, with another run id', async () => {
  const again = temporaryDir();
  const first = await start(again.path);
  const before = connect(first.url);
  await before.xadd('log', '1-0', 'text', 'kept');
  const runId = /run_id:(\w+)/.exec(await before.info('server'))?.[1];
  await first.close();
  const second = await start(again.path);
  const after = connect(second.url);
  expect(await after.xrange('log', '-', '+')).toEqual([['1-0', ['text', 'kept']]]);
  expect(/run_id:(\w+)/.exec(await after.info('server'))?.[1]).not.toBe(runId);
  await second.close();
  again.remove();
});

test('kill -9 keeps what was saved, which happens within 2 s of a change', async () => {
  const killed = temporaryDir();
  await killWriter(built.writer, killed.path, 0, async () => {
    await vi.waitFor(() => expect(existsSync(join(killed.path, 'redis/dump.rdb'))).toBe(true), { timeout: 4000 });
  });
  const survivor = await start(join(killed.path, 'redis'));
  expect(await connect(survivor.url).get('early')).toBe('kept');
  await survivor.close();
  killed.remove();
});

test('an unreadable dump is put aside', async () => {
  const broken = temporaryDir();
  writeFileSync(join(broken.path, 'dump.rdb'), 'REDIS0011 this is no dump');
  const fresh = await start(broken.path);
  expect(await connect(fresh.url).dbsize()).toBe(0);
  await fresh.close();
  expect(existsSync(join(broken.path, 'dump.rdb.unreadable'))).toBe(true);
  broken.remove();
});
