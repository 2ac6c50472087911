import { closeGlbText, frameGlb, openGlb } from './glb-edit.ts';
import type { HostileFile } from './hostile-file.ts';

/** Files whose frame or text is wrong, before anything in them means something. */
export function brokenFrames(good: Uint8Array): HostileFile[] {
  const bytes = (edit: (copy: Buffer) => void): Buffer => {
    const copy = Buffer.from(good);
    edit(copy);
    return copy;
  };
  const { json, bin } = openGlb(good);
  const text = JSON.stringify(json);
  const jsonChunk = { type: 'JSON', data: Buffer.from(text.padEnd(Math.ceil(text.length / 4) * 4)) };
  const binChunk = { type: 'BIN\0', data: bin };
  const retext = (from: string, to: string): Buffer => {
    if (!text.includes(from)) throw new Error(`nothing to replace: ${from}`);
    return closeGlbText(text.replace(from, to), bin);
  };
  const open = '{"asset":{';
  return [
    { name: 'nothing', file: Buffer.alloc(0), code: 'file-too-short' },
    { name: 'a header alone', file: good.slice(0, 20), code: 'file-too-short' },
    { name: 'a page', file: Buffer.from('<!doctype html><script>alert(1)</script>'), code: 'not-glb' },
    { name: 'an archive', file: bytes((copy) => copy.write('PK\x03\x04', 0, 'latin1')), code: 'not-glb' },
    { name: 'a text glTF', file: Buffer.from(text), code: 'not-glb' },
    { name: 'glTF 1', file: bytes((copy) => copy.writeUInt32LE(1, 4)), code: 'glb-version' },
    { name: 'an upload cut off', file: good.slice(0, good.length - 100), code: 'glb-length' },
    { name: 'something hidden behind the end', file: Buffer.concat([good, Buffer.alloc(64, 1)]), code: 'glb-length' },
    { name: 'a length of 4 GB', file: bytes((copy) => copy.writeUInt32LE(0xffffffff, 8)), code: 'glb-length' },
    { name: 'a chunk of 4 GB', file: bytes((copy) => copy.writeUInt32LE(0xfffffffc, 12)), code: 'glb-chunk-length' },
    {
      name: 'a chunk of an odd length',
      file: bytes((copy) => copy.writeUInt32LE(copy.readUInt32LE(12) - 1, 12)),
      code: 'glb-alignment',
    },
    { name: 'binary first', file: frameGlb([binChunk, jsonChunk]), code: 'glb-chunks' },
    { name: 'no binary', file: frameGlb([jsonChunk]), code: 'glb-chunks' },
    { name: 'JSON twice', file: frameGlb([jsonChunk, jsonChunk]), code: 'glb-chunks' },
    { name: 'a second JSON behind', file: frameGlb([jsonChunk, binChunk, jsonChunk]), code: 'glb-chunks' },
    {
      name: 'an unknown chunk',
      file: frameGlb([jsonChunk, binChunk, { type: 'EVIL', data: bin }]),
      code: 'glb-chunks',
    },
    { name: 'JSON of 2 MB', file: closeGlbText(text.padEnd(2 * 1024 * 1024 + 4), bin), code: 'json-too-large' },
    {
      name: 'text that is not UTF-8',
      file: closeGlbText(Buffer.from('{"a":"\xff"}', 'latin1'), bin),
      code: 'json-encoding',
    },
    { name: 'a million brackets', file: closeGlbText('['.repeat(1_000_000), bin), code: 'json-too-deep' },
    { name: 'half a JSON', file: closeGlbText(text.slice(0, -10), bin), code: 'json-broken' },
    { name: 'a list for a model', file: closeGlbText('[]', bin), code: 'json-broken' },
    { name: 'a prototype', file: retext(open, `{"__proto__":{"x":1},"asset":{`), code: 'json-key', pointer: '' },
    {
      name: 'an infinite number',
      file: retext('"scene":0', '"scene":1e999'),
      code: 'json-shape',
      pointer: '/scene',
    },
    {
      name: 'a list without end',
      file: retext(open, `{"extras":[${'0,'.repeat(20_000)}0],"asset":{`),
      code: 'too-many-entries',
    },
  ];
}
