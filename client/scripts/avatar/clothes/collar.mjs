// Collars that fold over.
import { bell, mix, TAU } from '../math.mjs';
import { grid } from '../surface.mjs';

/**
 * A fold-over collar: a band around the neck that turns down outside. `open`: radians from the front where
 * it ends, `lean`: how much further round its outer edge ends. */
export function makeCollar({ center, wide, deep, low, high, fall, spread, open, lean, rise, paint, skin }) {
  const section = [
    [0, 0],
    [0.001, high * 0.6],
    [0.003, high],
    [0.008, high + 0.003],
    [spread * 0.65, high - fall * 0.45],
    [spread, high - fall],
    [spread - 0.004, high - fall - 0.001],
    [spread * 0.5, high - fall * 0.5],
    [0.0045, high - 0.004],
    [0.004, 0],
  ];
  /** At its ends the inner side lies on the outer one. */
  const closed = [0, 1, 2, 3, 4, 5, 5, 4, 2, 0];
  return grid({
    cols: section.length,
    rows: 25,
    wrap: true,
    at(u, v) {
      const step = Math.round(u * section.length) % section.length;
      const [out, up] = section[v === 0 || v === 1 ? closed[step] : step];
      const folded = up < high * 0.9 && out > 0.006 ? out / spread : 0;
      const ends = open + lean * folded;
      const around = mix(ends, TAU - ends, v);
      const back = (1 - Math.cos(around)) / 2;
      const point = bell(Math.min(v, 1 - v), 0.1) * folded;
      const y = low + rise * back + Math.max(up, -0.004) - point * fall * 0.6;
      return [
        center[0] + Math.sin(around) * (wide + out),
        y,
        center[2] + Math.cos(around) * (deep + out) + 0.006 * point,
      ];
    },
    paint: (u) => paint(section[Math.round(u * section.length) % section.length][0] / spread),
    skin,
  });
}
