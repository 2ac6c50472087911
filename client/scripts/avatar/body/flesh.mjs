// Neck and legs: tubes around the bones.
import { curve, mix, smooth, TAU } from '../math.mjs';
import { grid, tube } from '../surface.mjs';

/** The head's shadow lies on the upper half of the neck. */
export function makeNeck(body, skinAt, ink) {
  const [low, high] = [body.neck - 0.055, body.head + 0.035];
  const wide = curve([
    [low, body.neckWidth * 1.75],
    [body.neck - 0.015, body.neckWidth * 1.12],
    [body.neck + 0.02, body.neckWidth],
    [high, body.neckWidth * 1.06],
  ]);
  return grid({
    cols: 24,
    rows: 10,
    wrap: true,
    at(u, v) {
      const y = mix(low, high, v);
      const [sin, cos] = [Math.sin(u * TAU), Math.cos(u * TAU)];
      return [sin * wide(y), y, cos * wide(y) * 0.94 - 0.008 + 0.006 * v];
    },
    paint(u, _v, [, y]) {
      const front = Math.cos(u * TAU);
      const shadow = smooth(body.neck + 0.012, body.neck + 0.03, y + 0.012 * front);
      return ink('neck', shadow);
    },
    skin: skinAt,
  });
}

const thickOf = ({ top, knee, ankle }, size) =>
  curve([
    [ankle - 0.01, 0.029 * size],
    [ankle + 0.06, 0.031 * size],
    [mix(ankle, knee, 0.68), 0.0445 * size],
    [knee - 0.03, 0.04 * size],
    [knee + 0.03, 0.0425 * size],
    [mix(knee, top, 0.6), 0.056 * size],
    [top + 0.02, 0.064 * size],
  ]);

/** A stretch of a leg, bare or in something: `wider` metres outside the skin. */
export function leg(body, sign, { from, to, rows, wider = () => 0, paint, skin, cols = 18 }) {
  const shape = body.leg;
  const thick = thickOf(shape, shape.thick ?? 1);
  return tube({
    cols,
    rows,
    path(t) {
      const y = mix(from, to, t);
      const calf = -0.006 * smooth(shape.knee, shape.knee * 0.6, y) * smooth(shape.ankle, shape.knee * 0.5, y);
      return [sign * shape.x, y, 0.002 + calf + mix(-0.006, 0.004, smooth(shape.ankle, shape.knee, y))];
    },
    out: () => [0, 0, 1],
    across: (t) => thick(mix(from, to, t)) + wider(t),
    paint,
    skin,
  });
}

export const bothLegs = (body, options) => [leg(body, 1, options), leg(body, -1, options)];
