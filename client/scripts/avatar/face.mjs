// The head as a formula, so that everything on a face can be laid onto its surface.
import { bell, mix, smooth, TAU, unit } from './math.mjs';
import { grid } from './surface.mjs';

const SECTION = 2.25;
const bend = (value) => Math.sign(value) * Math.abs(value) ** (2 / SECTION);
const onHead = () => [['head', 1]];

/** `shape`: see a person's `face`. Heights `s` run from -1 at the chin to 1 at the top. */
export function makeFace(shape, ink) {
  const { y: middleY, half, width, front, back, jaw, features } = shape;
  const rim = (s) => Math.sqrt(Math.max(1 - s * s, 0));
  /** A cheek, then a small chin. */
  function widthAt(s) {
    if (s >= 0) return width * (1 - s ** 2.15) ** 0.5;
    const down = Math.max(1 - (-s) ** jaw.power, 0) ** jaw.taper;
    return width * (down + jaw.cheek * bell(s + 0.5, 0.24) * down);
  }
  const middleAt = (s) => jaw.forward * smooth(0.0, 1, -s);
  const frontAt = (s) => front * (s >= 0 ? rim(s) ** 0.92 : rim(s) ** 0.78 * (1 - 0.3 * smooth(0.1, 1, -s)));
  const backAt = (s) => back * rim(s) * (1 - 0.25 * smooth(0.1, 1, -s));

  /** How far nose, lips and cheeks stand out. */
  function relief(x, y) {
    const [dy, side] = [y - middleY, Math.abs(x)];
    const tip = dy - features.noseY;
    const nose =
      features.nose * bell(x, 0.0085 + 0.004 * smooth(0.02, 0, tip)) * bell(tip, tip > 0 ? 0.021 : 0.0065) +
      0.0022 * bell(x, 0.007) * bell(tip - 0.03, 0.02);
    const cheek = 0.0035 * bell(side - 0.05, 0.026) * bell(dy - features.cheekY, 0.026);
    const lips = 0.0014 * bell(x, 0.016) * bell(dy - features.mouthY, 0.011);
    const chin = 0.003 * bell(x, 0.02) * bell(dy + half * 0.9, 0.014);
    return nose + cheek + lips + chin;
  }

  /** A point of the surface: `around` from 0 at the front to the left and on to the back. */
  function point(s, around) {
    const cos = Math.cos(around);
    const x = widthAt(s) * bend(Math.sin(around));
    const y = middleY + half * s;
    const z = middleAt(s) + (cos > 0 ? frontAt(s) : backAt(s)) * bend(cos);
    return [x, y, cos > 0 ? socket(x, y, z + relief(x, y) * smooth(0, 0.3, cos)) : z];
  }

  /** The skull without a face, `away` metres larger: what hair lies on. Upper half only. */
  function skull(s, around, away) {
    const cos = Math.cos(around);
    const flat = (1 - Math.min(s, 1) ** 2.15) ** 0.5;
    return [
      (width + away) * flat * bend(Math.sin(around)),
      middleY + (half + away) * s,
      ((cos > 0 ? front : back) + away) * rim(Math.min(s, 1)) ** (cos > 0 ? 0.92 : 1) * bend(cos),
    ];
  }

  /** Depth of the face at a place seen from the front, its eyes closed. */
  function plain(x, y) {
    const s = (y - middleY) / half;
    const inside = Math.max(1 - Math.abs(x / widthAt(s)) ** SECTION, 0);
    return middleAt(s) + frontAt(s) * inside ** (1 / SECTION) + relief(x, y);
  }

  const eyeballs = makeEyeballs(shape, middleY, plain);
  const eyeball = (x) => eyeballs[x > 0 ? 'left' : 'right'];
  /** Behind an open eye the skin gives way to the eyeball. */
  function socket(x, y, z) {
    const { around, depth } = eyeball(x);
    return mix(z, Math.min(z, depth(x, y) - 0.003), smooth(1.17, 1.01, around(x, y)));
  }
  /** What lids and lashes lie on: the eyeball, and around it the face. */
  function lid(x, y) {
    const { around, depth } = eyeball(x);
    return mix(plain(x, y) + 0.0012, depth(x, y) + 0.0028, smooth(1.22, 0.98, around(x, y)));
  }

  /** The face is shaded as a plain egg: its bumps would look like dirt in two-tone light. */
  const normal = ([x, y, z]) => unit([x / width ** 2, (0.62 * (y - middleY - 0.01)) / half ** 2, z / front ** 2]);
  /** A place over the face, `lift` metres in front of it. */
  const over = (x, y, lift) => [x, y, plain(x, y) + lift];
  const overLid = (x, y, lift) => [x, y, lid(x, y) + lift];

  /** The colour of the skin: rosy cheeks, a rosy nose. */
  function skin([x, y, z]) {
    if (z < 0) return ink('skin', 0.12);
    const dy = y - middleY;
    const cheeks = bell(Math.abs(x) - features.blushX, 0.018) * bell(dy - features.blushY, 0.0125);
    const nose = 0.18 * bell(x, 0.009) * bell(dy - features.noseY, 0.007);
    const under = 0.3 * smooth(-half * 0.86, -half, dy);
    return ink('skin', 0.12 + features.blush * cheeks + nose + under);
  }

  const skinTone = (place) => ink('skin', place);
  return { shape, point, skull, normal, over, overLid, eyeballs, skin, skinTone, middleY, half };
}

