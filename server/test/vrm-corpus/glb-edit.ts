const CHUNK_HEADER_BYTES = 8;
const HEADER_BYTES = 12;

export type Glb = { json: unknown; bin: Buffer };

/** Splits a good binary glTF. */
export function openGlb(file: Uint8Array): Glb {
  const bytes = Buffer.from(file);
  const jsonEnd = HEADER_BYTES + CHUNK_HEADER_BYTES + bytes.readUInt32LE(HEADER_BYTES);
  const json: unknown = JSON.parse(bytes.toString('utf8', HEADER_BYTES + CHUNK_HEADER_BYTES, jsonEnd));
  return { json, bin: bytes.subarray(jsonEnd + CHUNK_HEADER_BYTES) };
}

/** Any chunks in any order, whole or not. */
export function frameGlb(chunks: readonly { type: string; data: Uint8Array }[]): Buffer {
  const parts = chunks.flatMap(({ type, data }) => {
    const head = Buffer.alloc(CHUNK_HEADER_BYTES);
    head.writeUInt32LE(data.length, 0);
    head.write(type, 4, 'latin1');
    return [head, data];
  });
  const header = Buffer.alloc(HEADER_BYTES);
  header.write('glTF', 0, 'latin1');
  header.writeUInt32LE(2, 4);
  header.writeUInt32LE(
    parts.reduce((sum, part) => sum + part.length, HEADER_BYTES),
    8,
  );
  return Buffer.concat([header, ...parts]);
}

export const padded = (data: Uint8Array, filler = 0): Buffer =>
  Buffer.concat([data, Buffer.alloc((4 - (data.length % 4)) % 4, filler)]);

export const closeGlbText = (text: string | Uint8Array, bin: Uint8Array): Buffer =>
  frameGlb([
    { type: 'JSON', data: padded(Buffer.from(text), 0x20) },
    { type: 'BIN\0', data: padded(bin) },
  ]);

export const closeGlb = ({ json, bin }: Glb): Buffer => closeGlbText(JSON.stringify(json), bin);

type Parent = Record<string, unknown>;

function parentOf(json: unknown, pointer: string): { parent: Parent; key: string } {
  const keys = pointer
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
  const key = keys.pop() ?? '';
  const parent = keys.reduce((inside, step) => (inside as Parent)[step], json);
  if (typeof parent !== 'object' || parent === null) throw new Error(`nothing at ${pointer}`);
  return { parent: parent as Parent, key };
}

/** The value at a pointer (RFC 6901). */
export function at(json: unknown, pointer: string): unknown {
  const { parent, key } = parentOf(json, pointer);
  return parent[key];
}

export const numberAt = (json: unknown, pointer: string): number => Number(at(json, pointer));

export function listAt(json: unknown, pointer: string): unknown[] {
  const list = at(json, pointer);
  if (!Array.isArray(list)) throw new Error(`no list at ${pointer}`);
  return list;
}

/** Sets it; a last key of `-` appends to a list, `undefined` removes. */
export function put(json: unknown, pointer: string, value: unknown): void {
  const { parent, key } = parentOf(json, pointer);
  if (Array.isArray(parent) && key === '-') parent.push(value);
  else if (value === undefined) delete parent[key];
  else parent[key] = value;
}

/** Adds bytes to the binary part, with a view of them; its index. */
export function addView(glb: Glb, data: Uint8Array): number {
  const bin = padded(glb.bin);
  const views = listAt(glb.json, '/bufferViews');
  views.push({ buffer: 0, byteOffset: bin.length, byteLength: data.length });
  glb.bin = padded(Buffer.concat([bin, data]));
  put(glb.json, '/buffers/0/byteLength', glb.bin.length);
  return views.length - 1;
}
