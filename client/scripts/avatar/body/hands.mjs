// Hands: a palm as a field, and five fingers, each a tube along its own bones.
import { blend, ellipsoid, rod, solid } from '../implicit.mjs';
import { add, clamp, curve, mirror, mix, pathThrough, scale, smooth } from '../math.mjs';
import { wristOf } from '../skeleton.mjs';
import { tube } from '../surface.mjs';
import { bonesOf, fingers, jointsOf } from './hand-plan.mjs';

const thickness = { Thumb: [0.0122, 0.0098, 0.0086, 0.0076], Little: [0.0076, 0.007, 0.0064, 0.0056] };
const usual = [0.0088, 0.0081, 0.0074, 0.0064];

function palm({ wrist, size }, skinAt, ink) {
  const at = (x, y, z) => add(wrist, scale([x, y, z], size));
  const flesh = blend(
    0.014 * size,
    ellipsoid(at(0.037, 0.0, 0.0), scale([0.044, 0.0138, 0.0305], size)),
    ellipsoid(at(0.026, -0.006, 0.016), scale([0.026, 0.011, 0.016], size)),
    rod(at(-0.07, 0, 0), at(0.012, 0, 0), 0.021 * size, 0.0185 * size),
  );
  return solid({
    field: flesh,
    box: [at(-0.03, -0.034, -0.045), at(0.1, 0.034, 0.055)],
    cell: 0.0095 * size,
    paint: () => ink('skin', 0.1),
    skin: (point) => (point[0] < wrist[0] + 0.012 * size ? skinAt(point) : [['leftHand', 1]]),
  });
}

/** Weights at `v` along a finger of three bones whose root is in the palm. */
function fingerSkin(finger, v) {
  const bones = ['leftHand', ...bonesOf(finger, 'left')];
  const at = v * 3.35 - 0.35;
  const rung = bones.map((_, index) => (index === 0 ? 1 : smooth(index - 1.28, index - 0.72, at)));
  return bones
    .map((bone, index) => [bone, rung[index] * (1 - (rung[index + 1] ?? 0))])
    .filter(([, weight]) => weight > 0.004);
}

function makeFinger(finger, hand, ink) {
  const joints = jointsOf(finger, 'left', hand);
  const root = add(joints[0], scale(add(joints[0], scale(joints[1], -1)), 0.45));
  const path = pathThrough([root, ...joints]);
  const radii = thickness[finger] ?? usual;
  const thick = curve([radii[0], ...radii].map((radius, at) => [at / radii.length, radius * hand.size]));
  return tube({
    cols: 8,
    rows: 8,
    path,
    step: (v) => mix(v, 1 - (1 - v) ** 1.8, 0.6),
    out: () => [0, 1, 0],
    across: (v) => thick(v) * Math.max(1 - clamp((v - 0.86) / 0.141) ** 2, 0.001) ** 0.5,
    paint: (u, v) => ink('skin', mix(0.1, 0.36, smooth(0.55, 1, v)) + 0.05 * Math.sin(u * Math.PI * 2)),
    skin: (_point, _u, v) => fingerSkin(finger, v),
  });
}

export function makeHands(body, skinAt, ink) {
  const hand = { wrist: wristOf(body), size: body.hand };
  const left = [palm(hand, skinAt, ink), ...fingers.map((finger) => makeFinger(finger, hand, ink))];
  return [left, left.map(mirrored)];
}

/** The right one of a pair. */
export function mirrored(part) {
  return {
    ...part,
    positions: part.positions.map(mirror),
    normals: part.normals.map(mirror),
    skin: part.skin.map((weights) => weights.map(([bone, weight]) => [otherSide(bone), weight])),
    indices: part.indices.map((_, at) => part.indices[at - (at % 3) + [0, 2, 1][at % 3]]),
  };
}

const otherSide = (bone) =>
  bone.startsWith('left')
    ? bone.replace('left', 'right')
    : bone.startsWith('right')
      ? bone.replace('right', 'left')
      : bone;