/** Balls that fit the face where the eyes are: an iris turns on one without leaving it. */
function makeEyeballs({ eye }, middleY, plain) {
  const left = fitEyeball(eye, middleY + eye.y, plain);
  const [x, y, z] = left.center;
  const along = (center, side) => ({
    center,
    radius: left.radius,
    depth: (px, py) =>
      center[2] + Math.sqrt(Math.max(left.radius ** 2 - (px - center[0]) ** 2 - (py - center[1]) ** 2, 0)),
    /** 1 at the rim of the open eye. */
    around: (px, py) =>
      Math.hypot(
        (px - side * eye.x) / (eye.width * 1.06),
        (py - middleY - eye.y) / (Math.max(eye.up, eye.down) * 1.12),
      ),
  });
  return { left: along([x, y, z], 1), right: along([-x, y, z], -1) };
}

/** Through both corners and the middle of the eye. */
function fitEyeball({ x, width }, y, plain) {
  const corner = (side) => [x + side * width, plain(x + side * width, y)];
  const [[x0, z0], [x1, z1]] = [corner(-1), corner(1)];
  const chord = Math.hypot(x1 - x0, z1 - z0);
  const normal = [-(z1 - z0) / chord, (x1 - x0) / chord];
  const middle = [(x0 + x1) / 2, (z0 + z1) / 2];
  const rise = (x - middle[0]) * normal[0] + (plain(x, y) - middle[1]) * normal[1];
  const radius = (chord * chord) / 8 / rise + rise / 2;
  const back = radius - rise - 0.0012;
  return { radius, center: [middle[0] - normal[0] * back, y, middle[1] - normal[1] * back] };
}

/** `drop`: how far the jaw is down, in metres. */
export function makeHead(face, { drop = 0 } = {}) {
  const columns = headColumns();
  const { features } = face.shape;
  const from = face.middleY + features.mouthY;
  return grid({
    cols: columns.length,
    rows: 37,
    wrap: true,
    at(u, v) {
      const [x, y, z] = face.point(Math.sin((v - 0.5) * Math.PI * 0.998), columns[Math.round(u * columns.length)]);
      return [x, y - drop * smooth(from + 0.004, from - 0.03, y) * smooth(-0.02, 0.03, z), z];
    },
    paint: (_u, _v, point) => face.skin(point),
    skin: onHead,
    normal: face.normal,
  });
}

/** Most columns are in front, where they are seen. */
function headColumns() {
  const front = Array.from({ length: 37 }, (_, index) => ((index - 18) / 18) * (Math.PI / 2));
  const back = Array.from({ length: 7 }, (_, index) => Math.PI / 2 + ((index + 1) / 8) * Math.PI);
  return [...front, ...back];
}

/** A shell with a hollow. */
export function makeEar(face, side) {
  const { ear, width } = face.shape;
  const center = [side * width * ear.out, face.middleY + ear.y, ear.z];
  const ring = [0, 0.35, 0.62, 0.86, 1, 0.9, 0.62];
  const height = [-0.1, -0.1, 0.05, 0.62, 0.5, 0.05, -0.4];
  return grid({
    cols: 22,
    rows: ring.length,
    wrap: true,
    at(u, v) {
      const row = Math.round(v * (ring.length - 1));
      const angle = u * TAU;
      const lobe = 1 - 0.2 * smooth(0, -1, Math.sin(angle));
      const [z, y] = [Math.cos(angle) * 0.0135 * ring[row] * lobe, Math.sin(angle) * 0.0255 * ring[row]];
      const out = height[row] * 0.009 - z * 0.45 + 0.002;
      return [center[0] + side * out, center[1] + y, center[2] + z - y * 0.18];
    },
    paint: (_u, v) => face.skinTone(mix(0.75, 0.2, smooth(0, 0.45, v))),
    skin: onHead,
  });
}
