import { afterEach, describe, expect, test } from 'vitest';
import { createPacer, type Pacer } from './pacer.ts';

describe('the pacer', () => {
  let pacer: Pacer | undefined;
  let nowMs = 0;
  afterEach(() => pacer?.close());

  function start(): Pacer {
    nowMs = 0;
    pacer = createPacer(5, () => nowMs);
    return pacer;
  }
  const until = (ms: number) => {
    for (; nowMs < ms; nowMs += 5) pacer?.tick();
  };

  test('calls each stream at its own pace', () => {
    const counts = [0, 0, 0];
    const { start: stream } = start();
    [20, 30, 100].forEach((pace, n) => stream(pace, (count) => (counts[n] = (counts[n] ?? 0) + count)));
    until(10_000);
    expect(counts[0]).toBeCloseTo(200, -1);
    expect(counts[1]).toBeCloseTo(300, -1);
    expect(counts[2]).toBeCloseTo(1_000, -1);
  });

  test('what a busy process owes is paid back: at once, or so much a tick', () => {
    let all = 0;
    let slow = 0;
    const { start: stream } = start();
    stream(100, (count) => (all += count));
    stream(100, (count) => (slow += count), 1);
    until(1_000);
    const before = slow;
    nowMs += 500;
    pacer?.tick();
    expect(all).toBeCloseTo(150, -1);
    expect(slow).toBe(before + 1);
    until(3_000);
    expect(all).toBeCloseTo(300, -1);
    expect(slow).toBeCloseTo(300, -1);
  });

  test('a stopped stream is not called again', () => {
    let count = 0;
    const stop = start().start(100, () => (count += 1));
    until(100);
    stop();
    const before = count;
    until(1_000);
    expect(count).toBe(before);
  });
});
