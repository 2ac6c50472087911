// Surfaces made of grids of points. A part is { positions, normals, paint, skin, indices }: `paint` is [ramp, place] and
// `skin` a list of [bone, weight] for each vertex.

export const mix = (a, b, t) => a + (b - a) * t;
export const clamp = (value, low = 0, high = 1) => Math.min(Math.max(value, low), high);
export const smooth = (from, to, value) => {
  const t = clamp((value - from) / (to - from));
  return t * t * (3 - 2 * t);
};
export const bell = (value, width) => Math.exp(-((value / width) ** 2));
/** A curve through [place, value] points, straight between them or eased. */
export function curve(points, ease = true) {
  return (at) => {
    const next = points.findIndex(([place]) => place >= at);
    if (next === 0) return points[0][1];
    if (next < 0) return points.at(-1)[1];
    const [[p0, v0], [p1, v1]] = [points[next - 1], points[next]];
    const t = (at - p0) / (p1 - p0);
    return mix(v0, v1, ease ? t * t * (3 - 2 * t) : t);
  };
}

/** A smooth curve through evenly spaced values (Catmull-Rom). */
export function throughPoints(values) {
  const value = (index) => values[clamp(index, 0, values.length - 1)];
  return (at) => {
    const place = clamp(at) * (values.length - 1);
    const from = Math.min(Math.floor(place), values.length - 2);
    const t = place - from;
    const [a, b, c, d] = [value(from - 1), value(from), value(from + 1), value(from + 2)];
    return b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)));
  };
}

export const TAU = Math.PI * 2;
/** One colour all over. */
export const painted = (ramp, place) => () => [ramp, place];
/** Shares a vertex between two bones over a stretch of one axis. */
export const share = (low, high, from, to) => (at) => {
  const weight = smooth(from, to, at);
  return [
    [low, 1 - weight],
    [high, weight],
  ].filter(([, part]) => part > 0.001);
};

export const add = (a, b) => [a[0] + b[0], a[1] + b[1], a[2] + b[2]];
export const sub = (a, b) => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
export const scale = (a, by) => [a[0] * by, a[1] * by, a[2] * by];
export const cross = (a, b) => [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
export const dot = (a, b) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
export const unit = (a) => {
  const length = Math.hypot(...a);
  return length < 1e-9 ? [0, 1, 0] : scale(a, 1 / length);
};

/**
 * A grid of `cols` by `rows` points. `at(u, v)` gives a point, u and v from 0 to 1; with `wrap` the last column joins
 * the first. Triangles face away from the middle of the part, or to the front where `facing` is 'front'.
 */
export function grid({ cols, rows, wrap = false, at, paint, skin, facing = 'out', normal }) {
  const positions = [];
  const paints = [];
  const skins = [];
  for (let row = 0; row < rows; row += 1) {
    for (let col = 0; col < cols; col += 1) {
      const [u, v] = [col / (wrap ? cols : cols - 1), row / (rows - 1)];
      const point = at(u, v);
      positions.push(point);
      paints.push(paint(u, v, point));
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
  const part = { positions, normals: [], paint: paints, skin: skins, indices };
  orient(part, facing);
  part.normals = normal ? positions.map((point) => normal(point)) : smoothNormals(part);
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
  if (outward < 0)
    for (let at = 0; at < indices.length; at += 3) [indices[at], indices[at + 1]] = [indices[at + 1], indices[at]];
}

function smoothNormals({ positions, indices }) {
  const sums = positions.map(() => [0, 0, 0]);
  for (let at = 0; at < indices.length; at += 3) {
    const corners = indices.slice(at, at + 3);
    const [a, b, c] = corners.map((index) => positions[index]);
    const normal = cross(sub(b, a), sub(c, a));
    for (const corner of corners) sums[corner] = add(sums[corner], normal);
  }
  return sums.map(unit);
}

/** A closed skin around a path: at each step an ellipse `across` wide and `thick` deep; `out` points along the depth. */
export function tube({ cols = 10, rows, path, out, across, thick = across, paint, skin }) {
  const STEP = 1e-3;
  return grid({
    cols,
    rows,
    wrap: true,
    at(u, v) {
      const point = path(v);
      const along = unit(sub(path(Math.min(v + STEP, 1)), path(Math.max(v - STEP, 0))));
      const side = unit(cross(along, out(v)));
      const depth = cross(side, along);
      const angle = u * Math.PI * 2;
      return add(point, add(scale(side, Math.cos(angle) * across(v)), scale(depth, Math.sin(angle) * thick(v))));
    },
    paint,
    skin,
  });
}

export function ball({ center, radius: [rx, ry, rz], cols = 12, rows = 9, paint, skin }) {
  return grid({
    cols,
    rows,
    wrap: true,
    at(u, v) {
      const [around, up] = [u * Math.PI * 2, (v - 0.5) * Math.PI * 0.999];
      const flat = Math.cos(up);
      return add(center, [Math.cos(around) * flat * rx, Math.sin(up) * ry, Math.sin(around) * flat * rz]);
    },
    paint,
    skin,
  });
}

/** Parts of one material as one. */
export function join(parts) {
  const all = { positions: [], normals: [], paint: [], skin: [], indices: [] };
  for (const part of parts) {
    const first = all.positions.length;
    for (const key of ['positions', 'normals', 'paint', 'skin']) for (const value of part[key]) all[key].push(value);
    for (const index of part.indices) all.indices.push(index + first);
  }
  return all;
}
