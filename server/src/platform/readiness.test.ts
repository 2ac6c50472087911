import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createReadiness, type ReadyChecks } from './readiness.ts';

const works = () => Promise.resolve();
const fails = () => Promise.reject(new Error('away'));
const hangs = () => new Promise(() => {});

function open(checks: ReadyChecks) {
  const changes: string[][] = [];
  return { changes, readiness: createReadiness({ checks, onChange: (missing) => changes.push(missing) }) };
}

describe('readiness', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test('all there: everybody is told so', async () => {
    const { readiness, changes } = open({ postgres: works, redis: works });
    for (const asker of [undefined, 'haproxy', 'kubernetes', 'nobody'])
      expect(await readiness.answer(asker)).toEqual({ status: 200, body: { ready: true, missing: [] } });
    expect(changes).toEqual([]);
  });

  test('a store is away: people are told, HAProxy sends nobody new, Kubernetes takes nobody out', async () => {
    const checks: ReadyChecks = { postgres: works, redis: fails };
    const { readiness, changes } = open(checks);
    const body = { ready: false, missing: ['redis'] };
    expect(await readiness.answer()).toEqual({ status: 503, body });
    expect(await readiness.answer('haproxy')).toEqual({ status: 404, body });
    expect(await readiness.answer('kubernetes')).toEqual({ status: 200, body });
    checks.redis = works;
    expect((await readiness.answer('haproxy')).status).toBe(200);
    expect(changes).toEqual([['redis'], []]);
  });

  test('a server that goes away says so; HAProxy, which finds its door shut, keeps its clients', async () => {
    const { readiness } = open({ redis: works });
    readiness.drain();
    const body = { ready: false, missing: [], draining: true };
    expect(await readiness.answer()).toEqual({ status: 503, body });
    expect(await readiness.answer('haproxy')).toEqual({ status: 200, body });
    expect(await readiness.answer('kubernetes')).toEqual({ status: 503, body });
  });

  test('a store that hangs keeps no balancer waiting: it is told what is known, and the truth the next time', async () => {
    const { readiness } = open({ redis: hangs });
    const first = readiness.answer('haproxy');
    await vi.advanceTimersByTimeAsync(300);
    expect((await first).status).toBe(200);
    await vi.advanceTimersByTimeAsync(700);
    const second = readiness.answer('haproxy');
    await vi.advanceTimersByTimeAsync(300);
    expect(await second).toEqual({ status: 404, body: { ready: false, missing: ['redis'] } });
  });

  test('who asks at once shares one look, which is told with its time', async () => {
    let asked = 0;
    const told: [string, boolean][] = [];
    const readiness = createReadiness({
      checks: { redis: async () => void (asked += 1) },
      onChecked: (name, ok, seconds) => told.push([name, ok && seconds >= 0]),
      onChange: () => {},
    });
    await Promise.all([readiness.answer(), readiness.answer('haproxy'), readiness.missingNow()]);
    expect([asked, told]).toEqual([1, [['redis', true]]]);
  });
});
