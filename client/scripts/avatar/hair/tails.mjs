// Bunches of hair tied at the sides of the head, each with a bow, swinging from its tie.
import { add, cross, mirror, mix, pathThrough, scale, smooth, sub, TAU, unit } from '../math.mjs';
import { alongChain } from '../skeleton.mjs';
import { grid, tube } from '../surface.mjs';

const spring = { stiffness: 1.15, dragForce: 0.36, gravityPower: 0.03, hitRadius: 0.018 };

function strand(path, chain, { turn, wide, out, tips, seed, end = 1 }) {
  const taper = (v) => Math.max(mix(0.45, 1, smooth(0, 0.22, v)) * (1 - v ** 2.1) ** 0.8, 0.012);
  const spread = (v) => out * smooth(0, 0.3, v) * (1 - 0.3 * v);
  const place = (v) => {
    const at = v * end;
    const point = path(at);
    const along = unit(sub(path(Math.min(at + 0.01, 1)), path(Math.max(at - 0.01, 0))));
    const side = unit(cross(along, [0, 0.3, 1]));
    const front = cross(side, along);
    const angle = turn + 0.8 * v;
    return add(point, add(scale(side, Math.cos(angle) * spread(v)), scale(front, Math.sin(angle) * spread(v))));
  };
  return tube({
    cols: 7,
    rows: 18,
    path: place,
    step: (v) => mix(v ** 1.25, smooth(0, 1, v), 0.3),
    out: (v) => sub(place(v), add(path(v * end), [0, 0, -0.002])),
    across: (v) => wide * taper(v),
    thick: (v) => wide * 0.55 * taper(v),
    paint(u, v) {
      const shine = 0.12 * Math.exp(-(((v - 0.22) / 0.09) ** 2));
      return [0.1 + 0.13 * seed + 0.05 * Math.cos(u * TAU), mix(0.66, 0.02, smooth(0.25, 0.95, v) * tips) + shine];
    },
    skin: (_point, _u, v) => alongChain(chain, v * end * (chain.points.length - 1) - 0.2),
  });
}

/** Two loops and a knot. */
function bow(center, out, ink, ramp, size) {
  const side = unit(cross([0, 1, 0], out));
  const up = cross(out, side);
  const at = (x, y, z) => add(center, add(add(scale(side, x * size), scale(up, y * size)), scale(out, z * size)));
  const skin = () => [['head', 1]];
  const loops = [1, -1].map((way) =>
    grid({
      cols: 9,
      rows: 7,
      wrap: true,
      at(u, v) {
        const open = Math.max(Math.sin(v * Math.PI * 0.97 + 0.05), 0.02) ** 0.6;
        const [y, z] = [Math.cos(u * TAU) * (0.03 + (0.25 + 0.5 * v) * open), Math.sin(u * TAU) * (0.02 + 0.26 * open)];
        return at(way * (0.08 + 1.0 * v), y + 0.28 * v * v, z + 0.2 * Math.sin(v * Math.PI));
      },
      paint: (u, v) => ink(ramp, 0.35 + 0.35 * Math.cos(u * TAU) + 0.25 * Math.sin(v * Math.PI)),
      skin,
    }),
  );
  const ends = [1, -1].map((way) =>
    tube({
      cols: 5,
      rows: 5,
      path: (v) => at(way * (0.1 + 0.45 * v), -0.1 - 1.15 * v, 0.1 + 0.16 * Math.sin(v * 3)),
      out: () => out,
      across: (v) => size * (0.1 + 0.16 * v),
      thick: () => size * 0.05,
      paint: (_u, v) => ink(ramp, 0.5 - 0.3 * v),
      skin,
    }),
  );
  const knot = grid({
    cols: 8,
    rows: 6,
    wrap: true,
    at(u, v) {
      const [around, high] = [u * TAU, (v - 0.5) * Math.PI * 0.99];
      return at(
        Math.cos(around) * Math.cos(high) * 0.2,
        Math.sin(high) * 0.26,
        0.12 + Math.sin(around) * Math.cos(high) * 0.2,
      );
    },
    paint: (_u, v) => ink(ramp, 0.3 + 0.6 * v),
    skin,
  });
  return [...loops, ...ends, knot];
}

/** `tie`: a place on the hull for the left side; `path`: from there, in metres outwards, up and to the front. */
export function makeTails(hull, { tie, path, strands, bow: ribbon }, ink) {
  const root = hull.at(tie);
  const points = path.map((step) => add(root, step));
  const normal = hull.normal(root);
  const made = [1, -1].map((side) => {
    const place = side > 0 ? (point) => point : mirror;
    const line = points.map(place);
    const chain = { name: side > 0 ? 'tailLeft' : 'tailRight', parent: 'head', points: line.slice(1), spring };
    const smoothLine = pathThrough(line);
    const parts = strands.map((one, at) =>
      strand(smoothLine, chain, { ...one, turn: one.turn * side + (side < 0 ? Math.PI : 0), seed: at }),
    );
    const tieBow = bow(
      add(add(place(root), scale(place(normal), 0.02)), [0, 0.004, 0.016]),
      unit(add(place(normal), [0, 0.1, 0.9])),
      ink,
      ribbon.ramp,
      ribbon.size,
    );
    return { parts, tieBow, chain };
  });
  return {
    parts: made.map(({ parts }) => parts),
    cloth: made.map(({ tieBow }) => tieBow),
    chains: made.map(({ chain }) => chain),
  };
}
