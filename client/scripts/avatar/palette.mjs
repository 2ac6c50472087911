// All colours of the figure: one small picture, a column per ramp. A vertex points at a place on a ramp, so a colour can
// change smoothly over a surface without a painted texture.

const CELL_WIDTH = 4;
const HEIGHT = 32;

const ramps = {
  skin: ['#ffe0d2', '#fdcfbf', '#f9a99f'],
  skinShade: ['#f0b8a8', '#e2a093'],
  /** From the tips over the length to the sheen. */
  hair: ['#ffb795', '#d98a80', '#93596a', '#6d4157', '#7d4b5e', '#a06a72', '#edbcab'],
  lash: ['#3a2230', '#4f3040'],
  brow: ['#5d3545', '#6f4250'],
  sclera: ['#ffffff', '#eef0fa', '#c3c6de'],
  iris: ['#12343f', '#1c5a63', '#2f8f8e', '#5fc7b4', '#b5f0d6'],
  shine: ['#ffffff', '#ffffff'],
  mouth: ['#8c3b40', '#6d2430'],
  tongue: ['#e8848a', '#f2a1a0'],
  lipLine: ['#9a4a4a', '#a85855'],
  hoodie: ['#8d9be0', '#a9b6f0', '#c6d0fb'],
  hoodieTrim: ['#f6f4ff', '#ffffff'],
  skirt: ['#3b3f66', '#4d527d'],
  accent: ['#ff9a76', '#ffc38f'],
};
const names = Object.keys(ramps);
const WIDTH = names.length * CELL_WIDTH;

const channels = (hex) => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));

function rampColor(stops, place) {
  const at = Math.min(Math.max(place, 0), 1) * (stops.length - 1);
  const from = Math.min(Math.floor(at), stops.length - 2);
  const [low, high] = [channels(stops[from]), channels(stops[from + 1])];
  return low.map((value, index) => Math.round(value + (high[index] - value) * (at - from)));
}

/** Three channels from 0 to 255. `place`: 0 to 1 along the ramp. */
export const colorOf = (name, place) => rampColor(ramps[name], place);

/** Where a vertex of that colour points. */
export function uvOf(name, place) {
  const column = names.indexOf(name);
  if (column < 0) throw new Error(`no ramp ${name}`);
  return [(column + 0.5) / names.length, (0.5 + Math.min(Math.max(place, 0), 1) * (HEIGHT - 1)) / HEIGHT];
}

export function drawPalette() {
  const rgb = new Uint8Array(WIDTH * HEIGHT * 3);
  for (let y = 0; y < HEIGHT; y += 1) {
    for (let x = 0; x < WIDTH; x += 1) {
      const color = colorOf(names[Math.floor(x / CELL_WIDTH)], y / (HEIGHT - 1));
      rgb.set(color, (y * WIDTH + x) * 3);
    }
  }
  return { width: WIDTH, height: HEIGHT, rgb };
}
