import { Euler, Vector3 } from 'three';
import { expect, test } from 'vitest';
import { type Arm, reachFor } from './reach.ts';
import type { Turn } from './pose.ts';

const arm: Arm = { shoulder: new Vector3(-0.12, 1.1, 0), upperLength: 0.22, lowerLength: 0.26 };
const euler = ({ x, y, z }: Turn) => new Euler(x, y, z);

/** Where the end of the arm is with these turns: as the bones of a T-pose do it. */
function endOf({ shoulder, upperLength, lowerLength }: Arm, upperArm: Turn, lowerArm: Turn): Vector3 {
  const end = new Vector3(-lowerLength, 0, 0).applyEuler(euler(lowerArm)).add(new Vector3(-upperLength, 0, 0));
  return end.applyEuler(euler(upperArm)).add(shoulder);
}

test('the arm ends where it should, its elbow down and outside', () => {
  for (const target of [new Vector3(-0.03, 1.2, 0.12), new Vector3(0, 1.15, 0.15), new Vector3(-0.1, 1.25, 0.1)]) {
    const reach = reachFor(arm, target);
    if (!reach) throw new Error('the hand stays down');
    expect(endOf(arm, reach.upperArm, reach.lowerArm).distanceTo(target)).toBeLessThan(1e-6);
    const elbow = endOf({ ...arm, lowerLength: 0 }, reach.upperArm, reach.lowerArm);
    expect(elbow.y).toBeLessThan(arm.shoulder.y);
    expect(elbow.x).toBeLessThan(arm.shoulder.x);
  }
});

test('what is too far, too near or where the arm is already is left alone', () => {
  for (const target of [new Vector3(0, 2, 0), new Vector3(-0.13, 1.12, 0.03), arm.shoulder.clone()]) {
    expect(reachFor(arm, target)).toBeUndefined();
  }
  expect(reachFor({ ...arm, lowerLength: 0 }, new Vector3(0, 1.2, 0.1))).toBeUndefined();
});
