export const posedBones = [
  'hips',
  'spine',
  'chest',
  'neck',
  'head',
  'leftShoulder',
  'rightShoulder',
  'leftUpperArm',
  'rightUpperArm',
  'leftLowerArm',
  'rightLowerArm',
  'leftHand',
  'rightHand',
  'leftUpperLeg',
  'rightUpperLeg',
] as const;
export type PosedBone = (typeof posedBones)[number];
/** Turns in radians around the axes of a T-pose that faces +Z: z is done first, then y, then x. */
export type Turn = { x: number; y: number; z: number };
export type Pose = Record<PosedBone, Turn>;
export type Side = 'left' | 'right';

export function createPose(): Pose {
  return Object.fromEntries(posedBones.map((bone) => [bone, { x: 0, y: 0, z: 0 }])) as Pose;
}

export function setTurn(bone: Turn, x: number, y: number, z: number): void {
  bone.x = x;
  bone.y = y;
  bone.z = z;
}

export function addTurn(bone: Turn, x: number, y: number, z: number): void {
  bone.x += x;
  bone.y += y;
  bone.z += z;
}

/** Adds a part of a turn that is told for the left side; on the right it is mirrored. */
export function addSided(bone: Turn, side: Side, { x, y, z }: Turn, part: number): void {
  const mirror = side === 'left' ? 1 : -1;
  addTurn(bone, x * part, y * part * mirror, z * part * mirror);
}

/** Goes from 0 to 1 without a jerk. */
export const ease = (part: number): number => {
  const place = Math.min(Math.max(part, 0), 1);
  return place * place * (3 - 2 * place);
};
