// The pictures of a figure, painted by formula: a palette of colour ramps, the irises, the hair.
import { bell, clamp, mix, scatter, smooth } from './math.mjs';

const channels = (hex) => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));

/** The colour at a place from 0 to 1 along a ramp of hex colours. */
export function along(stops, place) {
  const at = clamp(place) * (stops.length - 1);
  const from = Math.min(Math.floor(at), stops.length - 2);
  const [low, high] = [channels(stops[from]), channels(stops[from + 1])];
  return low.map((value, index) => mix(value, high[index], at - from));
}

function paintPicture(width, height, colorAt) {
  const pixels = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1)
      pixels.set(
        colorAt((x + 0.5) / width, (y + 0.5) / height).map((value) => Math.round(clamp(value, 0, 255))),
        (y * width + x) * 3,
      );
  return { width, height, pixels };
}

const CELL_WIDTH = 4;
const PALETTE_WIDTH = 128;
const PALETTE_HEIGHT = 64;

/** A column per ramp: a vertex points at a place on one, so a colour changes smoothly over a surface. */
export function makePalette(ramps) {
  const names = Object.keys(ramps);
  const columnOf = new Map(names.map((name, at) => [name, ((at + 0.5) * CELL_WIDTH) / PALETTE_WIDTH]));
  /** Where a vertex of that colour points. */
  function ink(name, place = 0.5) {
    const column = columnOf.get(name);
    if (column === undefined) throw new Error(`no ramp ${name}`);
    return [column, (0.5 + clamp(place) * (PALETTE_HEIGHT - 1)) / PALETTE_HEIGHT];
  }
  const picture = paintPicture(PALETTE_WIDTH, PALETTE_HEIGHT, (u, v) =>
    along(
      ramps[names[Math.floor((u * PALETTE_WIDTH) / CELL_WIDTH)]] ?? ['#000000', '#000000'],
      (v * PALETTE_HEIGHT - 0.5) / (PALETTE_HEIGHT - 1),
    ),
  );
  return { ink, picture };
}

const cover = (under, color, part) => under.map((value, at) => mix(value, color[at], clamp(part)));

/** Looked at from the front; up is up. */
export function drawIris({ colors, pupil = 0.36, slit = 1 }) {
  const paint = Object.fromEntries(Object.entries(colors).map(([name, hex]) => [name, channels(hex)]));
  const depth = [colors.top, colors.deep, colors.middle, colors.light];
  return paintPicture(112, 112, (u, v) => {
    const [x, y] = [u * 2 - 1, 1 - v * 2];
    const far = Math.hypot(x, y);
    const spoke = fibre(Math.atan2(y, x));
    let color = along(depth, 0.5 - y * 0.52 + (spoke - 0.5) * 0.16 * smooth(0.35, 0.7, far));
    color = cover(color, paint.glow, 0.85 * bell(Math.hypot(x / 0.62, (y + 0.62) / 0.3), 0.8) * (0.7 + 0.5 * spoke));
    color = cover(color, paint.glow, 0.4 * bell(far - 0.56, 0.07) * smooth(0.5, -0.3, y));
    color = cover(color, paint.tint, 0.55 * bell(far - 0.74, 0.1) * smooth(0.2, 0.8, -x * 0.7 + y * 0.5));
    color = cover(color, paint.pupil, smooth(1.06, 0.94, Math.hypot(x / (pupil * slit), (y - 0.03) / (pupil * 1.12))));
    color = cover(color, paint.rim, smooth(0.84, 0.95, far) * (y > -0.2 ? 1 : 0.85));
    return cover(color, paint.rim, 0.6 * smooth(0.25, 0.95, y));
  });
}

/** Light and dark spokes, alike on every machine: a few waves that do not fit into each other. */
const fibre = (angle) =>
  0.5 + 0.22 * Math.sin(angle * 23) + 0.16 * Math.sin(angle * 37 + 1) + 0.12 * Math.sin(angle * 59 + 2);

/** Down the picture: from the tips (0) to the crown (1). Across: strands, which fray the edges of every tone. */
export function drawHair({ ramp, fray = 0.05 }) {
  const width = 96;
  const strands = strandLine(width);
  return paintPicture(width, 96, (u, v) => {
    const strand = strands[Math.min(Math.floor(u * width), width - 1)];
    const base = along(ramp, v + strand * fray);
    return base.map((value) => value * (1 + 0.05 * strand));
  });
}

function strandLine(width) {
  const wave = (count, seed) => (x) => {
    const at = (x / width) * count;
    const from = Math.floor(at);
    return mix(scatter(from + seed), scatter(from + 1 + seed), smooth(0, 1, at - from)) * 2 - 1;
  };
  const [broad, fine, finest] = [wave(14, 3), wave(38, 50), wave(90, 200)];
  return Array.from({ length: width }, (_, x) => 0.45 * broad(x) + 0.35 * fine(x) + 0.25 * finest(x));
}
