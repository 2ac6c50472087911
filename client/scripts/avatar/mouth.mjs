// The mouth, laid onto the face: a line that opens, with teeth and tongue behind it.
import { bell, grid, join, mix, smooth } from './surface.mjs';
import { faceDepth, faceNormal, HEAD } from './head.mjs';

const Y = HEAD.y - 0.073;
const onHead = () => [['head', 1]];

/** Metres: half width, how far the edges part up and down, how far the corners rise. `teeth`: 0 to 1. */
export const restMouth = { width: 0.0162, up: 0, down: 0, corners: 0.0036, teeth: 0, shift: 0 };

export const mouthPoses = {
  aa: { width: 0.0158, up: 0.0035, down: 0.0185, corners: 0.0022, teeth: 0.7 },
  ih: { width: 0.0188, up: 0.0028, down: 0.0058, corners: 0.0026, teeth: 1 },
  ou: { width: 0.0082, up: 0.0042, down: 0.0072, corners: 0.0004 },
  ee: { width: 0.0186, up: 0.0034, down: 0.0108, corners: 0.0026, teeth: 0.9 },
  oh: { width: 0.0118, up: 0.0046, down: 0.0138, corners: 0.0006, teeth: 0.2 },
  happy: { width: 0.0212, up: 0.0004, down: 0.0062, corners: 0.0074, teeth: 0.8, shift: 0.001 },
  angry: { width: 0.0145, up: 0, down: 0, corners: -0.0042, shift: -0.0005 },
  sad: { width: 0.0135, up: 0, down: 0.0004, corners: -0.0046, shift: -0.001 },
  relaxed: { width: 0.0172, up: 0, down: 0, corners: 0.0052 },
  surprised: { width: 0.0092, up: 0.0048, down: 0.0105, corners: 0 },
};

function edges(t, pose) {
  const round = (1 - Math.min(Math.abs(t), 1) ** 2.3) ** 0.72;
  const middle = Y + pose.shift + pose.corners * (t * t - 0.45);
  return { top: middle + pose.up * round, bottom: middle - pose.down * round };
}

const over = (x, y, lift) => [x, y, faceDepth(x, y) + lift];

/** Rows from the upper edge of the line around the opening to the lower one. */
function opening(pose) {
  const rows = ['line', 'line', 'inside', 'inside', 'line', 'line'];
  return grid({
    cols: 25,
    rows: rows.length,
    facing: 'front',
    at(u, v) {
      const row = Math.round(v * (rows.length - 1));
      const t = mix(-1, 1, u);
      const { top, bottom } = edges(t, pose);
      const line = 0.00095 * smooth(1.05, 0.35, Math.abs(t)) + 0.00015;
      const y = [top + line, top, top - line * 0.1, bottom + line * 0.1, bottom, bottom - line][row];
      return over(pose.width * t, y, 0.001);
    },
    paint(_u, v) {
      const row = Math.round(v * (rows.length - 1));
      return rows[row] === 'line' ? ['lipLine', 0.2] : ['mouth', row === 2 ? 1 : 0.4];
    },
    skin: onHead,
    normal: faceNormal,
  });
}

function teeth(pose) {
  return grid({
    cols: 13,
    rows: 2,
    facing: 'front',
    at(u, v) {
      const t = mix(-0.8, 0.8, u);
      const { top, bottom } = edges(t, pose);
      const high = Math.min(0.0048, (top - bottom) * 0.46) * pose.teeth;
      return over(pose.width * t, top - v * high, 0.0016);
    },
    paint: (_u, v) => ['sclera', 0.15 + 0.1 * v],
    skin: onHead,
    normal: faceNormal,
  });
}

function tongue(pose) {
  return grid({
    cols: 11,
    rows: 3,
    facing: 'front',
    at(u, v) {
      const t = mix(-0.72, 0.72, u);
      const { top, bottom } = edges(t, pose);
      const high = (top - bottom) * 0.42 * (1 - (t / 0.74) ** 2);
      return over(pose.width * t, bottom + v * high, 0.0014);
    },
    paint: (_u, v) => ['tongue', v],
    skin: onHead,
    normal: faceNormal,
  });
}

/** A hint of a nose: one small soft shade under its tip. */
export function makeNose() {
  return grid({
    cols: 9,
    rows: 2,
    facing: 'front',
    at(u, v) {
      const t = mix(-1, 1, u);
      const y = HEAD.y - 0.0475 - 0.0008 * (1 - t * t) + (v - 0.5) * 0.0019 * bell(t, 0.75);
      return over(t * 0.0046, y, 0.0009);
    },
    paint: (_u, v) => ['skinShade', v],
    skin: onHead,
    normal: faceNormal,
  });
}

export const makeMouth = (pose) => join([opening(pose), teeth(pose), tongue(pose)]);
