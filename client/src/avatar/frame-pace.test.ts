import { describe, expect, test } from 'vitest';
import { createFramePace, createFrameWatch } from './frame-pace.ts';

function drawn(tier: 'high' | 'low', hertz: number): number[] {
  const pace = createFramePace();
  return Array.from({ length: hertz * 2 }, (_, frame) => pace.next((frame * 1000) / hertz, tier)).filter(
    (seconds) => seconds !== undefined,
  );
}

describe('the pace', () => {
  test.each([60, 90, 120, 144])(
    'on a display of %i Hz the low tier draws about 30 frames, the high tier all',
    (hertz) => {
      expect(drawn('high', hertz)).toHaveLength(hertz * 2);
      const low = drawn('low', hertz).length / 2;
      expect(low).toBeGreaterThanOrEqual(28);
      expect(low).toBeLessThanOrEqual(36);
    },
  );

  test('what is drawn adds up to the time, and a pause counts for nothing', () => {
    for (const tier of ['high', 'low'] as const) {
      const seconds = drawn(tier, 60).reduce((sum, one) => sum + one, 0);
      expect(seconds).toBeCloseTo(2, 1);
    }
    const pace = createFramePace();
    pace.next(0, 'high');
    pace.reset();
    expect(pace.next(60_000, 'high')).toBe(0);
  });
});

describe('the watch', () => {
  const slowAfter = (rates: number[]): number | undefined => {
    const watch = createFrameWatch();
    let seconds = 0;
    for (const rate of rates) {
      for (let frame = 0; frame < rate; frame += 1) {
        seconds += 1 / rate;
        if (watch.isSlow(1 / rate)) return Math.round(seconds);
      }
    }
    return undefined;
  };

  test('says so after three slow seconds on end, not before, and never on a device that is fast enough', () => {
    expect(slowAfter([60, 60, 10, 10, 10, 10])).toBe(5);
    expect(slowAfter([10, 10, 60, 10, 10, 60, 20, 20])).toBeUndefined();
    expect(slowAfter(Array.from({ length: 60 }, () => 30))).toBeUndefined();
  });

  test('a machine that slept was not slow', () => {
    const watch = createFrameWatch();
    for (let n = 0; n < 20; n += 1) expect(watch.isSlow(8)).toBe(false);
  });
});
