import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type BlobStore, openBlobFolder } from './blobs.ts';

let folder: string;
let blobs: BlobStore;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fantwin-blobs-'));
  blobs = openBlobFolder(join(folder, 'blobs'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test('what was put is found, whole and in part, and nothing half written is left', async () => {
  const content = Buffer.from('0123456789');
  await Promise.all(Array.from({ length: 10 }, () => blobs.put('vrm/abc.vrm', content)));
  expect(await blobs.stat('vrm/abc.vrm')).toEqual({ bytes: 10 });
  expect(await buffer(blobs.get('vrm/abc.vrm'))).toEqual(content);
  expect((await buffer(blobs.get('vrm/abc.vrm', { start: 2, end: 4 }))).toString()).toBe('234');
  expect(await readdir(join(folder, 'blobs/vrm'))).toEqual(['abc.vrm']);
});

test('what is not there is undefined, and reading it fails', async () => {
  expect(await blobs.stat('vrm/none')).toBeUndefined();
  await expect(buffer(blobs.get('vrm/none'))).rejects.toThrow('ENOENT');
  await blobs.put('vrm/abc', Buffer.from('x'));
  expect(await blobs.stat('vrm')).toBeUndefined();
});

test('no key leads out of the folder', async () => {
  await writeFile(join(folder, 'outside'), 'secret');
  const keys = [
    '../outside',
    'a/../../outside',
    '/etc/passwd',
    'a//b',
    '.hidden',
    'a/.hidden',
    'A',
    '',
    'a\0b',
    'a/',
    'x'.repeat(201),
  ];
  for (const key of keys) {
    await expect(blobs.stat(key)).rejects.toThrow('not a key');
    await expect(blobs.put(key, Buffer.from('x'))).rejects.toThrow('not a key');
    expect(() => blobs.get(key)).toThrow('not a key');
  }
});
