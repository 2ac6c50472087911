// Eyes, lids, lashes and brows, laid onto the face. A pose says how they are held; a morph target is the difference
// between two poses.
import { blush, faceDepth, faceNormal, HEAD } from './head.mjs';
import { clamp, grid, join, mix, smooth } from './surface.mjs';

const EYE = { x: 0.0395, y: HEAD.y - 0.0165, width: 0.0205, up: 0.0196, down: 0.0204 };
/** The lids' outer edge, where they meet the face. */
const LID = { width: 0.0285, height: 0.0315 };
const BROW = { x: 0.039, y: HEAD.y + 0.0275, half: 0.0195 };
const onHead = () => [['head', 1]];

/** `shut`: 0 to 1. `under`: how far the lower lid comes up. `inner`, `outer`: how far the upper lid's ends come down. */
export const restEyes = { shut: 0, under: 0, inner: 0, outer: 0, wide: 0, browUp: 0, browInner: 0, browOuter: 0 };

/** A place over the face, `lift` metres in front of it. */
const over = (x, y, lift) => [x, y, faceDepth(x, y) + lift];

/** The opening at `t`, from -1 at the nose to 1 at the temple: heights of both lids over the middle of the eye. */
function opening(t, pose) {
  const tilt = 0.0016 * t;
  const round = (power) => (1 - Math.abs(t) ** 2.5) ** power;
  const bottom = -EYE.down * round(0.62) * (1 - 0.62 * pose.under) + tilt;
  const inner = pose.inner * 0.012 * smooth(0.7, -0.9, t);
  const outer = pose.outer * 0.011 * smooth(-0.7, 0.9, t);
  const open = EYE.up * (1 + 0.12 * pose.wide) * round(0.55) + tilt - inner - outer;
  const line = mix(-0.0105, 0.001, pose.under) * round(0.8) + tilt;
  return {
    top: Math.max(mix(open, line, pose.shut), Math.min(bottom, line)),
    bottom: Math.min(mix(bottom, line, pose.shut), open),
  };
}

function lids(side, pose) {
  return grid({
    cols: 32,
    rows: 5,
    wrap: true,
    facing: 'front',
    at(u, v) {
      const angle = u * Math.PI * 2;
      const t = clamp(Math.cos(angle), -0.999, 0.999);
      const { top, bottom } = opening(t, pose);
      const inner = [t * EYE.width, Math.sin(angle) >= 0 ? top : bottom];
      const outer = [Math.cos(angle) * LID.width, Math.sin(angle) * LID.height];
      const x = side * (EYE.x + mix(outer[0], inner[0], v));
      const y = EYE.y + mix(outer[1], inner[1], v);
      return over(x, y, mix(-0.0005, 0.0028, Math.min(v * 4, 1)));
    },
    paint: (_u, _v, [x, y]) => ['skin', blush(x, y)],
    skin: onHead,
    normal: faceNormal,
  });
}

/** The dark edge of the upper lid, thicker and winged at the temple. */
function lash(side, pose) {
  return grid({
    cols: 21,
    rows: 2,
    facing: 'front',
    at(u, v) {
      const t = mix(-0.97, 1.16, u);
      const on = clamp(t, -0.985, 0.985);
      const { top } = opening(on, pose);
      const wing = Math.max(t - 0.985, 0);
      const thick = (0.0016 + 0.003 * smooth(-1, 0.5, t)) * smooth(1.17, 0.8, t) * mix(1, 0.8, pose.shut);
      const y = EYE.y + top + wing * mix(0.012, -0.006, pose.shut) + (v - 0.3) * thick;
      return over(side * (EYE.x + t * EYE.width), y, 0.0036);
    },
    paint: (_u, v) => ['lash', v],
    skin: onHead,
    normal: faceNormal,
  });
}

function lowerLash(side, pose) {
  return grid({
    cols: 13,
    rows: 2,
    facing: 'front',
    at(u, v) {
      const t = mix(-0.55, 0.97, u);
      const { bottom } = opening(t, pose);
      const thick = 0.0011 * smooth(-0.6, 0.7, t) * (1 - pose.shut);
      return over(side * (EYE.x + t * EYE.width), EYE.y + bottom + (v - 0.7) * thick, 0.0032);
    },
    paint: () => ['brow', 0.5],
    skin: onHead,
    normal: faceNormal,
  });
}

function brow(side, pose) {
  return grid({
    cols: 13,
    rows: 2,
    facing: 'front',
    at(u, v) {
      const t = mix(-1, 1, u);
      const arch = 0.0052 * (1 - t * t) - 0.0015 * t;
      const move =
        pose.browUp * 0.011 +
        pose.browInner * 0.0095 * smooth(0.6, -1, t) +
        pose.browOuter * 0.007 * smooth(-0.4, 1, t);
      const thick = 0.0042 * smooth(-1.15, -0.6, t) * smooth(1.05, -0.4, t) + 0.0006;
      return over(side * (BROW.x + t * BROW.half), BROW.y + arch + move + (v - 0.5) * thick, 0.002);
    },
    paint: (_u, v) => ['brow', v],
    skin: onHead,
    normal: faceNormal,
  });
}

