// Small things that are worn: a clip in the hair.
import { makeHull } from '../hair/hull.mjs';
import { add, cross, mix, scale, TAU, unit } from '../math.mjs';
import { grid } from '../surface.mjs';

/** A rounded star that stands off the hair. */
export function makeClip({ face, ink }, { around, down, away, size, ramp = 'gold' }) {
  const hull = makeHull(face);
  const middle = hull.at([around, down, away]);
  const out = hull.normal(middle);
  const side = unit(cross([0, 1, 0], out));
  const up = cross(out, side);
  const rings = [
    [0.001, 1],
    [0.75, 0.6],
    [1, 0.05],
    [0.95, -0.5],
  ];
  const star = grid({
    cols: 40,
    rows: rings.length,
    wrap: true,
    at(u, v) {
      const [far, high] = rings[Math.round(v * (rings.length - 1))];
      const angle = u * TAU + 0.25;
      const reach = size * far * mix(0.56, 1, (0.5 + 0.5 * Math.cos(angle * 5)) ** 1.2);
      const flat = add(scale(side, Math.sin(angle - 0.12) * reach), scale(up, Math.cos(angle - 0.12) * reach));
      return add(add(middle, flat), scale(out, high * size * 0.28));
    },
    paint: (_u, v) => ink(ramp, 1 - 0.7 * v),
    skin: () => [['head', 1]],
  });
  return { parts: [star], chains: [] };
}
