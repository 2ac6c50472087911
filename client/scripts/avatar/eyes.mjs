// Eyes, lids, lashes and brows, laid onto the face. A pose says how they are held; a morph target is the difference
// between two poses.
import { clamp, mix, smooth, TAU } from './math.mjs';
import { grid } from './surface.mjs';

const onHead = () => [['head', 1]];

/** `shut`: 0 to 1. `under`: how far the lower lid comes up. `inner`, `outer`: how far the upper lid's ends come down. */
export const restEyes = {
  shut: 0,
  under: 0,
  inner: 0,
  outer: 0,
  wide: 0,
  browUp: 0,
  browInner: 0,
  browOuter: 0,
  browIn: 0,
};

const arch = (t, power, round) => Math.max(1 - Math.abs(t) ** power, 0) ** round;

/** The opening at `t`, from -1 at the nose to 1 at the temple: heights of both lids over the middle of the eye. */
function opening(eye, t, pose) {
  const line = eye.tilt * t;
  const skew = t - eye.skew * (1 - t * t);
  const lower = t + 0.12 * (1 - t * t) * -1;
  const frown = pose.inner * eye.up * 0.62 * smooth(0.75, -0.9, t) + pose.outer * eye.up * 0.55 * smooth(-0.75, 0.9, t);
  const open = line + eye.up * (1 + 0.16 * pose.wide) * arch(skew, 2.6, 0.62) - frown * arch(t, 6, 0.5);
  const floor = line - eye.down * (1 + 0.08 * pose.wide) * arch(lower, 2.5, 0.66) * (1 - 0.6 * pose.under);
  // A closed eye is a bow that hangs down.
  const closed = line - eye.down * 0.62 * arch(t, 2.1, 0.8) + 0.001;
  const bottom = mix(floor, closed, pose.shut);
  return { top: Math.max(mix(open, closed, pose.shut), bottom), bottom };
}

function strip(face, side, { cols, rows = 2, at, paint }) {
  const { eye } = face.shape;
  return grid({
    cols,
    rows,
    facing: 'front',
    at(u, v) {
      const [x, y, lift] = at(u, v);
      return face.overLid(side * (eye.x + x), face.middleY + eye.y + y, lift);
    },
    paint,
    skin: onHead,
    normal: face.normal,
  });
}

function lids(face, ink, side, pose) {
  const { eye } = face.shape;
  return grid({
    cols: 38,
    rows: 5,
    wrap: true,
    facing: 'front',
    at(u, v) {
      const angle = (u + 0.5 / 38) * TAU;
      const t = clamp(Math.cos(angle), -0.9995, 0.9995);
      const { top, bottom } = opening(eye, t, pose);
      const inner = [t * eye.width, Math.sin(angle) >= 0 ? top : bottom];
      const outer = [Math.cos(angle) * eye.lidWidth, Math.sin(angle) * eye.lidHeight + 0.002];
      const x = side * (eye.x + mix(outer[0], inner[0], v));
      const y = face.middleY + eye.y + mix(outer[1], inner[1], v);
      return v === 0 ? face.over(x, y, -0.0004) : face.overLid(x, y, 0.0024 * pose.shut);
    },
    paint(u, v, point) {
      const [column, place] = face.skin(point);
      const shadow = Math.sin(u * TAU) > 0 ? eye.shadow * smooth(0.55, 1, v) : 0.1 * smooth(0.8, 1, v);
      return [column, Math.min(place + shadow, 0.98)];
    },
    skin: onHead,
    normal: face.normal,
  });
}

/** The dark edge of the upper lid, thicker towards the temple, where it ends in a wing. */
function lash(face, ink, side, pose) {
  const { eye } = face.shape;
  return strip(face, side, {
    cols: 25,
    rows: 3,
    at(u, v) {
      const t = mix(-1.0, 1 + eye.wing, u);
      const on = clamp(t, -0.995, 0.995);
      const wing = Math.max(t - 0.97, 0);
      const { top } = opening(eye, on, pose);
      const thick = eye.lash * (0.3 + 0.7 * smooth(-1, 0.3, t)) * smooth(-1.02, -0.8, t) * smooth(1 + eye.wing, 0.9, t);
      const y = top + wing * mix(0.011, -0.004, pose.shut) + (v - 0.32) * thick * mix(1, 0.72, pose.shut);
      return [t * eye.width, y, mix(0.0006, 0.0026, v) + 0.0024 * pose.shut];
    },
    paint: (u, v) => ink('lash', 0.15 + 0.8 * smooth(0.55, 1, u) * v),
    side,
  });
}

/** Single hairs of the lash at the outer corner. */
function spikes(face, ink, side, pose) {
  const { eye } = face.shape;
  return eye.spikes.map(([t, long, lean]) =>
    strip(face, side, {
      cols: 5,
      rows: 3,
      at(u, v) {
        const { top } = opening(eye, t, pose);
        const root = (v - 0.5) * 0.13 * (1 - u) ** 1.2;
        const rise = mix(1, -0.55, pose.shut);
        const x = (t + root) * eye.width + lean * long * u;
        return [
          x,
          top + (0.45 * eye.lash + long * u * (0.55 + 0.45 * u)) * rise,
          mix(0.001, 0.0036, u) + 0.0024 * pose.shut,
        ];
      },
      paint: () => ink('lash', 0.3),
    }),
  );
}

