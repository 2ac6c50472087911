import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { createGunzip, createInflateRaw } from 'node:zlib';

/**
 * The bytes of the first member of a zip whose name ends so, as they come. (Zips of more than 4 GB are not read.)
 * @param {string} path
 * @param {string} suffix
 * @returns {AsyncGenerator<Buffer>}
 */
export async function* zipMember(path, suffix) {
  const { method, start, length } = await findInZip(path, suffix);
  const stored = createReadStream(path, { start, end: start + length - 1 });
  yield* method === 0 ? stored : through(stored, createInflateRaw());
}

/** @param {string} path @param {string} suffix */
async function findInZip(path, suffix) {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const read = async (/** @type {number} */ position, /** @type {number} */ length) =>
      (await file.read(Buffer.alloc(length), 0, length, position)).buffer;

    const tail = await read(Math.max(0, size - 65_557), Math.min(size, 65_557));
    const end = tail.lastIndexOf('PK\x05\x06', undefined, 'latin1');
    if (end < 0) throw new Error(`${path} is no zip`);
    const directory = await read(tail.readUInt32LE(end + 16), tail.readUInt32LE(end + 12));
    for (let at = 0; at + 46 <= directory.length; ) {
      const [nameLength, extraLength, commentLength] = [28, 30, 32].map((offset) =>
        directory.readUInt16LE(at + offset),
      );
      if (directory.toString('utf8', at + 46, at + 46 + nameLength).endsWith(suffix)) {
        const headerAt = directory.readUInt32LE(at + 42);
        const header = await read(headerAt, 30);
        return {
          method: directory.readUInt16LE(at + 10),
          start: headerAt + 30 + header.readUInt16LE(26) + header.readUInt16LE(28),
          length: directory.readUInt32LE(at + 20),
        };
      }
      at += 46 + nameLength + extraLength + commentLength;
    }
    throw new Error(`${path} holds no ${suffix}`);
  } finally {
    await file.close();
  }
}

/**
 * The bytes of the first member of a gzipped tar whose name ends so, as they come.
 * @param {string} path
 * @param {string} suffix
 * @returns {AsyncGenerator<Buffer>}
 */
export async function* tarMember(path, suffix) {
  /** @type {Buffer} */
  let kept = Buffer.alloc(0);
  let [skip, left] = [0, -1]; // `left`: bytes of the wanted member still to come
  for await (const chunk of through(createReadStream(path), createGunzip())) {
    let data = kept.length ? Buffer.concat([kept, chunk]) : chunk;
    kept = Buffer.alloc(0);
    while (data.length > 0) {
      if (left >= 0) {
        const part = data.subarray(0, left);
        left -= part.length;
        if (part.length > 0) yield part;
        if (left === 0) return;
        break;
      }
      const skipped = Math.min(skip, data.length);
      skip -= skipped;
      data = data.subarray(skipped);
      if (data.length < 512) {
        kept = data;
        break;
      }
      const name = data.toString('utf8', 0, 100).split('\0')[0];
      const size = Number.parseInt(data.toString('latin1', 124, 136), 8) || 0;
      data = data.subarray(512);
      if (name.endsWith(suffix)) left = size;
      else skip = Math.ceil(size / 512) * 512;
    }
  }
  throw new Error(`${path} ${left < 0 ? `holds no ${suffix}` : 'is cut short'}`);
}

/**
 * What comes out of a stream put through another; both are closed when the reader leaves early.
 * @param {import('node:stream').Readable} source
 * @param {import('node:stream').Transform} transform
 * @returns {AsyncGenerator<Buffer>}
 */
async function* through(source, transform) {
  source.on('error', (error) => transform.destroy(error));
  try {
    yield* source.pipe(transform);
  } finally {
    source.destroy();
  }
}
