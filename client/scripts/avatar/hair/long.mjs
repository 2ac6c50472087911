// Long hair: a parted fringe, locks that frame the face, a layered back that ends in waves, a curl on top.
import { curve, mix, pathThrough, scatter, smooth } from '../math.mjs';
import { alongChain } from '../skeleton.mjs';
import { tube } from '../surface.mjs';
import { makeHull } from './hull.mjs';
import { makeTails } from './tails.mjs';
import { makeCap, makeChain, makeLock, nearest, showsBelow } from './lock.mjs';

const soft = { stiffness: 1.0, dragForce: 0.42, gravityPower: 0.03, hitRadius: 0.012 };
const edge = curve([
  [0, 0.44],
  [0.75, 0.48],
  [1.1, 0.7],
  [1.45, 0.96],
  [2.0, 1.1],
  [Math.PI, 1.22],
]);

/** [root around, root down, tip around, tip down, half width]: from one temple to the other, the parting between. */
function fringe(hull, style) {
  const from = style.parting;
  return style.fringe.map(([tip, down, wide, high, bend = 0], at) => {
    const root = from + (tip - from) * 0.3;
    const guide = [
      [root, 0.2, 0.006],
      [mix(root, tip, 0.5), 0.44, high],
      [mix(root, tip, 0.92), mix(0.44, down, 0.55), high + 0.002],
      [tip + bend, down, high * 0.62],
    ];
    return makeLock(hull, { guide, wide, seed: at + 20, tips: 0.3, point: 1.75, thick: 0.0085, rows: 14, root: 0.45 });
  });
}

function sides(hull, style, chains) {
  return [1, -1].flatMap((side) =>
    style.sides.map(({ root, tip, down, wide, away, tips, curl = 0.06, flick = 0.008 }, at) => {
      const chain = nearest(
        chains.filter(({ name }) => name.startsWith('side')),
        side * tip,
      );
      const guide = [
        [side * root, 0.3, 0.004],
        [side * mix(root, tip, 0.55), 0.7, away],
        [side * tip, 1.15, away + 0.003],
        [side * (tip - 0.03), mix(1.15, down, 0.45), away - 0.003],
        [side * (tip - 0.02), mix(1.15, down, 0.75), away + 0.002],
        [side * (tip + curl), down, away + flick],
      ];
      return makeLock(hull, {
        guide,
        wide,
        seed: 40 + at * 2 + side,
        tips,
        chain,
        thick: 0.0095,
        rows: 14,
        point: 2.2,
        root: 0.3,
      });
    }),
  );
}

/** One layer of the back, from ear to ear. */
function layer(hull, { count, from, root, down, wide, away, wave, tips, flip = 0 }, chains, seed) {
  return Array.from({ length: count }, (_, at) => {
    const place = count === 1 ? 0.5 : at / (count - 1);
    const around = mix(from, Math.PI * 2 - from, place);
    const middle = 1 - Math.abs(place - 0.5) * 2;
    const low = down + 0.3 * middle ** 0.8 * (down - 1.6 > 0 ? 1 : 0.3) + 0.1 * (scatter(seed + at) - 0.5);
    const lean = wave * (at % 2 ? 1 : -1);
    const guide = [
      [around, root, 0.004],
      [around, 0.72, away],
      [around, 1.15, away + 0.006],
      [around + lean, mix(1.15, low, 0.42), away + 0.002],
      [around - lean, mix(1.15, low, 0.75), away + 0.004],
      [around + lean * 2.2, low, away + 0.012 + flip],
    ];
    const chain = nearest(
      chains.filter(({ name }) => name.startsWith('back')),
      around,
    );
    return makeLock(hull, { guide, wide, seed: seed + at, tips, chain, thick: 0.011, rows: 14, point: 2.3, root: 0.3 });
  });
}

/** Locks over the crown, so that the cap shows no smooth shell. */
function crown(hull, style) {
  return style.crown.map(([around, wide], at) => {
    const guide = [
      [mix(style.parting, around, 0.75), 0.1, 0.007],
      [mix(style.parting, around, 0.9), 0.28, 0.0165],
      [around, 0.58, 0.0165],
      [around, 0.98, 0.009],
    ];
    return makeLock(hull, { guide, wide, seed: at + 80, tips: 0.1, point: 3.2, thick: 0.0075, rows: 9, root: 0.22 });
  });
}

function topCurl(hull, style) {
  const root = hull.at([style.parting, 0.1, 0.01]);
  const points = style.curl.map(([x, y, z]) => [root[0] + x, root[1] + y, root[2] + z]);
  const chain = {
    name: 'curl',
    parent: 'head',
    points: [points[0], points[1], points.at(-1)],
    spring: { stiffness: 1.5, dragForce: 0.3, gravityPower: 0.02, hitRadius: 0.005 },
  };
  const path = pathThrough(points);
  const part = tube({
    cols: 7,
    rows: 13,
    path,
    out: () => [0, 0.2, 1],
    across: (v) => 0.0075 * Math.max((1 - v ** 1.8) ** 0.8 * mix(0.6, 1, smooth(0, 0.3, v)), 0.012),
    thick: (v) => 0.0045 * Math.max((1 - v ** 1.8) ** 0.8, 0.012),
    paint: (u, v) => [0.5 + 0.06 * Math.cos(u * Math.PI * 2), mix(0.86, 0.55, v)],
    skin: (_point, _u, v) => alongChain(chain, v * 2 - 0.25),
  });
  return { part, chain };
}

function chainsOf(hull, style) {
  const backs = style.chains.map((around, at) =>
    makeChain(hull, { name: `back${at}`, around, downs: [1.05, 1.35, 1.65, 1.95], away: 0.018, spring: soft }),
  );
  const fronts = [1, -1].map((side) =>
    makeChain(hull, {
      name: side > 0 ? 'sideLeft' : 'sideRight',
      around: side * style.sideChain,
      downs: [0.95, 1.25, 1.55, 1.85],
      away: 0.02,
      spring: soft,
    }),
  );
  return [...backs, ...fronts];
}

/** `bare(point)`: whether the head shows there. `cloth`: bows and ties, of the clothes' material. */
export function makeLongHair(face, style, ink) {
  const hull = makeHull(face);
  const chains = chainsOf(hull, style);
  const top = topCurl(hull, style);
  const tails = style.tails && makeTails(hull, style.tails, ink);
  const parts = [
    makeCap(hull, { edge, away: 0.0125 }),
    style.layers.map((one, at) => layer(hull, one, chains, 100 + at * 30)),
    crown(hull, style),
    sides(hull, style, chains),
    fringe(hull, style),
    top.part,
    tails?.parts ?? [],
  ];
  return {
    parts,
    bare: showsBelow(face, edge),
    cloth: tails?.cloth ?? [],
    chains: [...chains, top.chain, ...(tails?.chains ?? [])],
  };
}
