// Neck, ears, hands and legs: tubes and balls around the bones.
import { SHOULDER_Y } from './skeleton.mjs';
import { ball, curve, grid, join, mix, painted, share, TAU, tube } from './surface.mjs';

function neck() {
  return grid({
    cols: 12,
    rows: 5,
    wrap: true,
    at(u, v) {
      const radius = 0.034 + 0.004 * (1 - v);
      return [Math.sin(u * TAU) * radius, mix(1.1, 1.25, v), Math.cos(u * TAU) * radius * 0.95 - 0.004 + 0.008 * v];
    },
    paint: (_u, v) => ['skin', 0.25 + 0.35 * v],
    skin: ([, y]) => (y < 1.19 ? share('chest', 'neck', 1.12, 1.18)(y) : share('neck', 'head', 1.19, 1.235)(y)),
  });
}

function hand(side, sign) {
  const skin = () => [[`${side}Hand`, 1]];
  const paint = painted('skin', 0.15);
  const palm = ball({
    center: [sign * 0.505, SHOULDER_Y - 0.002, 0.002],
    radius: [0.045, 0.014, 0.026],
    cols: 10,
    rows: 7,
    paint,
    skin,
  });
  const fingers = ball({
    center: [sign * 0.545, SHOULDER_Y - 0.005, 0.002],
    radius: [0.032, 0.011, 0.022],
    cols: 10,
    rows: 6,
    paint,
    skin,
  });
  const thumb = tube({
    cols: 7,
    rows: 5,
    path: (t) => [sign * mix(0.488, 0.522, t), SHOULDER_Y - 0.004, mix(0.014, 0.042, t)],
    out: () => [0, 1, 0],
    across: (t) => 0.0095 * Math.max(1 - t ** 4, 0.1),
    paint,
    skin,
  });
  return join([palm, fingers, thumb]);
}

/** A stretch of a leg, bare or in a sock. */
export function leg(side, sign, { from, to, rows, wider = 0, paint }) {
  const skin = ([, y]) => {
    if (y > 0.6) return share(`${side}UpperLeg`, 'hips', 0.74, 0.82)(y);
    if (y > 0.25) return share(`${side}LowerLeg`, `${side}UpperLeg`, 0.38, 0.48)(y);
    return share(`${side}Foot`, `${side}LowerLeg`, 0.06, 0.1)(y);
  };
  const thick = curve([
    [0.07, 0.031],
    [0.12, 0.031],
    [0.34, 0.043],
    [0.46, 0.043],
    [0.6, 0.052],
    [0.76, 0.058],
  ]);
  return tube({
    cols: 10,
    rows,
    path: (t) => [sign * 0.067, mix(from, to, t), mix(0.004, -0.006, (0.76 - mix(from, to, t)) / 0.69)],
    out: () => [0, 0, 1],
    across: (t) => thick(mix(from, to, t)) + wider,
    paint,
    skin,
  });
}

function ear(sign) {
  return ball({
    center: [sign * 0.098, 1.315, -0.004],
    radius: [0.012, 0.024, 0.016],
    cols: 10,
    rows: 7,
    paint: painted('skin', 0.3),
    skin: () => [['head', 1]],
  });
}

const bareLeg = { from: 0.7, to: 0.2, rows: 9, paint: painted('skin', 0.15) };

export const makeBody = () =>
  join([
    neck(),
    ear(1),
    ear(-1),
    hand('left', 1),
    hand('right', -1),
    leg('left', 1, bareLeg),
    leg('right', -1, bareLeg),
  ]);
