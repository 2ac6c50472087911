// A hoodie: body, sleeves and hood as fields, with cuffs, a pocket, a print and strings that swing.
import { blend, column, ellipsoid, linesAround, rod, solid, swollen, upTo, within, without } from '../implicit.mjs';
import { bell, curve, mix, pathThrough, smooth, TAU } from '../math.mjs';
import { alongChain, wristOf } from '../skeleton.mjs';
import { ball, grid, prune, tube } from '../surface.mjs';
import { mirrored } from '../body/hands.mjs';
import { band, onFront, outlines, print, sleeveLines } from './on-cloth.mjs';

/** Wrinkles where the sleeve bends and where it is pushed up, and above the hem. */
function folds({ arm, hips }) {
  const elbow = arm.x + arm.upper;
  const wrist = elbow + arm.lower;
  return ([x, y, z]) => {
    const reach = Math.abs(x);
    const around = Math.atan2(y - arm.y, z);
    const sleeve =
      0.0016 * Math.sin((reach * TAU) / 0.046 + 1.6 * Math.sin(around + 0.6)) * bell(reach - elbow, 0.05) +
      0.002 * Math.sin((reach * TAU) / 0.036 + 1.3 * Math.sin(around * 2)) * bell(reach - (wrist - 0.05), 0.038);
    const turn = Math.atan2(x, z);
    const waist = 0.0028 * Math.sin((y * TAU) / 0.044 + 2.2 * Math.sin(turn * 2.5)) * bell(y - (hips + 0.01), 0.04);
    return reach > arm.x + 0.04 ? sleeve : waist * smooth(arm.x + 0.04, arm.x - 0.01, reach);
  };
}

function bodyField(body, cut) {
  const { arm } = body;
  const [elbow, wrist] = [arm.x + arm.upper, arm.x + arm.upper + arm.lower];
  const trunk = column({
    from: cut.hem,
    to: body.neck + 0.012,
    wide: curve(cut.wide),
    deep: curve(cut.deep),
    middle: curve([
      [body.hips, 0.004],
      [body.upperChest, 0.002],
      [body.neck, -0.006],
    ]),
  });
  const bust = [1, -1].map((side) => ellipsoid([side * 0.04, body.chest + 0.045, 0.05], [0.046, 0.05, 0.046]));
  const slope = [1, -1].map((side) =>
    rod([side * 0.02, body.neck - 0.012, -0.012], [side * arm.x, arm.y + 0.002, -0.002], 0.03, 0.036),
  );
  const sleeves = [1, -1].map((side) => {
    const [shoulder, middle, end] = [arm.x - 0.01, elbow, wrist - 0.024].map((x) => [side * x, arm.y, -0.001]);
    return blend(
      0.02,
      rod(shoulder, middle, cut.sleeve[0], cut.sleeve[1]),
      rod(middle, end, cut.sleeve[1], cut.sleeve[2]),
    );
  });
  const all = within(blend(0.03, blend(0.05, blend(0.035, trunk, ...bust), ...slope), ...sleeves), upTo(wrist - 0.016));
  const neckHole = ellipsoid([0, body.neck + 0.03, -0.002], [0.05, 0.042, 0.048]);
  return without(0.012, swollen(all, folds(body)), neckHole);
}

/** The ring of the hood around the neck: low and thin at the throat, high and thick behind. */
function hoodPath(body, { inward = 0, rise = 0 } = {}) {
  return (t) => {
    const around = t * TAU;
    const back = (1 - Math.cos(around)) / 2;
    const ring = mix(0.052, 0.062, back) - inward;
    return [
      Math.sin(around) * ring * 1.2,
      body.neck + mix(-0.03, 0.012, back ** 0.8) + rise,
      Math.cos(around) * ring * mix(1.12, 1.0, back) + mix(0.008, -0.014, back),
    ];
  };
}

function hoodField(body) {
  const path = hoodPath(body);
  const count = 18;
  const thickAt = (t) => mix(0.0135, 0.027, ((1 - Math.cos(t * TAU)) / 2) ** 0.9);
  const rods = Array.from({ length: count }, (_, at) => {
    const [from, to] = [mix(0.045, 0.955, at / count), mix(0.045, 0.955, (at + 1) / count)];
    return rod(path(from), path(to), thickAt(from), thickAt(to));
  });
  const pouch = ellipsoid([0, body.neck - 0.04, -0.078], [0.084, 0.07, 0.038]);
  const fold = ellipsoid([0, body.neck + 0.03, -0.06], [0.055, 0.04, 0.03]);
  return without(0.02, blend(0.03, blend(0.012, ...rods), pouch), fold);
}

function hood(body, under, ink, skinAt) {
  const field = hoodField(body);
  const cloth = solid({
    field,
    box: [
      [-0.125, body.neck - 0.14, -0.15],
      [0.125, body.neck + 0.06, 0.1],
    ],
    cell: 0.0136,
    paint: ([, y], [, up]) => ink('hoodie', 0.62 + 0.3 * up - 0.25 * smooth(body.neck - 0.03, body.neck - 0.1, y)),
    skin: skinAt,
  });
  const lining = tube({
    cols: 8,
    rows: 20,
    path: (t) => hoodPath(body, { inward: 0.0125, rise: 0.004 })(mix(0.05, 0.95, t)),
    out: () => [0, 1, 0],
    across: (t) => mix(0.008, 0.018, Math.sin(t * Math.PI)),
    paint: (u) => ink('lining', 0.5 + 0.4 * Math.sin(u * TAU)),
    skin: skinAt,
  });
  return [prune(cloth, (point) => under(point) > -0.012), lining];
}

