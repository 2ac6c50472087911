// What hair lies on: the skull, and below its widest place a curtain that hangs straight down.
import { unit } from '../math.mjs';

/**
 * Places are [around, down, away]: radians from the front to the figure's left; 0 at the crown, 1 where the skull is
 * widest, 2 about at the shoulder; metres outside the skull.
 */
export function makeHull(face) {
  const { middleY, half, shape } = face;
  const tall = (half * Math.PI) / 2;

  function at([around, down, away]) {
    if (down <= 1) return face.skull(Math.cos((down * Math.PI) / 2), around, away);
    const [x, , z] = face.skull(0, around, away);
    return [x, middleY - tall * (down - 1), z];
  }

  /** Away from the head. */
  function normal([x, y, z]) {
    const up = Math.max(y - middleY, 0);
    const deep = z > 0 ? shape.front : shape.back;
    return unit([x / shape.width ** 2, up / half ** 2, z / deep ** 2]);
  }

  /** `down` of a height in metres below the widest place. */
  const downAt = (y) => 1 + (middleY - y) / tall;
  return { at, normal, downAt };
}
