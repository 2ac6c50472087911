import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createRecovery } from './recovery.ts';

let replaced: number[];
let broken: boolean;
let gaveUpAt: number | undefined;
const recovery = () =>
  createRecovery({
    replace() {
      if (broken) throw new Error('no context');
      replaced.push(Date.now());
    },
    giveUp: () => (gaveUpAt = Date.now()),
  });

beforeEach(() => {
  vi.useFakeTimers({ now: 0 });
  [replaced, broken, gaveUpAt] = [[], false, undefined];
});
afterEach(() => vi.useRealTimers());

test('a context that comes back by itself is waited for, one that does not is replaced once, long before 2 s', async () => {
  const returning = recovery();
  returning.lost();
  await vi.advanceTimersByTimeAsync(200);
  returning.cancel();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(replaced).toEqual([]);

  const since = Date.now();
  recovery().lost();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(replaced).toHaveLength(1);
  expect((replaced[0] ?? Infinity) - since).toBeLessThan(600);
});

test('a driver that is not ready is asked again, and in the end no more', async () => {
  broken = true;
  recovery().lost();
  await vi.advanceTimersByTimeAsync(1_000);
  broken = false;
  await vi.advanceTimersByTimeAsync(1_000);
  expect(replaced).toHaveLength(1);

  broken = true;
  recovery().lost();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(replaced).toHaveLength(1);
  expect(gaveUpAt).toBeLessThan(20_000);
});

test('a stage that is closed does nothing more', async () => {
  const closed = recovery();
  broken = true;
  closed.lost();
  await vi.advanceTimersByTimeAsync(900);
  closed.cancel();
  await vi.advanceTimersByTimeAsync(60_000);
  expect([replaced, gaveUpAt]).toEqual([[], undefined]);
});
