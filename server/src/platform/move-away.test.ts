import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { moveAway } from './move-away.ts';

describe('moving clients away', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  async function run(count: number, overMs: number) {
    const startedAt = Date.now();
    const closedAtMs: number[] = [];
    let told = 0;
    const connections = Array.from({ length: count }, () => ({ close: () => closedAtMs.push(Date.now() - startedAt) }));
    const moving = moveAway({ connections, overMs, onClosed: (n) => void (told += n) });
    await vi.runAllTimersAsync();
    await moving;
    return { closedAtMs, told, tookMs: Date.now() - startedAt };
  }

  test('many: a few at a time over the whole of it, each once', async () => {
    const { closedAtMs, told, tookMs } = await run(3_000, 5_000);
    expect([closedAtMs.length, told]).toEqual([3_000, 3_000]);
    expect(tookMs).toBeGreaterThan(3_500);
    expect(tookMs).toBeLessThan(6_500);
    for (const atMs of new Set(closedAtMs)) expect(closedAtMs.filter((one) => one === atMs).length).toBeLessThan(61);
  });

  test('few: no slower than it has to be', async () => {
    const { closedAtMs, tookMs } = await run(6, 5_000);
    expect(closedAtMs).toHaveLength(6);
    expect(new Set(closedAtMs).size).toBe(3);
    expect(tookMs).toBeLessThan(600);
  });

  test('no time, or nobody: nothing to wait for', async () => {
    expect(await run(10, 0)).toEqual({ closedAtMs: [], told: 0, tookMs: 0 });
    expect((await run(0, 5_000)).tookMs).toBe(0);
  });
});