function crease(face, ink, side, pose) {
  const { eye } = face.shape;
  return strip(face, side, {
    cols: 17,
    at(u, v) {
      const t = mix(-0.7, 0.92, u);
      const rest = opening(eye, t, { ...restEyes, wide: pose.wide }).top;
      const { top } = opening(eye, t, pose);
      const thick = 0.0011 * Math.sin(u * Math.PI) ** 0.6;
      const y = mix(top, rest, 0.35) + eye.crease + (v - 0.5) * thick;
      return [t * eye.width * 1.02, y, 0.0005 + 0.0024 * pose.shut];
    },
    paint: () => ink('crease', 0.4),
  });
}

function lowerLash(face, ink, side, pose) {
  const { eye } = face.shape;
  return strip(face, side, {
    cols: 15,
    at(u, v) {
      const t = mix(-0.35, 0.97, u);
      const { bottom } = opening(eye, t, pose);
      const thick = 0.0014 * smooth(-0.4, 0.7, t) * smooth(1, 0.85, t) * (1 - pose.shut);
      return [t * eye.width, bottom + (v - 0.75) * thick, 0.0008];
    },
    paint: () => ink('crease', 0.85),
  });
}

function brow(face, ink, side, pose) {
  const { brow: shape } = face.shape;
  return strip(face, side, {
    cols: 15,
    rows: 2,
    at(u, v) {
      const t = mix(-1, 1, u);
      const bow = shape.arch * (1 - (t - 0.15) ** 2) + shape.tilt * t;
      const move =
        pose.browUp * 0.0115 +
        pose.browInner * 0.0105 * smooth(0.6, -1, t) +
        pose.browOuter * 0.0085 * smooth(-0.4, 1, t);
      const thick = shape.thick * smooth(-1.12, -0.7, t) * (1 - 0.8 * smooth(-0.3, 1, t));
      const x = shape.x - face.shape.eye.x + t * shape.half - pose.browIn * 0.004;
      return [x, shape.y - face.shape.eye.y + bow + move + (v - 0.5) * thick, 0.0016];
    },
    paint: (u) => ink('brow', 0.2 + 0.6 * u),
  });
}

const bothSides = (make, left, right) => [make(1, left), make(-1, right)];
export const makeLids = (face, ink, [left, right]) =>
  bothSides((side, pose) => lids(face, ink, side, pose), left, right);
export const makeLines = (face, ink, [left, right]) =>
  bothSides(
    (side, pose) => [crease, lowerLash, lash, spikes, brow].map((make) => make(face, ink, side, pose)),
    left,
    right,
  );

/** A disc on the eyeball. Rings of distances; `paint(distance, angle)`. */
function disc(face, { x, y, width, height, rings, lift, paint, skin, cols = 28 }) {
  return grid({
    cols,
    rows: rings.length,
    wrap: true,
    facing: 'front',
    at(u, v) {
      const distance = rings[Math.round(v * (rings.length - 1))];
      const angle = u * TAU;
      const [px, py] = [x + Math.cos(angle) * width * distance, y + Math.sin(angle) * height * distance];
      return [px, py, face.eyeballs[x > 0 ? 'left' : 'right'].depth(px, py) + lift];
    },
    paint: (u, v) => paint(rings[Math.round(v * (rings.length - 1))], u * TAU),
    skin,
    normal: face.normal,
  });
}

const onEye = (side) => () => [[side > 0 ? 'leftEye' : 'rightEye', 1]];

export function makeWhites(face, ink) {
  const { eye } = face.shape;
  return [1, -1].map((side) =>
    disc(face, {
      x: side * eye.x,
      y: face.middleY + eye.y,
      width: eye.width * 1.1,
      height: Math.max(eye.up, eye.down) * 1.3,
      rings: [0.001, 0.45, 0.75, 1],
      cols: 22,
      lift: -0.0004,
      paint: (distance, angle) => ink('sclera', 0.1 + 0.85 * smooth(0.22, 0.62, Math.sin(angle) * distance)),
      skin: onHead,
    }),
  );
}

/** The picture of the iris is not mirrored: light falls into both eyes from the same side. */
export function makeIrises(face) {
  const { eye } = face.shape;
  return [1, -1].map((side) =>
    disc(face, {
      x: side * (eye.x + eye.irisX),
      y: face.middleY + eye.y + eye.irisY,
      width: eye.irisWidth,
      height: eye.irisHeight,
      rings: [0.001, 0.4, 0.75, 1],
      lift: 0.0004,
      paint: (distance, angle) => [0.5 + 0.495 * distance * Math.cos(angle), 0.5 - 0.495 * distance * Math.sin(angle)],
      skin: onEye(side),
      cols: 32,
    }),
  );
}

export function makeShines(face, ink) {
  const { eye } = face.shape;
  return [1, -1].flatMap((side) =>
    eye.shines.map(([dx, dy, width, height]) =>
      disc(face, {
        x: side * (eye.x + eye.irisX) + dx * eye.irisWidth,
        y: face.middleY + eye.y + eye.irisY + dy * eye.irisHeight,
        width: width * eye.irisWidth,
        height: height * eye.irisHeight,
        rings: [0.001, 1],
        lift: 0.0008,
        paint: () => ink('shine', 0.5),
        skin: onEye(side),
        cols: 12,
      }),
    ),
  );
}
