// The head as a formula, so that everything on a face can be laid onto its surface.
import { bell, grid, smooth, unit } from './surface.mjs';

export const HEAD = { y: 1.335, half: 0.12, width: 0.1015, front: 0.1, back: 0.112 };
const SQUARE = 2.25;

const rim = (s) => Math.sqrt(Math.max(1 - s * s, 0));
/** The jaw narrows and the chin comes forward. `s`: from -1 at the chin to 1 at the top. */
const widthAt = (s) => HEAD.width * rim(s) ** 0.94 * (1 - 0.16 * smooth(0.1, 1, -s));
const middleAt = (s) => 0.046 * smooth(0.05, 1, -s);
const frontAt = (s) => HEAD.front * rim(s) ** 0.9 * (1 - 0.3 * smooth(0.1, 1, -s));
const backAt = (s) => HEAD.back * rim(s) * (1 - 0.25 * smooth(0.1, 1, -s));

const bend = (value) => Math.sign(value) * Math.abs(value) ** (2 / SQUARE);

/** A point of the surface: `s` for the height, `around` from 0 at the front to the left and on to the back. */
export function headPoint(s, around, away = 0) {
  const [sin, cos] = [Math.sin(around), Math.cos(around)];
  const depth = cos > 0 ? frontAt(s) + away : backAt(s) + away;
  const x = (widthAt(s) + away) * bend(sin);
  const y = HEAD.y + (HEAD.half + away) * s;
  return [x, y, middleAt(s) + depth * bend(cos) + (cos > 0 && away === 0 ? relief(x, y) : 0)];
}

/** How far nose, eye sockets and cheeks stand out. */
function relief(x, y) {
  const [dy, side] = [y - HEAD.y, Math.abs(x)];
  const nose = 0.011 * bell(x, 0.011) * bell(dy + 0.042, dy > -0.042 ? 0.024 : 0.008);
  const socket = -0.003 * bell(side - 0.038, 0.02) * bell(dy + 0.008, 0.022);
  const cheek = 0.003 * bell(side - 0.05, 0.022) * bell(dy + 0.05, 0.022);
  return nose + socket + cheek;
}

/** Depth of the face at a place seen from the front. */
export function faceDepth(x, y) {
  const s = (y - HEAD.y) / HEAD.half;
  const inside = Math.max(1 - Math.abs(x / widthAt(s)) ** SQUARE, 0);
  return middleAt(s) + frontAt(s) * inside ** (1 / SQUARE) + relief(x, y);
}

/** The face is shaded as a plain egg: its bumps would look like dirt in two-tone light. */
export function faceNormal([x, y, z]) {
  return unit([x / HEAD.width ** 2, (0.72 * (y - HEAD.y)) / HEAD.half ** 2, z / HEAD.front ** 2]);
}

/** How rosy the skin is. */
export function blush(x, y) {
  const cheeks = bell(Math.abs(x) - 0.057, 0.017) * bell(y - HEAD.y + 0.05, 0.0125);
  return 0.12 + 0.75 * cheeks;
}

export function makeHead() {
  const columns = headColumns();
  return grid({
    cols: columns.length,
    rows: 26,
    wrap: true,
    at: (u, v) => headPoint(Math.sin((v - 0.5) * Math.PI * 0.998), columns[Math.round(u * columns.length)]),
    paint: (_u, _v, [x, y, z]) => ['skin', z > 0 ? blush(x, y) : 0.12],
    skin: () => [['head', 1]],
    normal: faceNormal,
  });
}

/** Most columns are in front, where they are seen. */
function headColumns() {
  const front = Array.from({ length: 33 }, (_, index) => ((index - 16) / 16) * (Math.PI / 2));
  const back = Array.from({ length: 7 }, (_, index) => Math.PI / 2 + ((index + 1) / 8) * Math.PI);
  return [...front, ...back];
}
