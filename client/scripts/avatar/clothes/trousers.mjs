// Trousers with wrinkles at the knees and over the shoes.
import { blend, column, rod, solid, swollen } from '../implicit.mjs';
import { bell, smooth, TAU } from '../math.mjs';

export function makeTrousers({ body, ink, skinAt }, { waist, thick }) {
  const { leg } = body;
  const field = blend(
    0.012,
    ...[1, -1].map((side) =>
      blend(
        0.02,
        rod([side * leg.x, leg.top, 0], [side * leg.x, leg.knee, 0.004], thick[0], thick[1]),
        rod([side * leg.x, leg.knee, 0.004], [side * leg.x, leg.ankle + 0.005, -0.006], thick[1], thick[2]),
      ),
    ),
    column({
      from: leg.top - 0.065,
      to: body.hips + 0.07,
      wide: () => waist[0],
      deep: () => waist[1],
    }),
  );
  const creased = swollen(
    field,
    ([, y, z]) =>
      0.0025 *
      Math.sin((y * TAU) / 0.05 + 20 * z) *
      (bell(y - leg.ankle - 0.05, 0.04) + 0.6 * bell(y - leg.knee, 0.04)),
  );
  const part = solid({
    field: creased,
    box: [
      [-(waist[0] + 0.06), leg.ankle - 0.06, -0.13],
      [waist[0] + 0.06, body.hips + 0.1, 0.13],
    ],
    cell: 0.027,
    paint: ([x, y]) => ink('trousers', 0.3 + 0.35 * smooth(0.2, leg.top, y) - 0.25 * smooth(0.03, 0, Math.abs(x))),
    skin: skinAt,
  });
  return { parts: [part], chains: [] };
}
