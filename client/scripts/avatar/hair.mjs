// Hair: a cap over the skull, and locks that hang from it.
import { HEAD, headPoint } from './head.mjs';
import { add, bell, curve, grid, join, mix, smooth, sub, throughPoints, tube, unit } from './surface.mjs';

const CAP = 0.015;
const onHead = () => [['head', 1]];
/** Height from -1 at the chin to 1 at the top, for a height in metres. */
const heightOf = (y) => (y - HEAD.y) / HEAD.half;

/** The light that lies around the head like a ring, broken up by the strands. */
function sheen([x, y, z]) {
  const around = Math.atan2(x, z);
  const ring = bell(heightOf(y) - 0.62 - 0.05 * Math.sin(around * 9), 0.11);
  return 0.56 + 0.36 * ring * (0.75 + 0.25 * Math.sin(around * 17));
}

function cap() {
  // Where the hair ends, by angle from the front: a forehead, ears, a nape.
  const edge = curve([
    [0, 0.5],
    [0.9, 0.42],
    [1.35, 0.0],
    [1.9, -0.35],
    [Math.PI, -0.55],
  ]);
  return grid({
    cols: 36,
    rows: 10,
    wrap: true,
    at(u, v) {
      const around = (u - 0.5) * Math.PI * 2;
      const low = Math.asin(edge(Math.abs(around)));
      return headPoint(Math.sin(mix(low, (Math.PI / 2) * 0.999, v)), around, CAP * smooth(-0.02, 0.25, v) + 0.0005);
    },
    paint: (_u, _v, point) => ['hair', sheen(point)],
    skin: onHead,
  });
}

/** The outside of the hair at a height and an angle: the skull, and below it a soft curtain that turns in at the hem. */
function curtain(y, around, away) {
  const s = heightOf(y);
  const turn = -0.25;
  if (s > turn) return headPoint(Math.min(s, 0.995), around, away);
  const below = (turn - s) / 1.1;
  const [x, , z] = headPoint(
    turn,
    around,
    away + 0.012 * Math.sin(Math.min(below, 1) * Math.PI * 0.8) - 0.01 * below ** 3,
  );
  return [x, y, z];
}

const taper = (t) => Math.max(smooth(-0.25, 0.3, t) * (1 - t ** 2.4) ** 0.8, 0.02);

/** A flat, pointed lock. `steps`: [y, around, away] from the root to the tip. */
function lock({ steps, across, thick = 0.0055, tips = 0, skin = onHead, rows = 8, cols = 7 }) {
  const at = (index) => throughPoints(steps.map((step) => step[index]));
  const [height, around, away] = [at(0), at(1), at(2)];
  const path = (t) => curtain(height(t), around(t), away(t));
  return tube({
    cols,
    rows,
    path,
    out: (t) => unit(sub(path(t), [0, path(t)[1], 0])),
    across: (t) => across * taper(t),
    thick: (t) => thick * taper(t) ** 0.7,
    paint(u, v, point) {
      return ['hair', mix(sheen(point) + 0.04 * Math.sin(u * Math.PI * 4), 0, smooth(0.35, 1.05, v) * tips)];
    },
    skin,
  });
}

const place = (y) => HEAD.y + y;

function fringe() {
  const locks = [
    [-0.95, -1.12, 0.0, 0.02],
    [-0.62, -0.78, 0.022, 0.021],
    [-0.3, -0.44, 0.032, 0.022],
    [0.02, -0.1, 0.036, 0.021],
    [0.3, 0.32, 0.034, 0.021],
    [0.6, 0.72, 0.026, 0.021],
    [0.9, 1.1, 0.002, 0.02],
  ];
  return locks.map(([root, tip, low, across], index) =>
    lock({
      steps: [
        [place(0.114), root * 0.55 + 0.12, 0.012],
        [place(0.09), root * 0.8 + 0.06, 0.017],
        [mix(place(0.07), place(low), 0.45), mix(root, tip, 0.5), 0.017 + (index % 2) * 0.002],
        [place(low), tip, 0.012],
      ],
      across,
    }),
  );
}

function backLocks() {
  const count = 11;
  return Array.from({ length: count }, (_, index) => {
    const around = mix(1.25, Math.PI * 2 - 1.25, index / (count - 1));
    const low = HEAD.y - 0.17 - 0.012 * (index % 2) - 0.02 * Math.sin((index / (count - 1)) * Math.PI);
    return lock({
      steps: [
        [HEAD.y + 0.085, around, 0.008],
        [HEAD.y + 0.02, around, 0.014],
        [HEAD.y - 0.08, around, 0.016],
        [low, around + (index % 2 ? 0.06 : -0.06), 0.004],
      ],
      across: 0.036,
      thick: 0.011,
      tips: 0.85,
      rows: 8,
    });
  });
}

/** Bones along a hanging strand, root first; the last one is its end. */
const lockHeights = [0.075, 0, -0.085, -0.155];
export const strands = {
  leftLock: lockHeights.map((dy) => strandPoint(1, dy)),
  rightLock: lockHeights.map((dy) => strandPoint(-1, dy)),
  curl: [
    [0.004, HEAD.y + 0.132, 0.01],
    [0.014, HEAD.y + 0.162, 0.012],
    [0.034, HEAD.y + 0.174, 0.016],
  ],
};

function strandPoint(side, dy) {
  return curtain(HEAD.y + dy, side * 1.18, 0.016);
}

/** Weights of a vertex along a strand of bones: the two nearest share it. */
function along(name, count) {
  return (_point, _u, v) => {
    const at = Math.min(v * (count - 1), count - 1.001);
    const first = Math.floor(at);
    return [
      [`${name}${first}`, 1 - (at - first)],
      [`${name}${first + 1}`, at - first],
    ];
  };
}

function sideLock(name, side) {
  const points = strands[name];
  const steps = points.map(([, y], index) => [
    y,
    side * (index === points.length - 1 ? 1.12 : 1.18),
    index === 0 ? 0.008 : 0.018,
  ]);
  return lock({ steps, across: 0.0185, thick: 0.009, tips: 0.9, rows: 10, skin: along(name, points.length) });
}

function curl() {
  const [a, b, c] = strands.curl;
  const path = (t) => {
    const [p, q] = [a, b, c].slice(t < 0.5 ? 0 : 1);
    const bend = Math.sin((t * 2 - (t < 0.5 ? 0 : 1)) * Math.PI) * 0.002;
    const step = t < 0.5 ? t * 2 : t * 2 - 1;
    return add(add(p, [(q[0] - p[0]) * step, (q[1] - p[1]) * step, (q[2] - p[2]) * step]), [0, bend, 0]);
  };
  return tube({
    cols: 7,
    rows: 9,
    path,
    out: () => [0, 0, 1],
    across: (t) => 0.006 * Math.max((1 - t) ** 0.7, 0.05),
    thick: (t) => 0.005 * Math.max((1 - t) ** 0.7, 0.05),
    paint: (_u, v) => ['hair', 0.55 + 0.2 * v],
    skin: along('curl', 3),
  });
}

export const makeHair = () =>
  join([cap(), ...backLocks(), ...fringe(), sideLock('leftLock', 1), sideLock('rightLock', -1), curl()]);
