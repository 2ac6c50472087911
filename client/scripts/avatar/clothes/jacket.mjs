// An open jacket over a shirt with a collar and a tie.
import { blend, column, linesAround, rod, solid, swollen, upTo, within, without } from '../implicit.mjs';
import { bell, curve, mix, smooth, TAU } from '../math.mjs';
import { wristOf } from '../skeleton.mjs';
import { grid, prune } from '../surface.mjs';
import { mirrored } from '../body/hands.mjs';
import { makeCollar } from './collar.mjs';
import { band, onFront, outlines, print, sleeveLines } from './on-cloth.mjs';

function trunkField(body, cut, away, rise = 0.02) {
  const { arm } = body;
  const grown = (points) => curve(points.map(([y, value]) => [y, value + away]));
  const trunk = column({
    from: cut.hem,
    to: body.neck + rise + away * 0.3,
    wide: grown(cut.wide),
    deep: grown(cut.deep),
    middle: curve([
      [body.hips, 0.002],
      [body.chest, 0.004],
      [body.neck, -0.008],
    ]),
  });
  const slope = [1, -1].map((side) =>
    rod(
      [side * 0.02, body.neck - 0.016 + Math.min(rise, 0), -0.012],
      [side * arm.x, arm.y + 0.004, -0.002],
      0.03 + away,
      0.038 + away,
    ),
  );
  return blend(0.05, trunk, ...slope);
}

function sleeveField(body, thick) {
  const { arm } = body;
  const [elbow, wrist] = [arm.x + arm.upper, arm.x + arm.upper + arm.lower];
  const sides = [1, -1].map((side) => {
    const at = (x) => [side * x, arm.y, -0.001];
    return blend(
      0.02,
      rod(at(arm.x - 0.012), at(elbow), thick[0], thick[1]),
      rod(at(elbow), at(wrist - 0.012), thick[1], thick[2]),
    );
  });
  return within(blend(0.001, ...sides), upTo(wrist - 0.006));
}

/** Wrinkles in the bend of the elbow and under the arm. */
const folds = ({ arm }) => {
  const elbow = arm.x + arm.upper;
  return ([x, y, z]) => {
    const reach = Math.abs(x);
    const around = Math.atan2(y - arm.y, z);
    return 0.0022 * Math.sin((reach * TAU) / 0.044 + 1.5 * Math.sin(around + 0.4)) * bell(reach - elbow, 0.055);
  };
};

function lapels({ body, ink, skinAt }, whole, open) {
  const [top, low] = [body.neck + 0.006, body.chest - 0.015];
  return [1, -1].map((side) =>
    grid({
      cols: 7,
      rows: 15,
      facing: 'front',
      at(u, v) {
        const y = mix(top, low, v);
        const wide =
          0.046 * smooth(0, 0.32, v) * smooth(1.04, 0.3, v) + 0.012 * (1 - v) + (v > 0.3 && v < 0.38 ? 0.008 : 0);
        const x = open(y) - 0.004 + wide * u;
        return onFront(
          whole,
          side * x,
          y + 0.012 * u * smooth(0.1, 0.36, v),
          0.003 + 0.0045 * Math.sin(u * Math.PI * 0.9),
        );
      },
      paint: (u) => ink('lapel', mix(0.75, 0.25, u)),
      skin: skinAt,
    }),
  );
}

function tie({ body, ink, skinAt }, shirt) {
  const [top, low] = [body.neck - 0.006, body.hips + 0.11];
  const width = (v) => (v < 0.93 ? mix(0.0085, 0.019, v) : 0.0182 * (1 - (v - 0.93) / 0.07) + 0.0006);
  const blade = grid({
    cols: 5,
    rows: 20,
    facing: 'front',
    at(u, v) {
      const across = u * 2 - 1;
      return onFront(shirt, across * width(v), mix(top - 0.012, low, v), 0.0035 + 0.003 * (1 - across * across));
    },
    paint: (u, v) => ink('tie', 0.75 - 0.35 * v - 0.2 * Math.abs(u - 0.5)),
    skin: skinAt,
  });
  const knot = grid({
    cols: 9,
    rows: 7,
    facing: 'front',
    at(u, v) {
      const across = u * 2 - 1;
      const wide = mix(0.0145, 0.0085, v);
      return onFront(
        shirt,
        across * wide,
        mix(top + 0.008, top - 0.018, v),
        0.004 + 0.0075 * Math.cos(across * 1.45) * Math.sin(mix(0.5, 2.6, v)),
      );
    },
    paint: (_u, v) => ink('tie', mix(0.95, 0.55, v)),
    skin: skinAt,
  });
  return [blade, knot];
}

