// Bodies described by a field: below 0 inside, above 0 outside, near its surface about the distance in metres. Fields
// melt into each other; `solid` covers one with triangles (surface nets).
import { add, clamp, dot, length, mix, scale, sub, unit } from './math.mjs';

/** A rod with round ends, thick at `a` and at `b`. */
export function rod(a, b, ra, rb = ra) {
  const along = sub(b, a);
  const size = dot(along, along);
  return (p) => {
    const from = sub(p, a);
    const t = clamp(dot(from, along) / size);
    return length(sub(from, scale(along, t))) - mix(ra, rb, t);
  };
}

export function ellipsoid(center, [rx, ry, rz]) {
  return (p) => {
    const q = sub(p, center);
    const near = Math.hypot(q[0] / rx, q[1] / ry, q[2] / rz);
    const slope = Math.hypot(q[0] / rx ** 2, q[1] / ry ** 2, q[2] / rz ** 2);
    return slope < 1e-9 ? -Math.min(rx, ry, rz) : (near * (near - 1)) / slope;
  };
}

/** A standing column whose half width, half depth and middle depth are curves of the height. */
export function column({ from, to, wide, deep, middle = () => 0, square = 2.2 }) {
  return ([x, y, z]) => {
    const height = clamp(y, from, to);
    const [w, d] = [wide(height), deep(height)];
    const round = (Math.abs(x / w) ** square + Math.abs((z - middle(height)) / d) ** square) ** (1 / square);
    const side = (round - 1) * Math.min(w, d);
    return Math.max(side, from - y, y - to);
  };
}

const melt = (a, b, k) => {
  const h = Math.max(k - Math.abs(a - b), 0) / k;
  return Math.min(a, b) - (h * h * k) / 4;
};
/** All of them as one; over `k` metres they flow into each other. */
export const blend =
  (k, ...fields) =>
  (p) => {
    let value = fields[0](p);
    for (let at = 1; at < fields.length; at += 1) value = melt(value, fields[at](p), k);
    return value;
  };
/** The first without the others. */
export const without =
  (k, field, ...holes) =>
  (p) => {
    let value = -field(p);
    for (const hole of holes) value = melt(value, hole(p), k);
    return -value;
  };
export const within = (a, b) => (p) => Math.max(a(p), b(p));
/** All that is no further to the sides than `reach`. */
export const upTo = (reach) => (p) => Math.abs(p[0]) - reach;
/** The surface moved outwards by `by(p)` metres. */
export const swollen = (field, by) => (p) => field(p) - by(p);

const E = 2e-4;
function slopeOf(field, [x, y, z]) {
  return [
    (field([x + E, y, z]) - field([x - E, y, z])) / (2 * E),
    (field([x, y + E, z]) - field([x, y - E, z])) / (2 * E),
    (field([x, y, z + E]) - field([x, y, z - E])) / (2 * E),
  ];
}

/** The nearest place of the surface, and its normal. */
export function onSurface(field, point, reach = 0.02) {
  let p = point;
  for (let step = 0; step < 5; step += 1) {
    const slope = slopeOf(field, p);
    const size = Math.max(dot(slope, slope), 0.05);
    const move = scale(slope, clamp(field(p) / size, -reach, reach));
    p = sub(p, move);
  }
  return { point: p, normal: unit(slopeOf(field, p)) };
}

/** Lattice lines from `low` to `high`, evenly; centred, so that halves that are alike get triangles that are alike. */
function evenLines(low, high, cell) {
  const count = Math.ceil((high - low) / cell) + 1;
  const start = (low + high - (count - 1) * cell) / 2;
  return Array.from({ length: count }, (_, at) => start + at * cell);
}

/** Lattice lines from the middle outwards, `step(distance)` apart. */
export function linesAround(middle, reach, step) {
  const out = [0];
  while (out.at(-1) < reach) out.push(out.at(-1) + step(out.at(-1)));
  return [
    ...out
      .slice(1)
      .reverse()
      .map((value) => middle - value),
    ...out.map((value) => middle + value),
  ];
}

