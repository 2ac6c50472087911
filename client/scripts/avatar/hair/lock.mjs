// A lock of hair: flat, tapered, rounded outside, laid along the hull. And the cap under all locks.
import { clamp, curve, mix, scatter, smooth, through, unit, lerp } from '../math.mjs';
import { alongChain } from '../skeleton.mjs';
import { grid, tube } from '../surface.mjs';

const ROUND = 0.1;
const onHead = () => [['head', 1]];

/** Tones of hair.png from its crown to its length, with a ring of light around the head. */
const crownTone = curve([
  [0, 1],
  [0.3, 0.94],
  [0.47, 0.84],
  [0.64, 0.72],
  [1.1, 0.6],
]);
const frayed = (around) => 0.035 * Math.sin(around * 9 + 1) + 0.02 * Math.sin(around * 23);
export const toneAt = (around, down) => crownTone(down + frayed(around));

/**
 * `guide`: places on the hull from root to tip. `wide`: half its width. `point`: how late it tapers. `tips`: how far its
 * tone goes to the tips' colour, from 0 to 1. `chain`: what swings it; see `makeChain`.
 */
export function makeLock(hull, lock) {
  const {
    guide,
    wide,
    thick = 0.0075,
    point = 2.2,
    root = 0.72,
    tips = 0.35,
    seed = 1,
    chain,
    rows = 14,
    cols = 6,
  } = lock;
  const [around, down, away] = [0, 1, 2].map((axis) => through(guide.map((place) => place[axis])));
  const path = (v) => hull.at([around(v), down(v), away(v)]);
  const taper = (v) => Math.max(mix(root, 1, smooth(0, 0.4, v)) * (1 - v ** point) ** 0.75, 0.012);
  const across = (v) => wide * taper(v);
  const deep = (v) => thick * Math.max(taper(v) ** 0.8, 0.03);
  const column = 0.1 + 0.8 * scatter(seed);
  return tube({
    cols,
    rows,
    path,
    step: (v) => mix(v, smooth(0, 1, v), 0.65),
    out: (_v, at) => hull.normal(at),
    across,
    thick: deep,
    // The section bends with the head.
    shape: ([x, y], v) => [x, (y > 0 ? y : y * 0.35) - (x * across(v)) ** 2 / (2 * ROUND * deep(v))],
    paint(u, v) {
      const side = Math.cos(u * Math.PI * 2);
      const tone = toneAt(around(v), down(v)) * (1 - tips * smooth(0.3, 1, v));
      return [clamp(column + side * Math.min(wide * 4, 0.1)), clamp(tone, 0.01, 0.99)];
    },
    skin: chain ? (_point, _u, v) => alongChain(chain, chain.at(down(v))) : onHead,
    normal: (at, own) => unit(lerp(own, hull.normal(at), 0.42)),
  });
}

/** Bones that swing what hangs at `around`, at the heights `downs`. `parent` holds everything above. */
export function makeChain(hull, { name, around, downs, away, spring, parent = 'head' }) {
  const points = downs.map((down, at) => hull.at([around, down, Array.isArray(away) ? away[at] : away]));
  const at = (down) => {
    if (down <= downs[0]) return (down - downs[0]) / 0.25;
    const next = downs.findIndex((value) => value >= down);
    if (next < 0) return downs.length - 1;
    return next - 1 + (down - downs[next - 1]) / (downs[next] - downs[next - 1]);
  };
  return { name, parent, points, at, around, spring };
}

/** The chain nearest to a lock that hangs at `around`. */
export const nearest = (chains, around) =>
  chains.reduce((a, b) => (Math.abs(a.around - around) <= Math.abs(b.around - around) ? a : b));

/** Whether a place of the head shows below a cap with that edge. */
export const showsBelow =
  (face, edge) =>
  ([x, y, z]) => {
    const high = (y - face.middleY) / face.half;
    const down = high > 0 ? (Math.acos(Math.min(high, 1)) * 2) / Math.PI : 1 - high * (2 / Math.PI);
    return down > edge(Math.abs(Math.atan2(x, z))) - 0.1;
  };

/** `edge(around)`: how far down the cap goes, by radians from the front. */
export function makeCap(hull, { edge, away, tips = 0 }) {
  return grid({
    cols: 46,
    rows: 11,
    wrap: true,
    at(u, v) {
      const around = (u - 0.5) * Math.PI * 2;
      const low = edge(Math.abs(around));
      return hull.at([around, mix(0.004, low, v), away * smooth(1.02, 0.5, v) + 0.0012]);
    },
    paint(u, v) {
      const around = (u - 0.5) * Math.PI * 2;
      const across = Math.abs(u - 0.5) * 2;
      return [clamp(across), clamp(toneAt(around, edge(Math.abs(around)) * v) * (1 - tips * v), 0.01, 0.99)];
    },
    skin: onHead,
    normal: (at) => hull.normal(at),
  });
}
