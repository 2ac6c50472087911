import { VRM_MAX_BYTES } from '@fantwin/shared/limits';
import { measureJson } from './json-size.ts';
import type { Pacer } from '../../core/pacer.ts';
import type { Report } from './report.ts';
import { vrmLimits } from './vrm-limits.ts';

export type Glb = { json: Record<string, unknown>; bin: Uint8Array };
type Chunk = { type: number; at: number; bytes: number };

const MAGIC = 0x46546c67; // glTF
const JSON_CHUNK = 0x4e4f534a;
const BIN_CHUNK = 0x004e4942;
const HEADER_BYTES = 12;
const CHUNK_HEADER_BYTES = 8;
const again = 'Export the model again and upload the new file.';

/** Splits a binary glTF into its JSON and its bytes. Nothing: the report says why. */
export async function readGlb(file: Uint8Array, report: Report, pacer: Pacer): Promise<Glb | undefined> {
  const chunks = readFrame(file, report);
  const [jsonChunk, binChunk] = chunks ?? [];
  if (!jsonChunk || !binChunk) return undefined;
  const text = readText(file.subarray(jsonChunk.at, jsonChunk.at + jsonChunk.bytes), report);
  await pacer.rest();
  const json = text === undefined ? undefined : parseJson(text, report);
  await pacer.rest();
  return json && { json, bin: file.subarray(binChunk.at, binChunk.at + binChunk.bytes) };
}

function readFrame(file: Uint8Array, report: Report): Chunk[] | undefined {
  if (file.length > VRM_MAX_BYTES) {
    const megabytes = VRM_MAX_BYTES / 1024 / 1024;
    report.error('file-too-large', `The file is larger than ${megabytes} MB. Reduce its textures or its mesh.`);
    return undefined;
  }
  if (file.length < HEADER_BYTES + 2 * CHUNK_HEADER_BYTES) {
    report.error('file-too-short', `The file is too short to be a model: the upload may have been cut off. ${again}`);
    return undefined;
  }
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  if (view.getUint32(0, true) !== MAGIC) {
    report.error('not-glb', `This is not a VRM file${guess(file)}. Choose the .vrm file that your editor exported.`);
    return undefined;
  }
  if (view.getUint32(4, true) !== 2) {
    report.error('glb-version', 'The file is not binary glTF version 2. Export it again with a current editor.');
    return undefined;
  }
  const declared = view.getUint32(8, true);
  if (declared !== file.length) {
    const how = declared > file.length ? 'shorter: it was cut off on its way' : 'longer: something was added to it';
    report.error('glb-length', `The file says that it has ${declared} bytes, but it is ${how}. ${again}`);
    return undefined;
  }
  return readChunks(view, report);
}

/** Exactly two: JSON, then binary. */
function readChunks(view: DataView, report: Report): Chunk[] | undefined {
  const chunks: Chunk[] = [];
  const wanted = [JSON_CHUNK, BIN_CHUNK];
  for (let at = HEADER_BYTES; at < view.byteLength; ) {
    const left = view.byteLength - at - CHUNK_HEADER_BYTES;
    const bytes = left >= 0 ? view.getUint32(at, true) : 0;
    if (left < 0 || bytes > left) {
      report.error('glb-chunk-length', `A part of the file reaches beyond its end: the file is damaged. ${again}`);
      return undefined;
    }
    if (bytes % 4 !== 0) {
      report.error('glb-alignment', `A part of the file does not fill whole groups of 4 bytes. ${again}`);
      return undefined;
    }
    const type = view.getUint32(at + 4, true);
    if (type !== wanted[chunks.length]) break;
    chunks.push({ type, at: at + CHUNK_HEADER_BYTES, bytes });
    at += CHUNK_HEADER_BYTES + bytes;
  }
  const last = chunks.at(-1);
  if (chunks.length === 2 && last && last.at + last.bytes === view.byteLength) return chunks;
  report.error(
    'glb-chunks',
    `A VRM file is one part of JSON and then one part of binary data; this one differs. ${again}`,
  );
  return undefined;
}

/** The JSON, known to be fit for a parser. */
function readText(bytes: Uint8Array, report: Report): string | undefined {
  if (bytes.length > vrmLimits.jsonBytes) {
    const message = 'The description of the model (JSON) is larger than 2 MB. Remove unused bones, morphs and objects.';
    report.error('json-too-large', message);
    return undefined;
  }
  const fault = measureJson(bytes);
  if (fault) {
    report.error(...fault);
    return undefined;
  }
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    report.error('json-encoding', `The description of the model (JSON) is not valid UTF-8 text. ${again}`);
    return undefined;
  }
}

function parseJson(text: string, report: Report): Record<string, unknown> | undefined {
  try {
    const json: unknown = JSON.parse(text);
    if (typeof json === 'object' && json !== null && !Array.isArray(json)) return json as Record<string, unknown>;
  } catch {
    // told below
  }
  report.error('json-broken', `The description of the model (JSON) cannot be read. ${again}`);
  return undefined;
}

function guess(file: Uint8Array): string {
  const start = Buffer.from(file.subarray(0, 20)).toString('latin1');
  if (start.startsWith('PK')) return ' but a ZIP archive: unpack it first';
  if (start.startsWith('Kaydara FBX')) return ' but an FBX file: convert it with UniVRM or Blender';
  if (/^\s*\{/.test(start)) return ' but a text file: export it as VRM, not as glTF';
  return '';
}
