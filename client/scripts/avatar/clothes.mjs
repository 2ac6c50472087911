// Clothes: rings and tubes around the bones.
import { leg } from './body.mjs';
import { SHOULDER_Y } from './skeleton.mjs';
import { add, ball, curve, grid, join, mix, painted, share, smooth, TAU, tube } from './surface.mjs';

function trunkSkin([, y]) {
  return y < 0.93 ? share('hips', 'spine', 0.8, 0.92)(y) : share('spine', 'chest', 0.93, 1.02)(y);
}

const square = (value) => Math.sign(value) * Math.abs(value) ** 0.86;

function jumper() {
  const wide = curve([
    [0.74, 0.122],
    [0.8, 0.108],
    [0.87, 0.096],
    [0.99, 0.104],
    [1.07, 0.112],
    [1.11, 0.104],
    [1.135, 0.086],
    [1.155, 0.064],
    [1.168, 0.046],
  ]);
  const deep = curve([
    [0.74, 0.102],
    [0.8, 0.088],
    [0.87, 0.078],
    [1.0, 0.09],
    [1.08, 0.082],
    [1.125, 0.066],
    [1.168, 0.046],
  ]);
  return grid({
    cols: 22,
    rows: 13,
    wrap: true,
    at(u, v) {
      const y = mix(0.745, 1.168, v ** 0.85);
      const [sin, cos] = [Math.sin(u * TAU), Math.cos(u * TAU)];
      return [square(sin) * wide(y), y, square(cos) * deep(y) + 0.004];
    },
    paint: (_u, v) => ['hoodie', mix(0.1, 0.62, v)],
    skin: trunkSkin,
  });
}

/** The hood lies around the neck as a thick ring, open at the throat. */
function hood() {
  return grid({
    cols: 18,
    rows: 7,
    wrap: false,
    at(u, v) {
      const around = mix(0.22, TAU - 0.22, u);
      const back = (1 - Math.cos(around)) / 2;
      const thick = mix(0.014, 0.027, back) * Math.min(1, Math.sin(u * Math.PI) * 4 + 0.25);
      const roll = v * TAU;
      const ring = mix(0.055, 0.066, back) + Math.cos(roll) * thick;
      const y = mix(1.135, 1.175, back) + Math.sin(roll) * thick * 1.15;
      return [Math.sin(around) * ring * 1.08, y, Math.cos(around) * ring * 0.95 + 0.004 - 0.012 * back];
    },
    paint: (_u, v) => ['hoodie', 0.72 + 0.25 * Math.sin(v * TAU)],
    skin: () => [['chest', 1]],
  });
}

function string(side) {
  const path = (t) => [
    side * (0.022 + 0.006 * t),
    mix(1.128, 1.03, t),
    0.072 + 0.031 * Math.sin(Math.min(t * 1.5, 1) * 1.5),
  ];
  const cord = tube({
    cols: 6,
    rows: 6,
    path,
    out: () => [0, 0, 1],
    across: () => 0.0028,
    paint: painted('hoodieTrim', 0.5),
    skin: trunkSkin,
  });
  const tip = ball({
    center: add(path(1), [0, -0.006, 0]),
    radius: [0.0045, 0.009, 0.0045],
    cols: 6,
    rows: 5,
    paint: painted('accent', 0.4),
    skin: trunkSkin,
  });
  return [cord, tip];
}

function arm(side, sign) {
  const skin = ([x]) => {
    const reach = x * sign;
    if (reach < 0.2) return share(`${side}Shoulder`, `${side}UpperArm`, 0.045, 0.14)(reach);
    if (reach < 0.37) return share(`${side}UpperArm`, `${side}LowerArm`, 0.255, 0.315)(reach);
    return share(`${side}LowerArm`, `${side}Hand`, 0.445, 0.47)(reach);
  };
  const line = (from, to) => (t) => [sign * mix(from, to, t), SHOULDER_Y, 0.002];
  const thick = curve([
    [0, 0.012],
    [0.05, 0.034],
    [0.13, 0.042],
    [0.5, 0.037],
    [0.93, 0.039],
    [1, 0.033],
  ]);
  const sleeve = tube({
    cols: 11,
    rows: 12,
    path: line(0.05, 0.445),
    out: () => [0, 0, 1],
    across: thick,
    paint: (_u, v) => ['hoodie', mix(0.5, 0.25, v)],
    skin,
  });
  const cuff = tube({
    cols: 12,
    rows: 3,
    path: line(0.438, 0.468),
    out: () => [0, 0, 1],
    across: () => 0.031,
    paint: painted('hoodieTrim', 0.4),
    skin,
  });
  // Where the arm bends down, the sleeve's outer corner is filled.
  const joint = ball({
    center: [sign * 0.0925, SHOULDER_Y - 0.003, 0.002],
    radius: [0.043, 0.043, 0.043],
    cols: 9,
    rows: 6,
    paint: painted('hoodie', 0.48),
    skin: () => [[`${side}Shoulder`, 1]],
  });
  return [sleeve, cuff, joint];
}

function shoe(side, sign) {
  const skin = ([, , z]) => share(`${side}Foot`, `${side}Toes`, 0.04, 0.08)(z);
  const at = (y, z) => [sign * 0.068, y, z];
  return [
    ball({
      center: at(0.042, 0.035),
      radius: [0.042, 0.042, 0.088],
      cols: 10,
      rows: 6,
      paint: painted('accent', 0.3),
      skin,
    }),
    ball({
      center: at(0.017, 0.036),
      radius: [0.045, 0.017, 0.093],
      cols: 10,
      rows: 4,
      paint: painted('hoodieTrim', 0),
      skin,
    }),
    tube({
      cols: 12,
      rows: 3,
      path: (t) => at(mix(0.06, 0.1, t), -0.006),
      out: () => [0, 0, 1],
      across: () => 0.038,
      paint: painted('accent', 0.6),
      skin,
    }),
  ];
}

function skirt() {
  return grid({
    cols: 42,
    rows: 3,
    wrap: true,
    at(u, v) {
      const pleat = 1 + 0.035 * v * Math.sin(u * TAU * 14);
      return [
        Math.sin(u * TAU) * mix(0.096, 0.158, v) * pleat,
        mix(0.79, 0.6, v),
        Math.cos(u * TAU) * mix(0.078, 0.138, v) * pleat,
      ];
    },
    paint: (_u, v) => ['skirt', v],
    skin: ([x, y]) => {
      const [left, right] = [smooth(-0.05, 0.05, x), 1 - smooth(-0.05, 0.05, x)].map(
        (part) => part * 0.6 * smooth(0.78, 0.62, y),
      );
      return [
        ['hips', 1 - left - right],
        ['leftUpperLeg', left],
        ['rightUpperLeg', right],
      ].filter(([, part]) => part > 0.001);
    },
  });
}

const sock = { from: 0.24, to: 0.07, rows: 4, wider: 0.003, paint: painted('hoodieTrim', 0.2) };

export const makeClothes = () =>
  join([
    skirt(),
    jumper(),
    hood(),
    ...string(1),
    ...string(-1),
    ...arm('left', 1),
    ...arm('right', -1),
    leg('left', 1, sock),
    leg('right', -1, sock),
    ...shoe('left', 1),
    ...shoe('right', -1),
  ]);