/**
 * `box`: [low, high] corners that hold the surface; `cell`: size of a triangle in metres. `lines`: the lattice's lines of
 * an axis where they are not to be even.
 */
export function solid({ field, box: [low, high], cell, lines = [], paint, skin }) {
  const grid = [0, 1, 2].map((axis) => lines[axis] ?? evenLines(low[axis], high[axis], cell));
  const counts = grid.map((axis) => axis.length);
  const lattice = sample(field, grid);
  const part = { positions: [], normals: [], uvs: [], skin: [], indices: [] };
  const vertexOf = new Map();
  eachCell(counts, (i, j, k) => {
    const middle = crossing(lattice, counts, [i, j, k]);
    if (!middle) return;
    vertexOf.set((k * counts[1] + j) * counts[0] + i, part.positions.length);
    const place = middle.map((value, axis) => between(grid[axis], value));
    const { point, normal } = onSurface(field, place, cell * 0.6);
    part.positions.push(point);
    part.normals.push(normal);
    part.uvs.push(paint(point, normal));
    part.skin.push(skin(point));
  });
  stitch(part, lattice, counts, vertexOf);
  return part;
}

/** The place at a step and its fraction. */
function between(lines, step) {
  const from = Math.min(Math.floor(step), lines.length - 2);
  return mix(lines[from], lines[from + 1], step - from);
}

function sample(field, [xs, ys, zs]) {
  const values = new Float64Array(xs.length * ys.length * zs.length);
  let at = 0;
  for (const z of zs)
    for (const y of ys)
      for (const x of xs) {
        values[at] = field([x, y, z]);
        at += 1;
      }
  return values;
}

function eachCell([nx, ny, nz], visit) {
  for (let k = 0; k < nz - 1; k += 1)
    for (let j = 0; j < ny - 1; j += 1) for (let i = 0; i < nx - 1; i += 1) visit(i, j, k);
}

const corners = Array.from({ length: 8 }, (_, at) => [at & 1, (at >> 1) & 1, at >> 2]);
const edges = corners.flatMap((_, a) => [1, 2, 4].filter((bit) => !(a & bit)).map((bit) => [a, a | bit]));

/** The middle of where the surface crosses the edges of a cell, in lattice steps. */
function crossing(lattice, [nx, ny], [i, j, k]) {
  const values = corners.map(([x, y, z]) => lattice[((k + z) * ny + j + y) * nx + i + x]);
  let sum = [0, 0, 0];
  let found = 0;
  for (const [a, b] of edges) {
    if (values[a] < 0 === values[b] < 0) continue;
    const t = values[a] / (values[a] - values[b]);
    sum = add(sum, add(corners[a], scale(sub(corners[b], corners[a]), t)));
    found += 1;
  }
  return found === 0 ? undefined : add([i, j, k], scale(sum, 1 / found));
}

/** A square of four cells' vertices around each lattice edge that the surface crosses. */
function stitch(part, lattice, [nx, ny, nz], vertexOf) {
  const steps = [1, nx, nx * ny];
  eachCell([nx, ny, nz], (i, j, k) => {
    const at = (k * ny + j) * nx + i;
    const place = [i, j, k];
    for (let axis = 0; axis < 3; axis += 1) {
      const [b, c] = [(axis + 1) % 3, (axis + 2) % 3];
      if (place[b] === 0 || place[c] === 0) continue;
      const [here, there] = [lattice[at] < 0, lattice[at + steps[axis]] < 0];
      if (here === there) continue;
      const ring = [at, at - steps[b], at - steps[b] - steps[c], at - steps[c]].map((cell) => vertexOf.get(cell));
      const [p, q, r, s] = here ? ring : [...ring].reverse();
      // The shorter diagonal, so that no fold appears.
      const gap = (m, n) => length(sub(part.positions[m], part.positions[n]));
      part.indices.push(...(gap(p, r) < gap(q, s) ? [p, q, r, p, r, s] : [p, q, s, q, r, s]));
    }
  });
}
