// Where the joints of a hand are, palm down in a T-pose: the skeleton and the flesh both follow this.
import { mirror, scale } from '../math.mjs';

/** From the wrist, in metres for a hand of size 1: along the arm, up, towards the thumb's side. */
const plan = {
  Thumb: [
    [0.012, -0.004, 0.016],
    [0.034, -0.008, 0.034],
    [0.055, -0.01, 0.045],
    [0.074, -0.012, 0.052],
  ],
  Index: [
    [0.064, 0.001, 0.0215],
    [0.09, -0.0005, 0.0235],
    [0.107, -0.003, 0.0245],
    [0.122, -0.006, 0.025],
  ],
  Middle: [
    [0.066, 0.002, 0.007],
    [0.094, 0.0005, 0.0075],
    [0.113, -0.002, 0.008],
    [0.13, -0.0055, 0.008],
  ],
  Ring: [
    [0.063, 0.001, -0.0075],
    [0.089, -0.0005, -0.0085],
    [0.107, -0.003, -0.009],
    [0.123, -0.0065, -0.0095],
  ],
  Little: [
    [0.057, -0.001, -0.021],
    [0.077, -0.003, -0.0235],
    [0.091, -0.005, -0.025],
    [0.104, -0.008, -0.026],
  ],
};
const fingerBones = ['Proximal', 'Intermediate', 'Distal'];
const thumbBones = ['Metacarpal', 'Proximal', 'Distal'];
export const fingers = Object.keys(plan);

/** The joints of a finger in the world, root first, its tip last. */
export function jointsOf(finger, side, { wrist, size }) {
  const points = plan[finger].map((point) => {
    const [x, y, z] = scale(point, size);
    return [wrist[0] + x, wrist[1] + y, wrist[2] + z];
  });
  return side === 'left' ? points : points.map(mirror);
}

export const bonesOf = (finger, side) =>
  (finger === 'Thumb' ? thumbBones : fingerBones).map((bone) => `${side}${finger}${bone}`);
