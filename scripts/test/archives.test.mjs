import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateRawSync, gzipSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { tarMember, zipMember } from '../lib/archives.mjs';

const dir = mkdtempSync(join(tmpdir(), 'fantwin-archives-'));
afterAll(() => rmSync(dir, { recursive: true }));

const model = Buffer.concat([randomBytes(1_000_003), Buffer.alloc(500_000, 'a')]);
const members = {
  'package/readme': Buffer.alloc(1300, 'r'),
  'package/empty': Buffer.alloc(0),
  'package/model.part': model,
  'package/last': Buffer.from('z'),
};

function tar(/** @type {Record<string, Buffer>} */ files) {
  const blocks = Object.entries(files).flatMap(([name, content]) => {
    const header = Buffer.alloc(512);
    header.write(name);
    header.write(content.length.toString(8).padStart(11, '0'), 124);
    return [header, content, Buffer.alloc((512 - (content.length % 512)) % 512)];
  });
  return Buffer.concat([...blocks, Buffer.alloc(1024)]);
}

function zip(/** @type {Record<string, Buffer>} */ files, /** @type {0 | 8} */ method) {
  const [local, central] = [/** @type {Buffer[]} */ ([]), /** @type {Buffer[]} */ ([])];
  let at = 0;
  for (const [name, content] of Object.entries(files)) {
    const stored = method === 8 ? deflateRawSync(content) : content;
    const header = Buffer.alloc(30);
    header.write('PK\x03\x04', 'latin1');
    header.writeUInt16LE(name.length, 26);
    const entry = Buffer.alloc(46);
    entry.write('PK\x01\x02', 'latin1');
    entry.writeUInt16LE(method, 10);
    entry.writeUInt32LE(stored.length, 20);
    entry.writeUInt16LE(name.length, 28);
    entry.writeUInt32LE(at, 42);
    local.push(header, Buffer.from(name), stored);
    central.push(entry, Buffer.from(name));
    at += 30 + name.length + stored.length;
  }
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt32LE(Buffer.concat(central).length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...local, ...central, end]);
}

function write(/** @type {string} */ name, /** @type {Buffer} */ content) {
  const path = join(dir, name);
  writeFileSync(path, content);
  return path;
}

async function collect(/** @type {AsyncIterable<Buffer>} */ chunks) {
  const all = [];
  for await (const chunk of chunks) all.push(chunk);
  return Buffer.concat(all);
}

test.each([0, 8])('a member of a zip comes out whole (method %d)', async (method) => {
  const path = write(`${method}.zip`, zip(members, /** @type {0 | 8} */ (method)));
  expect((await collect(zipMember(path, 'model.part'))).equals(model)).toBe(true);
  await expect(collect(zipMember(path, 'nothing'))).rejects.toThrow(/holds no nothing/);
});

test('a member of a gzipped tar comes out whole, wherever the chunks were cut', async () => {
  const path = write('whole.tgz', gzipSync(tar(members)));
  expect((await collect(tarMember(path, 'model.part'))).equals(model)).toBe(true);
  expect((await collect(tarMember(path, 'last'))).toString()).toBe('z');
  await expect(collect(tarMember(path, 'nothing'))).rejects.toThrow(/holds no nothing/);
});

test('an archive that is cut short, or none at all, is an error', async () => {
  const whole = gzipSync(tar(members));
  await expect(collect(tarMember(write('cut.tgz', whole.subarray(0, 600_000)), 'model.part'))).rejects.toThrow(
    /unexpected end/,
  );
  await expect(
    collect(tarMember(write('short.tgz', gzipSync(tar(members).subarray(0, 600_000))), 'model.part')),
  ).rejects.toThrow(/is cut short/);
  await expect(collect(zipMember(write('no.zip', Buffer.alloc(5000, 'n')), 'model.part'))).rejects.toThrow(/is no zip/);
});
