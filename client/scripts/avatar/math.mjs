// Numbers, vectors and curves.

export const TAU = Math.PI * 2;
export const mix = (a, b, t) => a + (b - a) * t;
export const clamp = (value, low = 0, high = 1) => Math.min(Math.max(value, low), high);
export const smooth = (from, to, value) => {
  const t = clamp((value - from) / (to - from));
  return t * t * (3 - 2 * t);
};
export const bell = (value, width) => Math.exp(-((value / width) ** 2));

export const add = (a, b) => [a[0] + b[0], a[1] + b[1], a[2] + b[2]];
export const sub = (a, b) => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
export const scale = (a, by) => [a[0] * by, a[1] * by, a[2] * by];
export const lerp = (a, b, t) => [mix(a[0], b[0], t), mix(a[1], b[1], t), mix(a[2], b[2], t)];
export const cross = (a, b) => [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
export const dot = (a, b) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
export const length = (a) => Math.sqrt(dot(a, a));
export const unit = (a) => {
  const size = length(a);
  return size < 1e-9 ? [0, 1, 0] : scale(a, 1 / size);
};
/** The same place on the other side of the figure. */
export const mirror = ([x, y, z]) => [-x, y, z];

/** A smooth curve through [place, value] points that never swings past them (monotone cubic); flat beyond its ends. */
export function curve(points) {
  const slopes = points.slice(1).map(([place, value], at) => (value - points[at][1]) / (place - points[at][0]));
  const tangents = points.map((_, at) => {
    if (at === 0 || at === points.length - 1) return slopes[Math.min(at, slopes.length - 1)];
    const [before, after] = [slopes[at - 1], slopes[at]];
    return before * after <= 0 ? 0 : (2 * before * after) / (before + after);
  });
  return (at) => {
    if (at <= points[0][0]) return points[0][1];
    const next = points.findIndex(([place]) => place >= at);
    if (next < 0) return points.at(-1)[1];
    const [[p0, v0], [p1, v1]] = [points[next - 1], points[next]];
    const size = p1 - p0;
    const t = (at - p0) / size;
    const [t2, t3] = [t * t, t * t * t];
    return (
      v0 * (2 * t3 - 3 * t2 + 1) +
      v1 * (3 * t2 - 2 * t3) +
      size * (tangents[next - 1] * (t3 - 2 * t2 + t) + tangents[next] * (t3 - t2))
    );
  };
}

/** A smooth curve through evenly spaced values (Catmull-Rom); `at` from 0 to 1. */
export function through(values) {
  const value = (index) => values[clamp(index, 0, values.length - 1)];
  return (at) => {
    const place = clamp(at) * (values.length - 1);
    const from = Math.min(Math.floor(place), values.length - 2);
    const t = place - from;
    const [a, b, c, d] = [value(from - 1), value(from), value(from + 1), value(from + 2)];
    return b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)));
  };
}

/** The same for points in space. */
export function pathThrough(points) {
  const [x, y, z] = [0, 1, 2].map((axis) => through(points.map((point) => point[axis])));
  return (at) => [x(at), y(at), z(at)];
}

/** Numbers from 0 to 1 that look random and are the same each time. */
export const scatter = (seed) => {
  const value = Math.sin(seed * 127.1 + 311.7) * 43758.5453;
  return value - Math.floor(value);
};
