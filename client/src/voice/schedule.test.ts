import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { nextSounds, startOf } from './schedule.ts';

type Timed = { startsAt: number; durationMs: number; url?: string };
const sentence = (startsAt: number, durationMs = 1_000): Timed => ({ startsAt, durationMs, url: '/speech/a.wav' });

test('in time: at its time, from its beginning', () => {
  expect(startOf(sentence(10_500), 10_000, { heard: 7, next: 7.05 })).toEqual({ when: 7.5, offset: 0 });
});

test('a late joiner starts in the middle, where everyone else is; what is over is not played', () => {
  expect(startOf(sentence(9_600), 10_000, { heard: 7, next: 7 })?.offset).toBeCloseTo(0.4);
  expect(startOf(sentence(9_000), 10_000, { heard: 7, next: 7 })).toBeUndefined();
});

test('whatever the moment: what is heard belongs to the moment, and nothing starts in the past', () => {
  const seconds = fc.double({ min: 0, max: 1_000, noNaN: true });
  const latency = fc.double({ min: 0, max: 0.4, noNaN: true });
  fc.assert(
    fc.property(fc.nat(5_000), fc.nat(5_000), seconds, latency, (startsAt, now, heard, ahead) => {
      const next = heard + ahead;
      const start = startOf(sentence(startsAt, 2_000), now, { heard, next });
      if (!start) {
        expect(startsAt + 2_000).toBeLessThanOrEqual(now + ahead * 1000 + 0.001);
        return;
      }
      expect(start.when).toBeGreaterThanOrEqual(next - 1e-9);
      expect(start.offset).toBeGreaterThanOrEqual(0);
      const heardAtStart = now + (start.when - heard) * 1000; // the platform's time when the ear gets it
      expect(heardAtStart - startsAt).toBeCloseTo(start.offset * 1000, 3);
    }),
  );
});

test('the next sounds are those that are not over and have one, in the order of their times', () => {
  const list = [
    sentence(9_000),
    sentence(12_000),
    sentence(9_500),
    { ...sentence(11_000), url: undefined },
    sentence(13_000),
  ];
  expect(nextSounds(list, 10_000, 2).map(({ startsAt }) => startsAt)).toEqual([9_500, 12_000]);
  expect(nextSounds(list, 15_000, 2)).toEqual([]);
});
