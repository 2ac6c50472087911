// A portrait for the file's metadata: the triangles drawn straight from the front with a depth buffer, 3 by 3 samples a pixel.
import { colorOf } from './palette.mjs';
import { dot, unit } from './surface.mjs';

const SIZE = 80;
const SAMPLES = 3;
const VIEW = { x: 0, y: 1.295, half: 0.205 };
const light = unit([0.35, 0.55, 0.85]);
const background = [232, 236, 255];

export function drawThumbnail(parts) {
  const side = SIZE * SAMPLES;
  const color = new Float64Array(side * side * 3).map((_, at) => background[at % 3]);
  const depth = new Float64Array(side * side).fill(-Infinity);
  const toScreen = (value, middle) => ((value - middle) / VIEW.half / 2 + 0.5) * side;

  for (const part of parts) {
    const shaded = part.paint.map(([ramp, place], at) => {
      const lit = dot(part.normals[at], light) > 0.1 ? 1 : 0.86;
      return colorOf(ramp, place).map((value) => value * lit);
    });
    for (let at = 0; at < part.indices.length; at += 3) {
      const corners = part.indices.slice(at, at + 3);
      const [a, b, c] = corners.map((index) => {
        const [x, y, z] = part.positions[index];
        return [toScreen(x, VIEW.x), side - toScreen(y, VIEW.y), z];
      });
      drawTriangle({ a, b, c, colors: corners.map((index) => shaded[index]), color, depth, side });
    }
  }
  return { width: SIZE, height: SIZE, rgb: shrink(color, side) };
}

function drawTriangle({ a, b, c, colors, color, depth, side }) {
  const area = (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
  if (area >= 0) return; // seen from behind: the picture's y goes down
  const bound = (pick, axis) => pick(a[axis], b[axis], c[axis]);
  const [left, right] = [
    Math.max(Math.floor(bound(Math.min, 0)), 0),
    Math.min(Math.ceil(bound(Math.max, 0)), side - 1),
  ];
  const [top, bottom] = [
    Math.max(Math.floor(bound(Math.min, 1)), 0),
    Math.min(Math.ceil(bound(Math.max, 1)), side - 1),
  ];
  for (let y = top; y <= bottom; y += 1) {
    for (let x = left; x <= right; x += 1) {
      const [px, py] = [x + 0.5, y + 0.5];
      const wb = ((px - a[0]) * (c[1] - a[1]) - (py - a[1]) * (c[0] - a[0])) / area;
      const wc = ((b[0] - a[0]) * (py - a[1]) - (b[1] - a[1]) * (px - a[0])) / area;
      const wa = 1 - wb - wc;
      if (wa < 0 || wb < 0 || wc < 0) continue;
      const z = a[2] * wa + b[2] * wb + c[2] * wc;
      const at = y * side + x;
      if (z <= depth[at]) continue;
      depth[at] = z;
      for (let channel = 0; channel < 3; channel += 1) {
        color[at * 3 + channel] = colors[0][channel] * wa + colors[1][channel] * wb + colors[2][channel] * wc;
      }
    }
  }
}

function shrink(color, side) {
  const rgb = new Uint8Array(SIZE * SIZE * 3);
  for (let at = 0; at < rgb.length; at += 1) {
    const [channel, pixel] = [at % 3, Math.floor(at / 3)];
    let sum = 0;
    for (let step = 0; step < SAMPLES * SAMPLES; step += 1) {
      const x = (pixel % SIZE) * SAMPLES + (step % SAMPLES);
      const y = Math.floor(pixel / SIZE) * SAMPLES + Math.floor(step / SAMPLES);
      sum += color[(y * side + x) * 3 + channel];
    }
    rgb[at] = Math.round(sum / SAMPLES / SAMPLES);
  }
  return rgb;
}
