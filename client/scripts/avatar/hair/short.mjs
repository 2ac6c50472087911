// Short hair in layers that start at a whorl, with a fringe swept to one side and pointed ends that stand off.
import { curve, mix, scatter } from '../math.mjs';
import { makeHull } from './hull.mjs';
import { makeCap, makeChain, makeLock, nearest, showsBelow } from './lock.mjs';

const stiff = { stiffness: 1.6, dragForce: 0.5, gravityPower: 0.02, hitRadius: 0.01 };

/** Locks all the way round, or between two angles: each as long as `down(around)` says, less some chance. */
function layer(
  hull,
  { count, from = 0, to = Math.PI * 2, root, down, wide, away, flick, twist, tips, ragged },
  chains,
  seed,
) {
  const length = curve(down);
  return Array.from({ length: count }, (_, at) => {
    const around = mix(from, to, (at + 0.5) / count);
    const front = Math.abs(Math.atan2(Math.sin(around), Math.cos(around)));
    const chance = scatter(seed + at) - 0.5;
    const low = length(front) + ragged * chance;
    const turn = twist * (0.7 + 0.6 * scatter(seed + at * 3));
    const guide = [
      [around - turn * 0.6, root, 0.004],
      [around - turn * 0.2, mix(root, low, 0.32), away],
      [around, mix(root, low, 0.68), away + 0.003],
      [around + turn * 0.7, low, away + flick * (0.7 + 0.6 * scatter(seed + at * 7))],
    ];
    const chain = front < 1 || low < 1.1 ? undefined : nearest(chains, around);
    return makeLock(hull, {
      guide,
      wide: wide * (0.85 + 0.3 * scatter(seed + at * 5)),
      seed: seed + at,
      tips,
      chain,
      thick: 0.0095,
      rows: 16,
      point: 2,
      root: 0.4,
    });
  });
}

/** [root, bend, tip] around, how far down, half width, how far off the forehead. */
function fringe(hull, locks, tips) {
  return locks.map(([root, bend, tip, down, wide, high], at) => {
    const guide = [
      [root, 0.1, 0.012],
      [mix(root, bend, 0.6), 0.36, high + 0.007],
      [bend, mix(0.38, down, 0.52), high + 0.003],
      [tip, down, high * 0.7],
    ];
    return makeLock(hull, { guide, wide, seed: at + 20, tips, point: 2.1, thick: 0.0095, rows: 18, root: 0.45 });
  });
}

export function makeShortHair(face, style) {
  const hull = makeHull(face);
  const edge = curve(style.edge);
  const chains = style.chains.map((around, at) =>
    makeChain(hull, { name: `nape${at}`, around, downs: [1.0, 1.25, 1.5], away: 0.014, spring: stiff }),
  );
  const parts = [
    makeCap(hull, { edge, away: 0.013, tips: style.capTips }),
    style.layers.map((one, at) => layer(hull, one, chains, 100 + at * 40)),
    fringe(hull, style.fringe, style.fringeTips),
  ];
  return { parts, bare: showsBelow(face, edge), cloth: [], chains };
}
