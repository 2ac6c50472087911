// Surfaces made of grids of points. A part is { positions, normals, uvs, skin, indices }: `uvs` are places on the
// material's picture and `skin` is a list of [bone, weight] for each vertex.
import { add, cross, dot, scale, sub, TAU, unit } from './math.mjs';

/**
 * A grid of `cols` by `rows` points. `at(u, v)` gives a point, u and v from 0 to 1; with `wrap` the last column joins
 * the first. Triangles face away from the middle of the part, or to the front where `facing` is 'front'; 'kept' and 'turned'
 * are for a part that is flat at rest: the front is where u runs to the right and v up, or v down.
 */
export function grid({ cols, rows, wrap = false, at, paint, skin, facing = 'out', normal }) {
  const positions = [];
  const uvs = [];
  const skins = [];
  for (let row = 0; row < rows; row += 1) {
    for (let col = 0; col < cols; col += 1) {
      const [u, v] = [col / (wrap ? cols : cols - 1), row / (rows - 1)];
      const point = at(u, v);
      positions.push(point);
      uvs.push(paint(u, v, point));
      skins.push(skin(point, u, v));
    }
  }
  const indices = [];
  for (let row = 0; row < rows - 1; row += 1) {
    for (let col = 0; col < (wrap ? cols : cols - 1); col += 1) {
      const right = (col + 1) % cols;
      const [a, b, c, d] = [row * cols + col, row * cols + right, (row + 1) * cols + col, (row + 1) * cols + right];
      indices.push(a, b, c, b, d, c);
    }
  }
  const part = { positions, normals: [], uvs, skin: skins, indices };
  if (facing === 'turned') turn(part);
  else if (facing !== 'kept') orient(part, facing);
  const own = smoothNormals(part);
  part.normals = normal ? positions.map((point, index) => normal(point, own[index])) : own;
  return part;
}

function orient(part, facing) {
  const { positions, indices } = part;
  const middle = scale(positions.reduce(add, [0, 0, 0]), 1 / positions.length);
  let outward = 0;
  for (let at = 0; at < indices.length; at += 3) {
    const [a, b, c] = [0, 1, 2].map((step) => sub(positions[indices[at + step]], middle));
    outward += facing === 'front' ? cross(sub(b, a), sub(c, a))[2] : dot(a, cross(b, c));
  }
  if (outward < 0) turn(part);
}

function turn({ indices }) {
  for (let at = 0; at < indices.length; at += 3) [indices[at], indices[at + 1]] = [indices[at + 1], indices[at]];
}

function smoothNormals({ positions, indices }) {
  const sums = positions.map(() => [0, 0, 0]);
  for (let at = 0; at < indices.length; at += 3) {
    const corners = [indices[at], indices[at + 1], indices[at + 2]];
    const [a, b, c] = corners.map((index) => positions[index]);
    const normal = cross(sub(b, a), sub(c, a));
    for (const corner of corners) sums[corner] = add(sums[corner], normal);
  }
  return sums.map(unit);
}

/**
 * A skin around a path: at each step an ellipse `across` wide and `thick` deep; `out` points along the depth. `shape`
 * bends the section: [across, depth] from -1 to 1, in and out. `step` moves rows to where they are needed.
 */
export function tube({
  cols = 10,
  rows,
  path,
  out,
  across,
  thick = across,
  shape = (xy) => xy,
  step = (v) => v,
  paint,
  skin,
  normal,
}) {
  const STEP = 1e-3;
  return grid({
    cols,
    rows,
    wrap: true,
    at(u, row) {
      const v = step(row);
      const point = path(v);
      const along = unit(sub(path(Math.min(v + STEP, 1)), path(Math.max(v - STEP, 0))));
      const side = unit(cross(along, out(v, point)));
      const depth = cross(side, along);
      const [x, y] = shape([Math.cos(u * TAU), Math.sin(u * TAU)], v);
      return add(point, add(scale(side, x * across(v)), scale(depth, y * thick(v))));
    },
    paint: (u, row, point) => paint(u, step(row), point),
    skin: (point, u, row) => skin(point, u, step(row)),
    normal,
  });
}

export function ball({ center, radius: [rx, ry, rz], cols = 14, rows = 10, paint, skin }) {
  return grid({
    cols,
    rows,
    wrap: true,
    at(u, v) {
      const [around, up] = [u * TAU, (v - 0.5) * Math.PI * 0.999];
      const flat = Math.cos(up);
      return add(center, [Math.cos(around) * flat * rx, Math.sin(up) * ry, Math.sin(around) * flat * rz]);
    },
    paint,
    skin,
  });
}

/** Parts of one material as one. */
export function join(parts) {
  const all = { positions: [], normals: [], uvs: [], skin: [], indices: [] };
  for (const part of parts.flat(3)) {
    const first = all.positions.length;
    for (const key of ['positions', 'normals', 'uvs', 'skin']) for (const value of part[key]) all[key].push(value);
    for (const index of part.indices) all.indices.push(index + first);
  }
  return all;
}

/** Without the triangles none of whose corners is kept: what never shows costs nothing. */
export function prune(part, keeps) {
  const kept = part.positions.map((point) => keeps(point));
  const indices = [];
  for (let at = 0; at < part.indices.length; at += 3) {
    const corners = part.indices.slice(at, at + 3);
    if (corners.some((corner) => kept[corner])) indices.push(...corners);
  }
  const used = [...new Set(indices)].sort((a, b) => a - b);
  const place = new Map(used.map((index, at) => [index, at]));
  const pick = (list) => used.map((index) => list[index]);
  return {
    positions: pick(part.positions),
    normals: pick(part.normals),
    uvs: pick(part.uvs),
    skin: pick(part.skin),
    indices: indices.map((index) => place.get(index)),
  };
}
