import { afterEach, describe, expect, test } from 'vitest';
import { waitFor } from '../fan.ts';
import { hasRedis, RedisProcess } from '../redis-process.ts';
import { startTestApp, type TestApp } from '../test-app.ts';

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

const get = async (url: string) => {
  const response = await fetch(url, { signal: AbortSignal.timeout(3_000) });
  return { status: response.status, body: await response.text() };
};
const statuses = (base: string) =>
  Promise.all(
    ['/healthz', '/readyz', '/readyz?for=haproxy', '/readyz?for=kubernetes'].map(
      async (path) => (await get(base + path)).status,
    ),
  );
/** Where the metrics are, without their path. */
const healthOf = ({ metricsUrl = '' }: { metricsUrl?: string }) => metricsUrl.replace('/metrics', '');

describe.skipIf(!hasRedis)('Redis is away (needs redis-server)', () => {
  test('people are told, HAProxy sends nobody new, Kubernetes takes nobody out; a hanging Redis keeps none of them waiting', async () => {
    redis = await RedisProcess.start();
    app = await startTestApp(['Yes.'], {}, { REDIS_URL: redis.url });
    const health = healthOf(app.app);
    for (const base of [app.url, health]) expect(await statuses(base)).toEqual([200, 200, 200, 200]);
    const healthy = (await get(app.app.metricsUrl ?? '')).body;
    for (const line of ['dependency_up{name="redis"} 1', 'llm_available 1', 'reply_jobs{state="active"} 0'])
      expect(healthy).toContain(line);
    expect(healthy).toMatch(/^postgres_connections\{state="idle"\} \d/m);

    redis.freeze();
    await waitFor(async () => (await get(`${health}/readyz?for=haproxy`)).status === 404, 'HAProxy hears of it');
    const startedAt = performance.now();
    expect((await get(`${health}/readyz?for=haproxy`)).status).toBe(404);
    expect(performance.now() - startedAt, 'sooner than HAProxy gives a server up').toBeLessThan(900);

    await redis.kill();
    for (const base of [app.url, health]) expect(await statuses(base)).toEqual([200, 503, 404, 200]);
    expect(JSON.parse((await get(`${health}/readyz`)).body)).toEqual({ ready: false, missing: ['redis'] });
    expect((await get(app.app.metricsUrl ?? '')).body).toContain('dependency_up{name="redis"} 0');

    await redis.startAgain();
    await waitFor(async () => (await get(`${app.url}/readyz`)).status === 200, 'it is found again');
  }, 60_000);
});

test('a server that stops shuts its door, says so where it is asked, and serves its fans until it lets them go one by one', async () => {
  app = await startTestApp();
  const leaving = await app.another({}, { DRAIN_MS: '1500' });
  const health = healthOf(leaving);
  const fans = await Promise.all(Array.from({ length: 30 }, (_, n) => app.fan(`Fan ${n}`)));
  const goneAtMs: number[] = [];
  for (const fan of fans) {
    fan.moveTo(leaving.url);
    await fan.connected();
    fan.socket.on('disconnect', (reason) => {
      if (reason !== 'transport close') goneAtMs.push(Number.NaN); // which a client would not come back from by itself
      goneAtMs.push(performance.now());
      fan.moveTo(app.url);
    });
  }
  const before = Number(/^sockets_connected\{.*\} (\d+)$/m.exec((await get(leaving.metricsUrl ?? '')).body)?.[1]);
  expect(before).toBe(fans.length);

  const last = fans.at(-1);
  await last?.join(app.live);
  const stopped = leaving.stop();
  await last?.say('Am I still heard?');
  await expect(get(`${leaving.url}/healthz`)).rejects.toThrow('fetch failed');
  expect(await statuses(health)).toEqual([200, 503, 200, 503]);
  expect(JSON.parse((await get(`${health}/readyz`)).body)).toEqual({ ready: false, missing: [], draining: true });
  await stopped;
  expect(goneAtMs).toHaveLength(fans.length);
  expect(Math.max(...goneAtMs) - Math.min(...goneAtMs)).toBeGreaterThan(200);
  await Promise.all(fans.map((fan) => fan.connected()));
  expect(await last?.until('reply.ended')).toMatchObject({ finish: 'complete', text: 'Hello there.' });
  expect(last?.faults).toEqual([]);
  await expect(get(`${health}/healthz`)).rejects.toThrow('fetch failed');
});
