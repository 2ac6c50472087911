// Bones in a T-pose that faces +Z, feet on the ground, in metres. The figure's left is +X.
import { eyeBone } from './eyes.mjs';
import { strands } from './hair.mjs';
import { HEAD } from './head.mjs';

export const SHOULDER_Y = 1.116;

const trunk = [
  ['hips', undefined, [0, 0.8, 0]],
  ['spine', 'hips', [0, 0.88, 0]],
  ['chest', 'spine', [0, 0.985, 0]],
  ['neck', 'chest', [0, 1.16, -0.004]],
  ['head', 'neck', [0, 1.222, 0.002]],
];
const limbs = [
  ['Shoulder', 'chest', [0.028, 1.12, 0]],
  ['UpperArm', 'Shoulder', [0.09, SHOULDER_Y, 0]],
  ['LowerArm', 'UpperArm', [0.285, SHOULDER_Y, 0]],
  ['Hand', 'LowerArm', [0.46, SHOULDER_Y, 0]],
  ['UpperLeg', 'hips', [0.066, 0.77, 0]],
  ['LowerLeg', 'UpperLeg', [0.068, 0.43, 0.004]],
  ['Foot', 'LowerLeg', [0.068, 0.075, -0.008]],
  ['Toes', 'Foot', [0.068, 0.018, 0.065]],
];

function limb(side, sign) {
  return limbs.map(([name, parent, [x, y, z]]) => {
    const from = ['chest', 'hips'].includes(parent) ? parent : side + parent;
    return [side + name, from, [x * sign, y, z]];
  });
}

const hanging = Object.entries(strands).flatMap(([name, points]) =>
  points.map((point, index) => [`${name}${index}`, index === 0 ? 'head' : `${name}${index - 1}`, point]),
);

/** [name, parent, place in the world]: parents before children. */
export const bones = [
  ...trunk,
  ['leftEye', 'head', eyeBone(1)],
  ['rightEye', 'head', eyeBone(-1)],
  ...limb('left', 1),
  ...limb('right', -1),
  ...hanging,
];
export const boneIndex = new Map(bones.map(([name], index) => [name, index]));
export const placeOf = (name) => bones[boneIndex.get(name)][2];
export const humanBones = bones.map(([name]) => name).filter((name) => !/\d$/.test(name));

const strandJoints = (name) => strands[name].map((_, index) => `${name}${index}`);
export const springs = [
  {
    name: 'left lock',
    joints: strandJoints('leftLock'),
    stiffness: 0.9,
    dragForce: 0.45,
    gravityPower: 0.12,
    hitRadius: 0.012,
  },
  {
    name: 'right lock',
    joints: strandJoints('rightLock'),
    stiffness: 0.9,
    dragForce: 0.45,
    gravityPower: 0.12,
    hitRadius: 0.012,
  },
  { name: 'curl', joints: strandJoints('curl'), stiffness: 1.6, dragForce: 0.3, gravityPower: 0.02, hitRadius: 0.005 },
];
export const colliders = [
  { bone: 'head', at: [0, HEAD.y - 1.222 + 0.01, 0], radius: 0.09 },
  { bone: 'neck', at: [0, 0.0, 0], radius: 0.045 },
  { bone: 'chest', at: [0, 0.09, 0], radius: 0.085 },
];
