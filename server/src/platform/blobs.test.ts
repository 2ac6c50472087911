import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type S3Double, startS3Double } from '../../test/doubles/s3-double.ts';
import { openS3Blobs } from './blobs-s3.ts';
import { type BlobStore, openBlobFolder } from './blobs.ts';

let folder: string;
let s3: S3Double;
let blobs: BlobStore;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fantwin-blobs-'));
  s3 = await startS3Double();
});
afterEach(async () => {
  await s3.close();
  await rm(folder, { recursive: true, force: true });
});

describe.each([
  ['a folder', () => openBlobFolder(join(folder, 'blobs'))],
  ['a bucket', () => openS3Blobs(s3)],
  ['a part of a bucket', () => openS3Blobs({ ...s3, prefix: 'fan/twin' })],
])('in %s', (_where, open) => {
  beforeEach(async () => {
    blobs = await open();
  });

  test('what was put is found, whole and in part', async () => {
    const content = Buffer.from('0123456789');
    await Promise.all(Array.from({ length: 10 }, () => blobs.put('vrm/abc.vrm', content)));
    expect(await blobs.stat('vrm/abc.vrm')).toEqual({ bytes: 10 });
    expect(await buffer(blobs.get('vrm/abc.vrm'))).toEqual(content);
    const part = async (start: number, end: number) =>
      (await buffer(blobs.get('vrm/abc.vrm', { start, end }))).toString();
    expect(await part(2, 4)).toBe('234');
    expect(await part(0, 0)).toBe('0');
    expect(await part(7, 99)).toBe('789');
    await blobs.put('empty', Buffer.alloc(0));
    expect(await blobs.stat('empty')).toEqual({ bytes: 0 });
    expect(await buffer(blobs.get('empty'))).toHaveLength(0);
  });

  test('what is not there is undefined, and reading it fails', async () => {
    expect(await blobs.stat('vrm/none')).toBeUndefined();
    await expect(buffer(blobs.get('vrm/none'))).rejects.toThrow(/ENOENT|no such blob/);
    await blobs.put('vrm/abc', Buffer.from('x'));
    expect(await blobs.stat('vrm')).toBeUndefined();
  });

  test('no key leads out of it', async () => {
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
});

test('a folder keeps nothing half written', async () => {
  blobs = openBlobFolder(join(folder, 'blobs'));
  await Promise.all(Array.from({ length: 10 }, () => blobs.put('vrm/abc.vrm', Buffer.alloc(100_000))));
  expect(await readdir(join(folder, 'blobs/vrm'))).toEqual(['abc.vrm']);
});

test('a folder is trimmed by age and size, the oldest first, and only where it is told', async () => {
  blobs = openBlobFolder(join(folder, 'blobs'));
  expect(await blobs.trim?.('speech', { maxBytes: 1, maxAgeMs: 1 })).toBe(0);
  const put = async (key: string, ageMs: number) => {
    await blobs.put(key, Buffer.alloc(100));
    const at = new Date(Date.now() - ageMs);
    await utimes(join(folder, 'blobs', key), at, at);
  };
  for (const [n, ageMs] of [50_000, 40_000, 30_000, 20_000, 10_000].entries()) await put(`speech/said/${n}`, ageMs);
  await put('vrm/old', 90_000);
  expect(await blobs.trim?.('speech', { maxBytes: 10_000, maxAgeMs: 45_000 })).toBe(1);
  expect(await blobs.trim?.('speech', { maxBytes: 250, maxAgeMs: 45_000 })).toBe(2);
  expect((await readdir(join(folder, 'blobs/speech/said'))).toSorted()).toEqual(['3', '4']);
  expect(await blobs.stat('vrm/old')).toEqual({ bytes: 100 });
});