function strings(body, field, ink) {
  const made = [1, -1].map((side) => {
    const x = side * 0.03;
    const heights = [0.035, 0.055, 0.08, 0.104, 0.124].map((down) => body.neck - down);
    const points = heights.map((y, at) => onFront(field, x + side * at * 0.003, y, at === 0 ? 0.007 : 0.005));
    const chain = {
      name: side > 0 ? 'stringLeft' : 'stringRight',
      parent: 'upperChest',
      points: points.slice(1),
      spring: { stiffness: 1.4, dragForce: 0.45, gravityPower: 0, hitRadius: 0.004 },
    };
    const path = pathThrough(points);
    const skin = (_point, _u, v) => alongChain(chain, v * (points.length - 1) - 1);
    const line = tube({
      cols: 6,
      rows: 14,
      path,
      out: () => [0, 0, 1],
      across: () => 0.0033,
      paint: (u) => ink('trim', 0.6 + 0.3 * Math.sin(u * TAU)),
      skin,
    });
    const [ex, ey, ez] = points.at(-1);
    const tip = ball({
      center: [ex, ey - 0.009, ez + 0.001],
      radius: [0.0052, 0.012, 0.0052],
      cols: 8,
      rows: 7,
      paint: (_u, v) => ink('accent', 0.2 + 0.6 * v),
      skin: () => alongChain(chain, points.length - 2),
    });
    return { parts: [line, tip], chain };
  });
  return { parts: made.map(({ parts }) => parts), chains: made.map(({ chain }) => chain) };
}

function pocket(body, field, ink, skinAt) {
  const [low, high] = [body.hips + 0.0, body.hips + 0.1];
  const half = (v) => mix(0.082, 0.05, smooth(0.25, 1, v));
  const panel = grid({
    cols: 15,
    rows: 11,
    facing: 'front',
    at(u, v) {
      const edge = Math.min(u, 1 - u, v, 1 - v);
      return onFront(field, mix(-half(v), half(v), u), mix(low, high, v), 0.0012 + 0.0075 * smooth(0, 0.05, edge));
    },
    paint(u, v) {
      const edge = Math.min(u, 1 - u, v, 1 - v);
      return ink('hoodie', mix(0.05, mix(0.35, 0.5, v), smooth(0, 0.1, edge)));
    },
    skin: skinAt,
  });
  return panel;
}

function ribbing({ body, ink, skinAt }, cut) {
  const [wristX, wristY] = wristOf(body);
  const cuff = band({
    center: [0, wristY, -0.001],
    axis: 0,
    from: wristX - 0.032,
    to: wristX + 0.008,
    wide: cut.cuff,
    ribs: 8,
    paint: (_u, v) => ink('rib', mix(0.2, 0.7, Math.sin(v * Math.PI))),
    skin: skinAt,
  });
  const hem = band({
    center: [0, 0, 0.004],
    axis: 1,
    from: cut.hem - 0.03,
    to: cut.hem + 0.012,
    wide: cut.wide[0][1] + 0.006,
    deep: cut.deep[0][1] + 0.011,
    ribs: 24,
    paint: (_u, v) => ink('rib', mix(0.1, 0.7, Math.sin(v * Math.PI))),
    skin: skinAt,
  });
  return [cuff, mirrored(cuff), hem];
}

function badge({ body, ink, skinAt }, field, shape) {
  const place = { x: 0, y: body.chest + 0.026, outline: outlines[shape], skin: skinAt };
  return [
    print(field, { ...place, size: 0.027, paint: (_u, v) => ink('accent', 0.3 + 0.4 * v) }),
    print(field, { ...place, size: 0.016, lift: 0.0028, paint: () => ink('trim', 0.9) }),
  ];
}

export function makeHoodie(context, cut) {
  const { body, ink, skinAt } = context;
  const field = bodyField(body, cut);
  const { arm } = body;
  const [wristX] = wristOf(body);
  const cloth = solid({
    field,
    box: [
      [-(wristX + 0.05), cut.hem - 0.03, -0.13],
      [wristX + 0.05, body.neck + 0.04, 0.14],
    ],
    cell: 0.0165,
    // Fine at the shoulders and elbows, where it is seen and where it bends.
    lines: [
      linesAround(0, wristX + 0.05, (x) =>
        mix(mix(0.0145, 0.028, smooth(arm.x + 0.06, arm.x + 0.1, x)), 0.013, bell(x - arm.x - arm.upper, 0.03)),
      ),
      linesAround(arm.y, 0.4, (y) => mix(0.014, 0.034, smooth(0.06, 0.16, y))),
    ],
    paint([x, y, z], [, up]) {
      const far = smooth(arm.x + 0.05, wristX, Math.abs(x));
      const under = 0.22 * smooth(0.2, -0.9, up);
      const pit = 0.2 * bell(Math.hypot(Math.abs(x) - arm.x, (y - arm.y + 0.05) * 0.8), 0.035);
      const low = 0.28 * smooth(body.chest, cut.hem, y) * (1 - far);
      return ink('hoodie', 0.62 - under - pit - low - 0.18 * far + 0.06 * smooth(0.02, 0.1, z));
    },
    skin: skinAt,
  });
  const hooded = hoodField(body);
  const hang = strings(body, blend(0.01, field, hooded), ink);
  return {
    parts: [
      prune(cloth, (point) => hooded(point) > -0.012),
      ribbing(context, cut),
      hood(body, field, ink, skinAt),
      pocket(body, field, ink, skinAt),
      badge(context, field, cut.print),
      sleeveLines(field, body, {
        out: 0.018,
        seamInk: () => ink('hoodie', 0.08),
        foldInk: () => ink('hoodie', 0.16),
        skin: skinAt,
      }),
      hang.parts,
    ],
    chains: hang.chains,
  };
}
