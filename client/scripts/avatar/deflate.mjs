// Compression for our PNGs (RFC 1951, fixed codes). Our own, because the bytes of a library's change with its version.

const MIN = 3;
const MAX = 258;
const WINDOW = 32768;
const CHAIN = 24;
const lengthBase = [
  3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258,
];
const lengthExtra = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
const distanceExtra = Array.from({ length: 30 }, (_, at) => Math.max((at >> 1) - 1, 0));
const distanceBase = distanceExtra.map((_, at) => (at < 4 ? at + 1 : ((2 + (at & 1)) << distanceExtra[at]) + 1));

class BitWriter {
  #bytes = [];
  #held = 0;
  #count = 0;

  /** Lowest bit first. */
  bits(value, count) {
    this.#held |= value << this.#count;
    this.#count += count;
    while (this.#count >= 8) {
      this.#bytes.push(this.#held & 0xff);
      this.#held >>>= 8;
      this.#count -= 8;
    }
  }

  /** Codes go highest bit first. */
  code(value, count) {
    for (let bit = count - 1; bit >= 0; bit -= 1) this.bits((value >> bit) & 1, 1);
  }

  end() {
    if (this.#count > 0) this.#bytes.push(this.#held & 0xff);
    return Buffer.from(this.#bytes);
  }
}

function literal(out, symbol) {
  if (symbol < 144) out.code(0x30 + symbol, 8);
  else if (symbol < 256) out.code(0x190 + symbol - 144, 9);
  else if (symbol < 280) out.code(symbol - 256, 7);
  else out.code(0xc0 + symbol - 280, 8);
}

const slotOf = (bases, value) => {
  let at = bases.length - 1;
  while (bases[at] > value) at -= 1;
  return at;
};

function repeat(out, length, distance) {
  const long = slotOf(lengthBase, length);
  literal(out, 257 + long);
  out.bits(length - lengthBase[long], lengthExtra[long]);
  const far = slotOf(distanceBase, distance);
  out.code(far, 5);
  out.bits(distance - distanceBase[far], distanceExtra[far]);
}

function sameFor(bytes, a, b) {
  let count = 0;
  while (count < MAX && b + count < bytes.length && bytes[a + count] === bytes[b + count]) count += 1;
  return count;
}

/** One final block. */
export function deflate(bytes) {
  const out = new BitWriter();
  out.bits(1, 1);
  out.bits(1, 2);
  const last = new Map();
  const before = new Int32Array(bytes.length).fill(-1);
  const keyAt = (at) => (bytes[at] << 16) | (bytes[at + 1] << 8) | bytes[at + 2];
  const remember = (at) => {
    if (at + MIN > bytes.length) return;
    before[at] = last.get(keyAt(at)) ?? -1;
    last.set(keyAt(at), at);
  };
  for (let at = 0; at < bytes.length; ) {
    const { length, distance } = longest(at);
    const step = length >= MIN ? length : 1;
    if (step > 1) repeat(out, length, distance);
    else literal(out, bytes[at]);
    for (const end = at + step; at < end; at += 1) remember(at);
  }
  literal(out, 256);
  return out.end();

  function longest(at) {
    let best = { length: 0, distance: 0 };
    if (at + MIN > bytes.length) return best;
    let from = last.get(keyAt(at)) ?? -1;
    for (let tries = 0; from >= 0 && at - from <= WINDOW && tries < CHAIN; tries += 1, from = before[from]) {
      const length = sameFor(bytes, from, at);
      if (length > best.length) best = { length, distance: at - from };
    }
    return best;
  }
}