export const makeLids = (left, right) => join([lids(1, left), lids(-1, right)]);
export const makeLines = (left, right) =>
  join([lash(1, left), lash(-1, right), lowerLash(1, left), lowerLash(-1, right), brow(1, left), brow(-1, right)]);

/** Rings of [distance, ramp, place]; two at the same distance make a hard edge. */
function disc({ x, y, width, height, rings, lift, shade = () => 0, skin, cols = 24 }) {
  return grid({
    cols,
    rows: rings.length,
    wrap: true,
    facing: 'front',
    at(u, v) {
      const [distance] = rings[Math.round(v * (rings.length - 1))];
      const angle = u * Math.PI * 2;
      return over(x + Math.cos(angle) * width * distance, y + Math.sin(angle) * height * distance, lift);
    },
    paint(u, v) {
      const [distance, ramp, place] = rings[Math.round(v * (rings.length - 1))];
      return [ramp, place + shade(Math.sin(u * Math.PI * 2) * distance)];
    },
    skin,
    normal: faceNormal,
  });
}

const IRIS = { width: 0.0163, height: 0.0203 };
const irisRings = [
  [0.02, 'iris', 0],
  [0.4, 'iris', 0],
  [0.44, 'iris', 0.5],
  [0.62, 'iris', 0.55],
  [0.84, 'iris', 0.5],
  [0.89, 'iris', 0.12],
  [1, 'iris', 0.02],
];

/** The iris is dark under the lid and lit below. */
const glow = (height) => (height < 0 ? -height * 0.62 : -height * 0.34);

function eyeball(side) {
  const bone = side > 0 ? 'leftEye' : 'rightEye';
  const onEye = () => [[bone, 1]];
  const [x, y] = [side * (EYE.x - 0.0012), EYE.y + 0.0005];
  const white = { x: side * EYE.x, y: EYE.y, width: 0.0225, height: 0.0242, lift: 0.0002, skin: onHead };
  return [
    disc({
      ...white,
      rings: [
        [0.02, 'sclera', 0.1],
        [0.5, 'sclera', 0.1],
        [1, 'sclera', 0.1],
      ],
      shade: (up) => 0.75 * smooth(0.25, 0.85, up),
    }),
    disc({ x, y, ...IRIS, rings: irisRings.slice(2), lift: 0.0011, shade: glow, skin: onEye }),
    disc({ x, y, ...IRIS, rings: irisRings.slice(0, 2), lift: 0.0013, skin: onEye }),
    disc({
      x: x + 0.0054,
      y: y + 0.008,
      width: 0.0048,
      height: 0.0058,
      rings: [
        [0.02, 'shine', 0],
        [1, 'shine', 0],
      ],
      lift: 0.0017,
      skin: onEye,
      cols: 14,
    }),
    disc({
      x: x - 0.0056,
      y: y - 0.0092,
      width: 0.0022,
      height: 0.0027,
      rings: [
        [0.02, 'shine', 0],
        [1, 'shine', 0],
      ],
      lift: 0.0017,
      skin: onEye,
      cols: 10,
    }),
  ];
}

export const makeEyeballs = () => join([...eyeball(1), ...eyeball(-1)]);

/** The bone turns the iris along the face: it sits behind it, square to the surface. */
export function eyeBone(side) {
  const at = over(side * EYE.x, EYE.y, 0);
  const [nx, , nz] = faceNormal(at);
  const length = Math.hypot(nx, nz);
  const reach = 0.07;
  return [at[0] - (nx / length) * reach, EYE.y, at[2] - (nz / length) * reach];
}

/** Both eyes in one pose, and the poses of each expression that moves them. */
const both = (pose) => [
  { ...restEyes, ...pose },
  { ...restEyes, ...pose },
];
export const eyePoses = {
  blinkLeft: [{ ...restEyes, shut: 1 }, restEyes],
  blinkRight: [restEyes, { ...restEyes, shut: 1 }],
  happy: both({ under: 0.62, outer: 0.18, browUp: 0.35 }),
  angry: both({ inner: 0.75, under: 0.12, browUp: -0.25, browInner: -0.75, browOuter: 0.2 }),
  sad: both({ outer: 0.6, browUp: 0.1, browInner: 0.85, browOuter: -0.5 }),
  relaxed: both({ shut: 0.24, under: 0.22, outer: 0.15, browUp: 0.25, browInner: 0.15, browOuter: -0.1 }),
  surprised: both({ wide: 1, browUp: 0.95 }),
};
