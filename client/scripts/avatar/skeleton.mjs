// Bones in a T-pose that faces +Z, feet on the ground, in metres. The figure's left is +X.
import { bonesOf, fingers, jointsOf } from './body/hand-plan.mjs';
import { mirror } from './math.mjs';

const trunkOf = (body) => [
  ['hips', undefined, [0, body.hips, 0]],
  ['spine', 'hips', [0, body.spine, 0]],
  ['chest', 'spine', [0, body.chest, 0]],
  ['upperChest', 'chest', [0, body.upperChest, -0.002]],
  ['neck', 'upperChest', [0, body.neck, -0.008]],
  ['head', 'neck', [0, body.head, 0]],
];

export function wristOf({ arm }) {
  return [arm.x + arm.upper + arm.lower, arm.y, 0];
}

function limbsOf(body) {
  const { arm, leg } = body;
  return [
    ['Shoulder', 'upperChest', [0.026, arm.y + 0.008, 0]],
    ['UpperArm', 'Shoulder', [arm.x, arm.y, 0]],
    ['LowerArm', 'UpperArm', [arm.x + arm.upper, arm.y, -0.001]],
    ['Hand', 'LowerArm', wristOf(body)],
    ['UpperLeg', 'hips', [leg.x, leg.top, 0]],
    ['LowerLeg', 'UpperLeg', [leg.x, leg.knee, 0.004]],
    ['Foot', 'LowerLeg', [leg.x, leg.ankle, -0.008]],
    ['Toes', 'Foot', [leg.x, 0.018, leg.toes]],
  ];
}

function limb(body, side) {
  const place = side === 'left' ? (point) => point : mirror;
  const main = limbsOf(body).map(([name, parent, point]) => [
    side + name,
    ['upperChest', 'hips'].includes(parent) ? parent : side + parent,
    place(point),
  ]);
  const hand = { wrist: wristOf(body), size: body.hand };
  const small = fingers.flatMap((finger) => {
    const joints = jointsOf(finger, side, hand);
    const names = bonesOf(finger, side);
    return names.map((name, at) => [name, names[at - 1] ?? `${side}Hand`, joints[at]]);
  });
  return [...main, ...small];
}

/** `eyes`: places of both eye bones. `chains`: what hangs from the figure: { name, parent, points }. */
export function makeSkeleton(body, { eyes, chains }) {
  const human = [
    ...trunkOf(body),
    ['leftEye', 'head', eyes.left],
    ['rightEye', 'head', eyes.right],
    ...limb(body, 'left'),
    ...limb(body, 'right'),
  ];
  const hanging = chains.flatMap(({ name, parent, points }) =>
    points.map((point, at) => [jointOf(name, at), at === 0 ? parent : jointOf(name, at - 1), point]),
  );
  const bones = [...human, ...hanging];
  const indexOf = new Map(bones.map(([name], index) => [name, index]));
  return { bones, indexOf, humanBones: human.map(([name]) => name), placeOf: (name) => bones[indexOf.get(name)][2] };
}

export const jointOf = (chain, at) => `${chain}_${at}`;

/** Weights along a chain: `at` from 0 at its first joint; before it the parent holds. */
export function alongChain({ name, parent, points }, at) {
  if (at <= -1) return [[parent, 1]];
  if (at < 0)
    return [
      [parent, -at],
      [jointOf(name, 0), 1 + at],
    ];
  const from = Math.min(Math.floor(at), points.length - 1);
  const to = Math.min(from + 1, points.length - 1);
  const part = Math.min(at - from, 1);
  return from === to
    ? [[jointOf(name, from), 1]]
    : [
        [jointOf(name, from), 1 - part],
        [jointOf(name, to), part],
      ];
}
