import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createPlatformClock } from './clock.ts';
import type { Connection } from './socket.ts';

const AHEAD = 5_000;
let delays: number[];
let onConnect: () => void;

/** A server whose clock is ahead by `AHEAD`; each answer takes as long as `delays` says, all of it on the way back. */
function connection(): Connection {
  return {
    status: { getState: () => ({ status: 'connected' }) },
    onConnect(listener: () => void) {
      onConnect = listener;
      return () => undefined;
    },
    async request() {
      const now = performance.now() + AHEAD;
      await new Promise((resolve) => setTimeout(resolve, delays.shift() ?? 0));
      return { now };
    },
  } as unknown as Connection;
}

beforeEach(
  () =>
    void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'performance'] }),
);
afterEach(() => void vi.useRealTimers());
const start = () => createPlatformClock({ connection: connection(), local: () => performance.now(), wall: () => 0 });
const errorOf = (clock: ReturnType<typeof start>) => Math.abs(clock.now() - performance.now() - AHEAD);

test('the answer that took the least time counts, also where most are late', async () => {
  delays = [400, 20, 300, 500];
  const clock = start();
  onConnect();
  await vi.advanceTimersByTimeAsync(1_500);
  expect(errorOf(clock)).toBe(10);
  clock.close();
});

test('a page that was busy when it connected asks again when it has calmed down', async () => {
  delays = [400, 300, 300, 500, 2, 2, 2, 2];
  const clock = start();
  onConnect();
  await vi.advanceTimersByTimeAsync(1_600);
  expect(errorOf(clock)).toBe(150);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(errorOf(clock)).toBe(1);
  clock.close();
});

test('another server is asked anew, and a closed clock asks nobody', async () => {
  delays = [2, 2, 2, 2];
  const clock = start();
  onConnect();
  await vi.advanceTimersByTimeAsync(50_000);
  delays = Array.from({ length: 100 }, () => 40);
  onConnect();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(errorOf(clock)).toBe(20);
  clock.close();
  await vi.advanceTimersByTimeAsync(1_000_000);
  expect(delays.length).toBe(96);
});
