// Writes a glTF file in its binary form. Numbers are rounded first, so that the bytes do not hang on the last digit of a
// machine's sine.

const round = (value) => Math.round(value * 1e5) / 1e5 + 0;
const align = (length) => Math.ceil(length / 4) * 4;

function chunk(data, type) {
  const start = Buffer.alloc(8);
  start.writeUInt32LE(data.length, 0);
  start.write(type, 4, 'latin1');
  return [start, data];
}

export class GlbWriter {
  json = { asset: { version: '2.0', generator: 'FanTwin make-avatar' }, bufferViews: [], accessors: [] };
  #chunks = [];
  #length = 0;

  view(bytes, target) {
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const padded = Buffer.alloc(align(buffer.length));
    buffer.copy(padded);
    this.#chunks.push(padded);
    const view = { buffer: 0, byteOffset: this.#length, byteLength: buffer.length, ...(target && { target }) };
    this.#length += padded.length;
    return this.json.bufferViews.push(view) - 1;
  }

  #accessor(fields) {
    return this.json.accessors.push(fields) - 1;
  }

  /** `type`: VEC3 or MAT4. Positions need their bounds. */
  floats(rows, type, { bounds = false, target = 34962 } = {}) {
    const size = rows[0].length;
    const array = Float32Array.from(rows.flat(), round);
    const range = (pick) =>
      Array.from({ length: size }, (_, at) => pick(...rows.map((row) => Math.fround(round(row[at])))));
    return this.#accessor({
      bufferView: this.view(array, target),
      componentType: 5126,
      count: rows.length,
      type,
      ...(bounds && { min: range(Math.min), max: range(Math.max) }),
    });
  }

  /** Moved vertices only: a morph target of a face leaves most of it where it is. */
  sparse(rows) {
    const moved = rows.flatMap((row, index) => (row.some((value) => round(value) !== 0) ? [index] : []));
    const range = (pick) => [0, 1, 2].map((at) => pick(0, ...rows.map((row) => Math.fround(round(row[at])))));
    const fields = {
      componentType: 5126,
      count: rows.length,
      type: 'VEC3',
      min: range(Math.min),
      max: range(Math.max),
    };
    if (moved.length === 0) return this.#accessor(fields);
    const values = Float32Array.from(
      moved.flatMap((index) => rows[index]),
      round,
    );
    return this.#accessor({
      ...fields,
      sparse: {
        count: moved.length,
        indices: { bufferView: this.view(Uint16Array.from(moved)), componentType: 5123 },
        values: { bufferView: this.view(values) },
      },
    });
  }

  /** Places on a picture, from 0 to 1. */
  places(rows) {
    return this.#accessor({
      bufferView: this.view(
        Uint16Array.from(rows.flat(), (value) => Math.round(value * 65535)),
        34962,
      ),
      componentType: 5123,
      count: rows.length,
      type: 'VEC2',
      normalized: true,
    });
  }

  bytes(rows, normalized) {
    return this.#accessor({
      bufferView: this.view(Uint8Array.from(rows.flat()), 34962),
      componentType: 5121,
      count: rows.length,
      type: 'VEC4',
      ...(normalized && { normalized }),
    });
  }

  indices(list) {
    return this.#accessor({
      bufferView: this.view(Uint16Array.from(list), 34963),
      componentType: 5123,
      count: list.length,
      type: 'SCALAR',
    });
  }

  end() {
    const body = Buffer.concat(this.#chunks);
    this.json.buffers = [{ byteLength: body.length }];
    const text = Buffer.from(JSON.stringify(this.json), 'utf8');
    const head = Buffer.alloc(align(text.length), 0x20);
    text.copy(head);
    const header = Buffer.alloc(12);
    header.write('glTF', 0, 'latin1');
    header.writeUInt32LE(2, 4);
    header.writeUInt32LE(12 + 8 + head.length + 8 + body.length, 8);
    return Buffer.concat([header, ...chunk(head, 'JSON'), ...chunk(body, 'BIN\0')]);
  }
}
