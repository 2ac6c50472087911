import type { Activity } from './activity.ts';
import { expect, test } from 'vitest';
import { createGaze, moveGaze } from './gaze.ts';
import { seededRandom } from './seeded-random.ts';

type Input = { activity: Activity; speaking: boolean; reducedMotion: boolean };
const calm: Input = { activity: 'idle', speaking: false, reducedMotion: false };

/** Ten minutes of eyes: how far off they were at each frame, and how often they set out for something. */
function watch(input: Input, thinking = 0): { off: number[]; leaps: number } {
  const [gaze, random] = [createGaze(), seededRandom('eyes')];
  let leaps = 0;
  const off = Array.from({ length: 36_000 }, () => {
    moveGaze(gaze, input, thinking, 1 / 60, random);
    if (gaze.leaps) leaps += 1;
    return Math.hypot(gaze.yaw, gaze.pitch);
  });
  return { off, leaps };
}
const share = (off: number[], far: number): number => off.filter((value) => value > far).length / off.length;

test('the eyes rest on the visitor, and glance at the page a few times a minute at most', () => {
  const { off, leaps } = watch(calm);
  expect(leaps).toBeGreaterThan(15);
  expect(leaps).toBeLessThan(45);
  expect(share(off, 0.1)).toBeLessThan(0.1);
  expect(Math.max(...off)).toBeGreaterThan(0.2);
});

test('a listener looks at the chat more often; a speaker and a thinker do not look around', () => {
  expect(watch({ ...calm, activity: 'listening' }).leaps).toBeGreaterThan(60);
  expect(watch({ ...calm, speaking: true }).leaps).toBe(0);
  expect(Math.max(...watch({ ...calm, speaking: true }).off)).toBeLessThan(0.06);
  const thinker = watch({ ...calm, activity: 'thinking' }, 1);
  expect(thinker.leaps).toBe(0);
  expect(share(thinker.off, 0.25)).toBeGreaterThan(0.9);
});

test('with reduced motion the eyes stay where they are', () => {
  expect(Math.max(...watch({ ...calm, reducedMotion: true }, 1).off)).toBe(0);
});
