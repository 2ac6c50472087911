import { describe, expect, test } from 'vitest';
import { advanceIdle, createIdle, type IdleInput } from './idle.ts';
import { posedBones } from './pose.ts';

const calm: IdleInput = { activity: 'idle', speaking: false, mouthOpen: 0, reducedMotion: false };
const random = (() => {
  let seed = 3;
  return () => (seed = (seed * 16_807) % 2_147_483_647) / 2_147_483_647;
})();

/** The range of one turn over a minute. */
function range(input: IdleInput, read: (idle: ReturnType<typeof createIdle>) => number): number {
  const idle = createIdle();
  const values = Array.from({ length: 3_600 }, () => {
    advanceIdle(idle, input, 1 / 60, random);
    return read(idle);
  });
  return Math.max(...values) - Math.min(...values);
}

function held(input: IdleInput): ReturnType<typeof createIdle> {
  const idle = createIdle();
  for (let frame = 0; frame < 240; frame += 1) advanceIdle(idle, input, 1 / 60, () => 0.1);
  return idle;
}

describe('idle', () => {
  test('breathes and sways; with reduced motion it only breathes, and the eyes rest', () => {
    const still = { ...calm, reducedMotion: true };
    expect(range(calm, ({ pose }) => pose.chest.x)).toBeGreaterThan(0.01);
    expect(range(still, ({ pose }) => pose.chest.x)).toBeGreaterThan(0.01);
    expect(range(calm, ({ pose }) => pose.spine.z)).toBeGreaterThan(0.01);
    expect(range(still, ({ pose }) => pose.spine.z)).toBe(0);
    expect(range(calm, ({ gaze }) => gaze.yaw)).toBeGreaterThan(0.02);
    expect(range(still, ({ gaze }) => gaze.yaw)).toBe(0);
    expect(range(still, ({ pose }) => pose.head.y)).toBe(0);
  });

  test('no bone turns fast, whatever the activity changes to', () => {
    const idle = createIdle();
    advanceIdle(idle, calm, 1 / 60, random);
    for (let frame = 0; frame < 1_200; frame += 1) {
      const before = structuredClone(idle.pose);
      const activity = (['idle', 'thinking', 'listening'] as const)[Math.floor(frame / 90) % 3] ?? 'idle';
      const speaking = Math.floor(frame / 70) % 2 === 0;
      advanceIdle(idle, { ...calm, activity, speaking, mouthOpen: frame % 2 }, 1 / 60, random);
      for (const bone of posedBones) {
        for (const axis of ['x', 'y', 'z'] as const) {
          expect(Math.abs(idle.pose[bone][axis] - before[bone][axis])).toBeLessThan(0.02);
        }
      }
    }
  });

  test('thinking looks away, listening leans in, speaking looks at the visitor again', () => {
    expect(held({ ...calm, activity: 'thinking' }).gaze.pitch).toBeGreaterThan(0.15);
    expect(held({ ...calm, activity: 'listening' }).pose.spine.x).toBeGreaterThan(0.02);
    expect(Math.abs(held({ ...calm, activity: 'thinking', speaking: true }).gaze.pitch)).toBeLessThan(0.03);
  });

  test('a listener nods now and then; nobody else does', () => {
    const nods = (activity: IdleInput['activity']) => range({ ...calm, activity }, ({ pose }) => pose.neck.x);
    expect(nods('listening')).toBeGreaterThan(nods('idle') + 0.01);
    expect(nods('thinking')).toBeLessThan(nods('idle') + 0.005);
  });

  test('a long thought lifts a hand to where it fits, a short one does not, and speaking lets it sink', () => {
    const reach = { upperArm: { x: -0.6, y: 0.4, z: 1 }, lowerArm: { x: 0, y: 2.2, z: 0 } };
    const idle = createIdle(reach);
    advanceIdle(idle, calm, 1 / 60, random);
    const pass = (seconds: number, more: Partial<IdleInput>): number => {
      for (let frame = 0; frame < seconds * 60; frame += 1) {
        const before = structuredClone(idle.pose);
        advanceIdle(idle, { ...calm, ...more }, 1 / 60, random);
        for (const bone of posedBones) {
          for (const axis of ['x', 'y', 'z'] as const) {
            expect(Math.abs(idle.pose[bone][axis] - before[bone][axis]) * 60).toBeLessThan(4);
          }
        }
      }
      return idle.pose.rightLowerArm.y;
    };
    expect(pass(1.2, { activity: 'thinking' })).toBeLessThan(0.4);
    expect(pass(4, { activity: 'thinking' })).toBeCloseTo(2.2);
    expect(pass(2, { activity: 'thinking', speaking: true })).toBeLessThan(0.4);
    expect(pass(6, { activity: 'thinking', reducedMotion: true })).toBeLessThan(0.4);
  });

  test('motion that is turned off or on eases away and back', () => {
    const idle = createIdle();
    for (let frame = 0; frame < 900; frame += 1) {
      const before = structuredClone(idle.pose);
      const reducedMotion = Math.floor(frame / 150) % 2 === 1;
      advanceIdle(idle, { ...calm, activity: 'listening', reducedMotion }, 1 / 60, random);
      for (const bone of posedBones) {
        if (frame > 0) expect(Math.abs(idle.pose[bone].z - before[bone].z)).toBeLessThan(0.02);
      }
      if (frame % 300 === 299) expect(idle.pose.spine.z).toBeCloseTo(0, 10);
    }
  });
});
