import { expect, test } from 'vitest';
import { advanceExpression, createExpression } from './expression.ts';
import type { Face } from './performance.ts';
import { createPose, posedBones } from './pose.ts';
import { addPosture } from './posture.ts';

const moods = ['happy', 'sad', 'surprised', 'angry', 'relaxed'] as const;
const face = (mood: Face['mood']): Face => ({
  mouth: { aa: 0, ih: 0, ou: 0, ee: 0, oh: 0 },
  mood,
  intensity: 1,
  speaking: false,
  sentence: undefined,
  wordIndex: -1,
});

test('each feeling has a posture of its own, small, and the body comes into it slowly', () => {
  const expression = createExpression(() => 1);
  let before = createPose();
  const held = new Set<string>();
  for (const mood of moods) {
    for (let frame = 0; frame < 120; frame += 1) {
      advanceExpression(expression, face(mood), 1 / 60, () => 1);
      const pose = createPose();
      addPosture(pose, expression.feelings, 1);
      for (const bone of posedBones) {
        for (const axis of ['x', 'y', 'z'] as const) {
          expect(Math.abs(pose[bone][axis])).toBeLessThan(0.15);
          expect(Math.abs(pose[bone][axis] - before[bone][axis])).toBeLessThan(0.01);
        }
      }
      before = pose;
    }
    held.add(JSON.stringify(before));
  }
  expect(held.size).toBe(moods.length);
});

test('the sad bow their heads, the surprised lift theirs, and nobody does with reduced motion', () => {
  const feelings = { happy: 0, angry: 0, sad: 0, relaxed: 0, surprised: 0 };
  const headOf = (more: Partial<typeof feelings>, part = 1): number => {
    const pose = createPose();
    addPosture(pose, { ...feelings, ...more }, part);
    return pose.head.x;
  };
  expect(headOf({ sad: 1 })).toBeGreaterThan(0.03);
  expect(headOf({ surprised: 1 })).toBeLessThan(-0.03);
  expect(headOf({ sad: 1 }, 0)).toBe(0);
});
