// The mouth, laid onto the face: a line that opens, with teeth and tongue behind it.
import { bell, mix, smooth } from './math.mjs';
import { grid } from './surface.mjs';

const onHead = () => [['head', 1]];

/**
 * Metres: half width, how far the edges part up and down, how far the corners rise. `teeth`, `tongue`: 0 to 1. `round`:
 * 0 for a smile that is flat above, 1 for an O.
 */
export const restMouth = { width: 0.0168, up: 0, down: 0, corners: 0.0042, teeth: 0, tongue: 0, shift: 0, round: 0 };

const bow = (t, power, round) => Math.max(1 - Math.abs(t) ** power, 0) ** round;

function edges(place, t, pose) {
  const middle = place + pose.shift + pose.corners * (t * t - 0.4) + 0.0007 * bell(t, 0.22) * (1 - pose.round);
  const top = mix(bow(t, 3, 0.75), bow(t, 2, 0.5), pose.round);
  const low = mix(bow(t, 2.1, 0.75), bow(t, 2, 0.5), pose.round);
  return { top: middle + pose.up * top, bottom: middle - pose.down * low };
}

function patch(face, { cols, rows, at, paint, facing = 'front' }) {
  return grid({
    cols,
    rows,
    facing,
    at(u, v) {
      const [x, y, lift] = at(u, v);
      return face.over(x, y, lift);
    },
    paint,
    skin: onHead,
    normal: face.normal,
  });
}

/** Rows from the upper edge of the line around the opening to the lower one. */
function opening(face, ink, place, pose) {
  const rows = ['upper', 'upper', 'inside', 'inside', 'lower', 'lower'];
  return patch(face, {
    cols: 33,
    rows: rows.length,
    at(u, v) {
      const row = Math.round(v * (rows.length - 1));
      const t = mix(-1, 1, u);
      const { top, bottom } = edges(place, t, pose);
      const line = 0.0009 * (0.35 + 0.65 * smooth(1.02, 0.55, Math.abs(t))) + 0.00012;
      const y = [top + line, top, top - line * 0.1, bottom + line * 0.1, bottom, bottom - line * 0.75][row];
      return [pose.width * t, y, 0.0016];
    },
    paint(_u, v) {
      const row = Math.round(v * (rows.length - 1));
      if (rows[row] === 'inside') return ink('mouth', row === 2 ? 1 : 0.2);
      return ink('lipLine', rows[row] === 'upper' ? 0.15 : 0.75);
    },
  });
}

function teeth(face, ink, place, pose) {
  return patch(face, {
    facing: 'turned',
    cols: 15,
    rows: 2,
    at(u, v) {
      const t = mix(-0.86, 0.86, u);
      const { top, bottom } = edges(place, t, pose);
      const high = Math.min(0.0042, (top - bottom) * 0.42) * pose.teeth;
      return [pose.width * t, top - 0.0002 - v * high, 0.0022];
    },
    paint: (_u, v) => ink('sclera', 0.25 - 0.15 * v),
  });
}

function tongue(face, ink, place, pose) {
  return patch(face, {
    facing: 'kept',
    cols: 13,
    rows: 4,
    at(u, v) {
      const t = mix(-0.78, 0.78, u);
      const { top, bottom } = edges(place, t, pose);
      const high = (top - bottom) * 0.5 * pose.tongue * bow(t / 0.79, 2, 0.6);
      return [pose.width * t, bottom + 0.0002 + v * high, 0.0019];
    },
    paint: (_u, v) => ink('tongue', v),
  });
}

/** A small shade under the tip of the nose, and one under the lower lip. */
export function makeNose(face, ink) {
  const { features } = face.shape;
  const nose = patch(face, {
    cols: 11,
    rows: 2,
    at(u, v) {
      const t = mix(-1, 1, u);
      const y = face.middleY + features.noseY - 0.004 - 0.0012 * (1 - t * t) + (v - 0.5) * 0.0021 * bell(t, 0.7);
      return [t * 0.0044 - 0.0006, y, 0.0009];
    },
    paint: () => ink('crease', 0.25),
  });
  const lip = patch(face, {
    cols: 9,
    rows: 2,
    at(u, v) {
      const t = mix(-1, 1, u);
      return [
        t * 0.006,
        face.middleY + features.mouthY - 0.0085 + 0.0006 * t * t + (v - 0.5) * 0.0011 * bell(t, 0.7),
        0.0006,
      ];
    },
    paint: () => ink('crease', 0),
  });
  return [nose, lip];
}

export function makeMouth(face, ink, pose) {
  const place = face.middleY + face.shape.features.mouthY;
  return [opening, teeth, tongue].map((make) => make(face, ink, place, pose));
}
