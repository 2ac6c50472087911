// A pleated skirt with a stripe above its hem, long socks and sneakers.
import { blend, ellipsoid, rod, solid, within } from '../implicit.mjs';
import { bothLegs } from '../body/flesh.mjs';
import { mirrored } from '../body/hands.mjs';
import { bell, mix, smooth, TAU } from '../math.mjs';
import { grid } from '../surface.mjs';
import { band } from './on-cloth.mjs';

export function makeSkirt({ ink }, { from, to, waist, hem, pleats = 16 }) {
  const skin = ([x, y]) => {
    const low = smooth(from - 0.02, to - 0.04, y) * 0.62;
    const left = smooth(-0.06, 0.06, x) * low;
    const right = low - left;
    return [
      ['hips', 1 - low],
      ['leftUpperLeg', left],
      ['rightUpperLeg', right],
    ].filter(([, weight]) => weight > 0.004);
  };
  const fold = (u) => {
    const place = (u * pleats) % 1;
    return place < 0.72 ? place / 0.72 : 1 - (place - 0.72) / 0.28;
  };
  const at = (u, v, lift = 0) => {
    const deep = 1 + 0.075 * v * (fold(u) - 0.5) + lift;
    const wide = mix(waist[0], hem[0], v ** 0.9) * deep;
    const thick = mix(waist[1], hem[1], v ** 0.9) * deep;
    return [Math.sin(u * TAU) * wide, mix(from, to, v), Math.cos(u * TAU) * thick];
  };
  const cloth = grid({
    cols: pleats * 4,
    rows: 5,
    wrap: true,
    at,
    paint: (u, v) => ink('skirt', 0.25 + 0.55 * fold(u) * (0.3 + 0.7 * v)),
    skin,
  });
  const stripe = grid({
    cols: pleats * 4,
    rows: 2,
    wrap: true,
    at: (u, v) => at(u, mix(0.84, 0.9, v), 0.008),
    paint: () => ink('trim', 0.7),
    skin,
  });
  return { parts: [cloth, stripe], chains: [] };
}

export function makeSocks({ body, ink, skinAt }, { to }) {
  const socks = bothLegs(body, {
    from: 0.06,
    to,
    rows: 9,
    wider: () => 0.0022,
    paint: (_u, v) => ink('sock', 0.4 + 0.2 * v),
    skin: skinAt,
    cols: 16,
  });
  const tops = bothLegs(body, {
    from: to - 0.016,
    to: to + 0.006,
    rows: 5,
    wider: (t) => 0.001 + 0.0042 * Math.sin(t * Math.PI) ** 0.4,
    paint: () => ink('trim', 0.6),
    skin: skinAt,
  });
  return { parts: [socks, tops], chains: [] };
}

/** `sole` and `upper` are ramps; `boot`: how high the shaft goes. */
export function makeShoes({ body, ink, skinAt }, { sole = 'trim', upper = 'shoe', shaft = 0.02, size = 1 }) {
  const { leg } = body;
  const foot = (y, z) => [leg.x, y, z * size];
  const heel = leg.ankle + shaft;
  const upperField = blend(
    0.03,
    ellipsoid(foot(0.036, 0.062), [0.041, 0.034, 0.058 * size]),
    ellipsoid(foot(0.042, -0.012), [0.036, 0.042, 0.044 * size]),
    rod(foot(0.05, -0.008), foot(heel, -0.009), 0.036, 0.037),
  );
  const upperPart = solid({
    field: within(
      within(upperField, ([, y]) => 0.012 - y),
      ([, y]) => y - heel,
    ),
    box: [
      [leg.x - 0.06, -0.01, -0.08 * size],
      [leg.x + 0.06, heel + 0.02, 0.14 * size],
    ],
    cell: 0.0175,
    paint: ([, y, z]) => ink(upper, 0.35 + 0.5 * smooth(0.01, heel, y) - 0.25 * bell(z - 0.03, 0.012)),
    skin: skinAt,
  });
  const soleField = (p) =>
    Math.max(
      blend(
        0.04,
        ellipsoid(foot(0.01, 0.062), [0.045, 0.06, 0.064 * size]),
        ellipsoid(foot(0.01, -0.012), [0.04, 0.06, 0.048 * size]),
      )(p),
      p[1] - 0.02,
      -p[1],
    );
  const solePart = solid({
    field: soleField,
    box: [
      [leg.x - 0.06, -0.015, -0.08 * size],
      [leg.x + 0.06, 0.035, 0.15 * size],
    ],
    cell: 0.019,
    paint: ([, y]) => ink(sole, 0.3 + 0.5 * smooth(0, 0.02, y)),
    skin: skinAt,
  });
  const collar = band({
    center: [leg.x, 0, -0.009],
    axis: 1,
    from: heel - 0.012,
    to: heel + 0.008,
    wide: 0.0395,
    paint: () => ink(sole, 0.7),
    skin: skinAt,
  });
  const left = [upperPart, solePart, collar];
  return { parts: [left, left.map(mirrored)], chains: [] };
}
