export type PictureHeader = { type: 'image/png' | 'image/jpeg'; width: number; height: number };

const PNG_SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const PNG_CHUNKS_MAX = 50_000;

/** What kind of picture the first bytes are of; for people where it is none that we take. */
export function pictureKind(bytes: Uint8Array): string {
  if (startsWith(bytes, PNG_SIGNATURE)) return 'image/png';
  if (startsWith(bytes, [0xff, 0xd8, 0xff])) return 'image/jpeg';
  const start = Buffer.from(bytes.subarray(0, 64)).toString('latin1');
  if (start.startsWith('RIFF') && start.slice(8, 12) === 'WEBP') return 'WebP';
  if (start.startsWith('«KTX 20»')) return 'KTX2';
  if (start.startsWith('GIF8')) return 'GIF';
  if (start.startsWith('BM')) return 'BMP';
  if (start.slice(4, 8) === 'ftyp') return 'AVIF or HEIC';
  if (/^\s*<(?:\?xml|svg|!)/i.test(start)) return 'SVG or a page';
  return 'something unknown';
}

/** Reads the size without decoding anything. Undefined: the picture is broken. */
export function pictureHeader(bytes: Uint8Array): PictureHeader | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const kind = pictureKind(bytes);
  if (kind === 'image/png') return pngHeader(view);
  return kind === 'image/jpeg' ? jpegHeader(view) : undefined;
}

const IHDR = 0x49484452;
const IDAT = 0x49444154;
const IEND = 0x49454e44;

function pngHeader(view: DataView): PictureHeader | undefined {
  if (view.byteLength < 33 || view.getUint32(8) !== 13 || view.getUint32(12) !== IHDR) return undefined;
  const [width, height] = [view.getUint32(16), view.getUint32(20)];
  let data = false;
  for (let at = 8, chunks = 0; at + 12 <= view.byteLength && chunks < PNG_CHUNKS_MAX; chunks += 1) {
    const [length, type] = [view.getUint32(at), view.getUint32(at + 4)];
    if (type === IEND) return data && width > 0 && height > 0 ? { type: 'image/png', width, height } : undefined;
    data ||= type === IDAT && length > 0;
    at += 12 + length;
  }
  return undefined;
}

/** Baseline, extended and progressive: what browsers decode. */
const startsOfFrame = new Set([0xc0, 0xc1, 0xc2]);
const otherFrames = new Set([0xc3, 0xc5, 0xc6, 0xc7, 0xc9, 0xca, 0xcb, 0xcd, 0xce, 0xcf]);

function jpegHeader(view: DataView): PictureHeader | undefined {
  for (let at = 2; at + 4 <= view.byteLength; ) {
    if (view.getUint8(at) !== 0xff) return undefined;
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) {
      at += 1; // fill
      continue;
    }
    const length = view.getUint16(at + 2);
    // A scan before any frame, or a segment that does not hold its own length.
    if (marker === 0xda || otherFrames.has(marker) || length < 2) return undefined;
    if (startsOfFrame.has(marker)) {
      if (length < 8 || at + 9 > view.byteLength) return undefined;
      const [height, width] = [view.getUint16(at + 5), view.getUint16(at + 7)];
      return width > 0 && height > 0 ? { type: 'image/jpeg', width, height } : undefined;
    }
    at += 2 + length;
  }
  return undefined;
}

const startsWith = (bytes: Uint8Array, start: readonly number[]): boolean =>
  start.every((byte, at) => bytes[at] === byte);