function collars({ body, ink, skinAt }) {
  const shirt = makeCollar({
    center: [0, 0, -0.004],
    wide: body.neckWidth + 0.0085,
    deep: body.neckWidth + 0.0075,
    low: body.neck - 0.012,
    high: 0.032,
    fall: 0.033,
    spread: 0.017,
    open: 0.14,
    lean: 0.3,
    rise: 0.012,
    paint: (out) => ink('shirt', mix(0.5, 0.95, out)),
    skin: skinAt,
  });
  const jacket = makeCollar({
    center: [0, 0, -0.01],
    wide: body.neckWidth + 0.026,
    deep: body.neckWidth + 0.022,
    low: body.neck + 0.002,
    high: 0.02,
    fall: 0.036,
    spread: 0.032,
    open: 1.25,
    lean: 0.1,
    rise: 0.012,
    paint: (out) => ink('lapel', mix(0.2, 0.8, out)),
    skin: skinAt,
  });
  return [shirt, jacket];
}

function cuffs({ body, ink, skinAt }, wide) {
  const [wristX, wristY] = wristOf(body);
  const left = band({
    center: [0, wristY, -0.001],
    axis: 0,
    from: wristX - 0.02,
    to: wristX + 0.006,
    wide,
    paint: () => ink('shirt', 0.7),
    skin: skinAt,
  });
  return [left, mirrored(left)];
}

const pin = ({ body, ink, skinAt }, whole) =>
  print(whole, {
    x: 0.069,
    y: body.upperChest - 0.012,
    outline: outlines.star,
    size: 0.0095,
    lift: 0.0085,
    cols: 30,
    paint: (_u, v) => ink('gold', 0.9 - 0.6 * v),
    skin: skinAt,
  });

export function makeJacket(context, cut) {
  const { body, ink, skinAt } = context;
  const { arm } = body;
  const [wristX] = wristOf(body);
  const shirtField = trunkField(body, cut, 0, -0.006);
  const whole = swollen(blend(0.035, trunkField(body, cut, cut.away), sleeveField(body, cut.sleeve)), folds(body));
  const open = curve(cut.open);
  const gap = (p) => Math.max(Math.abs(p[0]) - open(p[1]), 0.01 - p[2], body.hips - 0.3 - p[1]);
  const neckHole = rod(
    [0, body.neck - 0.015, -0.006],
    [0, body.neck + 0.1, 0.002],
    body.neckWidth + 0.014,
    body.neckWidth + 0.022,
  );
  const field = without(0.006, whole, gap, neckHole);
  const cloth = solid({
    field,
    box: [
      [-(wristX + 0.03), cut.hem - 0.03, -0.15],
      [wristX + 0.03, body.neck + 0.05, 0.16],
    ],
    cell: 0.0155,
    lines: [
      linesAround(0, wristX + 0.03, (x) =>
        mix(mix(0.0135, 0.028, smooth(arm.x + 0.06, arm.x + 0.1, x)), 0.014, bell(x - arm.x - arm.upper, 0.035)),
      ),
      linesAround(arm.y, arm.y - cut.hem + 0.06, (y) => mix(0.0122, 0.034, smooth(0.07, 0.18, y))),
    ],
    paint([x, y, z], [, up]) {
      const far = smooth(arm.x + 0.05, wristX, Math.abs(x));
      const pit = 0.2 * bell(Math.hypot(Math.abs(x) - arm.x, (y - arm.y + 0.06) * 0.8), 0.04);
      return ink(
        'jacket',
        0.6 -
          0.25 * smooth(0.2, -0.9, up) -
          pit -
          0.15 * far -
          0.2 * smooth(body.chest, cut.hem, y) +
          0.1 * smooth(0.02, 0.1, z),
      );
    },
    skin: skinAt,
  });
  const shirt = solid({
    field: shirtField,
    box: [
      [-0.09, cut.hem + 0.02, 0.0],
      [0.09, body.neck + 0.04, 0.15],
    ],
    cell: 0.018,
    paint: ([x, y]) =>
      ink('shirt', 0.9 - 0.5 * smooth(0.012, 0.06, Math.abs(x)) - 0.3 * smooth(body.neck - 0.01, body.neck + 0.01, y)),
    skin: skinAt,
  });
  return {
    parts: [
      cloth,
      prune(shirt, ([x, y, z]) => z > 0.015 && Math.abs(x) < open(y) + 0.02),
      cuffs(context, cut.cuff),
      collars(context),
      lapels(context, whole, open),
      tie(context, shirtField),
      sleeveLines(whole, body, {
        out: 0.006,
        wide: 0.0008,
        seamInk: () => ink('jacket', 0.12),
        foldInk: () => ink('jacket', 0.12),
        skin: skinAt,
      }),
      pin(context, whole),
    ],
    chains: [],
  };
}
