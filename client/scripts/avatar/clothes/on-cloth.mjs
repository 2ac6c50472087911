// What lies on a garment: prints, pockets, seams, cords. All are laid onto its field.
import { onSurface } from '../implicit.mjs';
import { add, mix, pathThrough, scale, TAU } from '../math.mjs';
import { grid } from '../surface.mjs';

/** The place of a garment's front seen at (x, y), `lift` metres off it. */
export function onFront(field, x, y, lift = 0) {
  let [near, far] = [0.25, -0.02];
  for (let step = 0; step < 24; step += 1) {
    const middle = (near + far) / 2;
    if (field([x, y, middle]) < 0) far = middle;
    else near = middle;
  }
  return [x, y, near + lift];
}

/** Outlines by an angle from the top: [across, up]. */
export const outlines = {
  heart: (angle) => [
    Math.sin(angle) ** 3,
    (13 * Math.cos(angle) - 5 * Math.cos(2 * angle) - 2 * Math.cos(3 * angle) - Math.cos(4 * angle)) / 16,
  ],
  star(angle) {
    const far = mix(0.5, 1, (0.5 + 0.5 * Math.cos(angle * 5)) ** 1.3);
    return [Math.sin(angle) * far, Math.cos(angle) * far];
  },
};

/** A flat shape on the front, by its outline around a middle. */
export function print(field, { x, y, outline, size, lift = 0.0016, paint, skin, cols = 40 }) {
  const rings = [0.001, 0.5, 1];
  return grid({
    cols,
    rows: rings.length,
    wrap: true,
    facing: 'front',
    at(u, v) {
      const far = size * rings[Math.round(v * (rings.length - 1))];
      const [across, up] = outline(u * TAU);
      return onFront(field, x + across * far, y + up * far, lift);
    },
    paint,
    skin,
  });
}

/** A thin line over a garment along rough points; `taper`: a fold drawn with a pen, thin at both ends. */
export function seam(field, { points, wide = 0.0012, lift = 0.0006, rows = 16, taper = false, paint, skin }) {
  const rough = pathThrough(points);
  return grid({
    cols: 3,
    rows,
    facing: 'out',
    at(u, v) {
      const { point, normal } = onSurface(field, rough(v));
      const next = onSurface(field, rough(Math.min(v + 0.01, 1.01))).point;
      const back = onSurface(field, rough(Math.max(v - 0.01, -0.01))).point;
      const along = [next[0] - back[0], next[1] - back[1], next[2] - back[2]];
      const size = Math.hypot(...along) || 1;
      const side = [
        (along[1] * normal[2] - along[2] * normal[1]) / size,
        (along[2] * normal[0] - along[0] * normal[2]) / size,
        (along[0] * normal[1] - along[1] * normal[0]) / size,
      ];
      const half = wide * (taper ? Math.sin(v * Math.PI * 0.94 + 0.1) ** 0.8 : 1);
      return add(add(point, scale(normal, lift)), scale(side, mix(-half, half, u)));
    },
    paint,
    skin,
    normal: (point) => onSurface(field, point).normal,
  });
}

/** A band around a limb that lies along X (`axis` 0) or around something upright (`axis` 1). */
export function band({ center, axis, from, to, wide, deep = wide, cols = 22, rows = 5, ribs = 0, paint, skin }) {
  return grid({
    cols: ribs > 0 ? ribs * 3 : cols,
    rows,
    wrap: true,
    at(u, v) {
      const angle = u * TAU;
      const round = Math.sin(v * Math.PI) ** 0.35;
      const rib = ribs > 0 ? 1 + 0.018 * Math.sin(u * TAU * ribs) : 1;
      const size = mix(0.9, 1, round) * rib;
      const [a, b] = [Math.sin(angle) * wide * size, Math.cos(angle) * deep * size];
      const place = mix(from, to, v);
      return axis === 0 ? [place, center[1] + a, center[2] + b] : [center[0] + a, place, center[2] + b];
    },
    paint,
    skin,
  });
}

/** The seam where a sleeve begins, and the folds that its weight draws over the chest. */
export function sleeveLines(field, { arm }, { out, wide = 0.0012, seamInk, foldInk, skin }) {
  return [1, -1].flatMap((side) => {
    const armhole = Array.from({ length: 9 }, (_, at) => {
      const angle = mix(-0.15, 1.15, at / 8) * Math.PI;
      return [side * (arm.x + out + 0.012 * Math.sin(angle)), arm.y + 0.05 * Math.sin(angle), 0.06 * Math.cos(angle)];
    });
    const fold = (low, reach) => [
      [side * (arm.x - 0.004), arm.y - 0.05 - low * 0.3, 0.07],
      [side * (arm.x - 0.02 - reach * 0.4), arm.y - 0.062 - low, 0.1],
      [side * (arm.x - 0.03 - reach), arm.y - 0.064 - low * 1.7, 0.12],
    ];
    return [
      seam(field, { points: armhole, wide, paint: seamInk, skin }),
      ...[fold(0, 0.022), fold(0.016, 0.03)].map((points) =>
        seam(field, { points, wide: 0.0016, rows: 9, taper: true, paint: foldInk, skin }),
      ),
    ];
  });
}
