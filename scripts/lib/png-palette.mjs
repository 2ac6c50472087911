import { crc32, deflateSync, inflateSync } from 'node:zlib';

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const coloursMax = 256;

/** @typedef {{ width: number, height: number, rgb: Buffer }} Picture */
/** @typedef {{ from: number, to: number, axis: number, spread: number }} Box a part of the colours, and where it is widest */

/**
 * The same picture with at most 256 colours: a third of the bytes, hardly seen on a page of text.
 * @param {Buffer} png 8 bits a channel, not interlaced, as browsers write it
 */
export function toPalette(png) {
  const { width, height, rgb } = decode(png);
  const counts = new Map();
  for (let at = 0; at < rgb.length; at += 3) {
    const colour = rgb.readUIntBE(at, 3);
    counts.set(colour, (counts.get(colour) ?? 0) + 1);
  }
  const boxes = cut([...counts].map(([colour, count]) => [colour >> 16, (colour >> 8) & 255, colour & 255, count]));
  const palette = Buffer.from(boxes.flatMap(mean));
  const indexOf = new Map(boxes.flatMap((box, n) => box.map(([r, g, b]) => [(r << 16) | (g << 8) | b, n])));

  const rows = Buffer.alloc((width + 1) * height); // each row begins with its filter: none
  for (let pixel = 0; pixel < width * height; pixel += 1)
    rows[pixel + Math.floor(pixel / width) + 1] = indexOf.get(rgb.readUIntBE(pixel * 3, 3)) ?? 0;
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 3, 0, 0, 0], 8);
  return Buffer.concat([
    signature,
    chunk('IHDR', head),
    chunk('PLTE', palette),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/**
 * Median cut: the box whose colours differ most from their mean is halved where it is widest.
 * @param {number[][]} colours red, green, blue and how often
 * @returns {number[][][]}
 */
function cut(colours) {
  const boxes = [{ colours, ...widest(colours) }];
  while (boxes.length < coloursMax) {
    const most = boxes.reduce((best, box, n) => (box.error > boxes[best].error ? n : best), 0);
    const { colours: inside, axis, middle, error } = boxes[most];
    if (error === 0) break;
    const halves = [inside.filter((one) => one[axis] <= middle), inside.filter((one) => one[axis] > middle)];
    boxes.splice(most, 1, ...halves.map((half) => ({ colours: half, ...widest(half) })));
  }
  return boxes.map((box) => box.colours);
}

/** @param {number[][]} colours @returns {{ axis: number, middle: number, error: number }} */
function widest(colours) {
  const [means, errors] = [mean(colours), [0, 0, 0]];
  for (const colour of colours)
    for (let axis = 0; axis < 3; axis += 1) errors[axis] += (colour[axis] - means[axis]) ** 2 * colour[3];
  const axis = errors.indexOf(Math.max(...errors));
  const largest = colours.reduce((most, colour) => Math.max(most, colour[axis]), 0);
  return { axis, middle: Math.min(means[axis], largest - 1), error: errors[axis] };
}

/** @param {number[][]} colours */
function mean(colours) {
  const sum = [0, 0, 0, 0];
  for (const [red, green, blue, count] of colours) {
    sum[0] += red * count;
    sum[1] += green * count;
    sum[2] += blue * count;
    sum[3] += count;
  }
  return sum.slice(0, 3).map((channel) => Math.round(channel / sum[3]));
}

/** @param {Buffer} png @returns {Picture} */
function decode(png) {
  const [width, height, channels] = [png.readUInt32BE(16), png.readUInt32BE(20), png[25] === 6 ? 4 : 3];
  if (png[24] !== 8 || (png[25] !== 2 && png[25] !== 6) || png[28] !== 0)
    throw new Error('this kind of PNG is not read');
  const parts = [];
  for (let at = 8; at < png.length; at += png.readUInt32BE(at) + 12)
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT')
      parts.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)));
  const data = inflateSync(Buffer.concat(parts));

  const stride = width * channels;
  const rgb = Buffer.alloc(width * height * 3);
  let above = Buffer.alloc(stride);
  for (let y = 0; y < height; y += 1) {
    const start = y * (stride + 1);
    const row = data.subarray(start + 1, start + 1 + stride);
    unfilter(data[start], row, above, channels);
    for (let x = 0; x < width; x += 1) row.copy(rgb, (y * width + x) * 3, x * channels, x * channels + 3);
    above = row;
  }
  return { width, height, rgb };
}

/** Each byte was written as a difference to its neighbours: left, above, or between. */
function unfilter(
  /** @type {number} */ kind,
  /** @type {Buffer} */ row,
  /** @type {Buffer} */ above,
  /** @type {number} */ step,
) {
  for (let x = 0; x < row.length; x += 1) {
    const [left, up, corner] = [x < step ? 0 : row[x - step], above[x], x < step ? 0 : above[x - step]];
    const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][kind];
    row[x] += guess;
  }
}

function paeth(/** @type {number} */ left, /** @type {number} */ up, /** @type {number} */ corner) {
  const base = left + up - corner;
  const [a, b, c] = [left, up, corner].map((value) => Math.abs(base - value));
  if (a <= b && a <= c) return left;
  return b <= c ? up : corner;
}

/** @param {string} type @param {Buffer} data */
function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}
