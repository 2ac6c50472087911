import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type S3Double, startS3Double } from '../../test/doubles/s3-double.ts';
import { waitFor } from '../../test/fan.ts';
import { AppError } from '../core/errors.ts';
import { openS3Blobs } from './blobs-s3.ts';
import type { BlobStore } from './blobs.ts';

const KEY = 'vrm/abc.vrm';
const content = randomBytes(300_000);
const unavailable = { code: 'unavailable', retryAfterMs: 2_000 };

let s3: S3Double;
let blobs: BlobStore;
beforeEach(async () => {
  s3 = await startS3Double();
  blobs = await openS3Blobs(s3, { connectMs: 300, idleMs: 300 });
  s3.objects.set(KEY, content);
});
afterEach(() => s3.close());

test('everything is signed, no ACL opens it, and an S3 that is not Amazon is not told how to encrypt', async () => {
  await blobs.put('a/b', content);
  expect(s3.objects.get('a/b')).toEqual(content);
  await buffer(blobs.get('a/b', { start: 5, end: 9 }));
  await blobs.stat('a/b');
  expect(s3.requests).toEqual([
    { method: 'PUT', key: 'a/b' },
    { method: 'GET', key: 'a/b', range: 'bytes=5-9' },
    { method: 'HEAD', key: 'a/b' },
  ]);
  expect((await fetch(`${s3.endpoint}/${s3.bucket}/a/b`)).status).toBe(403); // the double does look
});

test('Amazon is told to encrypt', async () => {
  vi.stubEnv('AWS_ENDPOINT_URL_S3', s3.endpoint); // where the SDK then finds Amazon
  const { bucket, region, credentials } = s3;
  const amazon = await openS3Blobs({ bucket, region, credentials });
  await amazon.put('a', content);
  vi.unstubAllEnvs();
  expect(s3.requests).toEqual([{ method: 'PUT', key: 'a', encryption: 'AES256' }]);
});

test('wrong keys, a wrong bucket and a wrong region are told in the cause, not to the one who asked', async () => {
  const { credentials } = s3;
  const wrong = [
    [{ credentials: { ...credentials, secretAccessKey: 'another' } }, 'SignatureDoesNotMatch'],
    [{ credentials: { ...credentials, accessKeyId: 'another' } }, 'InvalidAccessKeyId'],
    [{ bucket: 'another' }, 'NoSuchBucket'],
    [{ region: 'another' }, 'AuthorizationHeaderMalformed'],
  ] as const;
  for (const [change, code] of wrong) {
    const other = await openS3Blobs({ ...s3, ...change });
    const error = await other.put('a', content).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(AppError);
    expect(error).toMatchObject({ ...unavailable, cause: { name: code } });
    expect((error as AppError).message).not.toContain(code);
  }
  expect(s3.objects.size).toBe(1);
});

test('a moment of 503 or silence is tried again; a long one is unavailable, within its time', async () => {
  s3.misbehave({ kind: 'status', status: 503 }, { kind: 'silent' });
  await blobs.put('a', content);
  expect(s3.objects.get('a')).toEqual(content);

  for (const bad of [{ kind: 'status', status: 503, times: 9 } as const, { kind: 'silent', times: 9 } as const]) {
    s3.misbehave(bad);
    const startedAt = performance.now();
    await expect(blobs.stat(KEY)).rejects.toMatchObject(unavailable);
    await expect(blobs.put('b', content)).rejects.toMatchObject(unavailable);
    await expect(buffer(blobs.get(KEY))).rejects.toMatchObject(unavailable);
    expect(performance.now() - startedAt).toBeLessThan(10_000);
  }
  s3.misbehave();
  expect(await blobs.stat(KEY)).toEqual({ bytes: content.length });
  await s3.close();
  await expect(blobs.stat(KEY)).rejects.toMatchObject(unavailable);
});

test('a body that breaks off or stops is a failure, never a shorter file', async () => {
  for (const kind of ['cut', 'stall'] as const) {
    s3.misbehave({ kind, afterBytes: 100_000 });
    await expect(buffer(blobs.get(KEY)), kind).rejects.toMatchObject(unavailable);
  }
  s3.misbehave({ kind: 'slow', pieceBytes: 60_000, pauseMs: 150 }); // longer than the limit in all, but never silent
  expect(await buffer(blobs.get(KEY))).toEqual(content);
});

test('a reader who goes away, before or in the middle, frees the connection', async () => {
  s3.misbehave({ kind: 'stall', afterBytes: 1_000, times: 2 });
  const early = blobs.get(KEY);
  early.destroy();
  const late = blobs.get(KEY);
  await once(late, 'readable');
  late.destroy();
  await waitFor(() => s3.open() === 0, 'nothing is open', 250);
});
