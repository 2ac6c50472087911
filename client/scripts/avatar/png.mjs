// Writes a PNG: the same pixels are the same bytes on every machine.
import { deflate } from './deflate.mjs';

const crcTable = Uint32Array.from({ length: 256 }, (_, index) => {
  let value = index;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value;
});

function crc32(bytes) {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = crcTable[(crc ^ byte) & 0xff] ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}

function adler32(bytes) {
  let [a, b] = [1, 0];
  for (const byte of bytes) {
    a = (a + byte) % 65521;
    b = (b + a) % 65521;
  }
  return ((b << 16) | a) >>> 0;
}

function zlib(bytes) {
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(adler32(bytes));
  return Buffer.concat([Buffer.from([0x78, 0x01]), deflate(bytes), sum]);
}

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(data.length, 0);
  body.copy(out, 4);
  out.writeUInt32BE(crc32(body), body.length + 4);
  return out;
}

/** Each byte less the one a pixel before it: smooth pictures become small numbers. */
function filtered(row, size) {
  const out = Buffer.alloc(row.length + 1);
  out[0] = 1;
  for (let at = 0; at < row.length; at += 1) out[at + 1] = row[at] - (at < size ? 0 : row[at - size]);
  return out;
}

/** `pixels`: `size` bytes per pixel, 3 for RGB and 4 with alpha, row by row from the top. */
export function encodePng({ width, height, pixels, size = 3 }) {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, size === 4 ? 6 : 2, 0, 0, 0], 8);
  const rows = Array.from({ length: height }, (_, y) =>
    filtered(pixels.subarray(y * width * size, (y + 1) * width * size), size),
  );
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', zlib(Buffer.concat(rows))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}
