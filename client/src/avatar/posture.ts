import type { Feelings } from './expression.ts';
import { addTurn, type Pose } from './pose.ts';

/** How the body takes part in what the face feels: little, and as slowly as the face. */
export function addPosture(pose: Pose, { happy, angry, sad, relaxed, surprised }: Feelings, part: number): void {
  const up = 0.05 * surprised + 0.03 * angry - 0.035 * sad - 0.015 * relaxed;
  addTurn(pose.spine, part * (0.035 * sad + 0.02 * angry - 0.012 * happy - 0.03 * surprised), 0, 0);
  addTurn(pose.chest, part * (0.03 * sad - 0.02 * happy - 0.02 * surprised), 0, 0);
  addTurn(pose.neck, part * (0.05 * sad + 0.03 * angry - 0.02 * surprised), 0, 0);
  addTurn(pose.head, part * (0.07 * sad + 0.04 * angry - 0.04 * surprised), 0, part * (0.035 * happy + 0.05 * relaxed));
  addTurn(pose.leftShoulder, 0, 0, part * up);
  addTurn(pose.rightShoulder, 0, 0, -part * up);
  addTurn(pose.leftUpperArm, 0.04 * sad * part, 0, part * (0.05 * happy + 0.1 * surprised - 0.03 * sad));
  addTurn(pose.rightUpperArm, 0.04 * sad * part, 0, -part * (0.05 * happy + 0.1 * surprised - 0.03 * sad));
}
