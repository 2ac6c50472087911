import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type S3Double, startS3Double } from './doubles/s3-double.ts';
import { clientFolder, startTestApp, type TestApp } from './test-app.ts';

let vrm: Buffer;
let path: string;
beforeAll(async () => {
  vrm = await readFile(join(clientFolder, 'avatars/mira.vrm'));
  path = `/avatars/${createHash('sha256').update(vrm).digest('hex')}.vrm`;
});

const getAvatar = async (app: TestApp, headers: Record<string, string> = {}) => {
  const response = await fetch(app.url + path, { headers });
  return { status: response.status, headers: response.headers, body: Buffer.from(await response.arrayBuffer()) };
};

describe.each(['a folder', 'a bucket'])('an avatar in %s', (where) => {
  let s3: S3Double;
  let app: TestApp;
  beforeAll(async () => {
    s3 = await startS3Double();
    app = await startTestApp([], {}, where === 'a bucket' ? { ...s3.env, S3_PREFIX: 'demo' } : {});
  });
  afterAll(async () => {
    await app?.close();
    await s3.close();
  });

  test('is seeded once, and reaches browsers whole and in part', async () => {
    const another = await app.another(); // seeds again
    expect((await fetch(another.url + path, { method: 'HEAD' })).headers.get('content-length')).toBe(`${vrm.length}`);
    const puts = s3.requests.filter(({ method }) => method === 'PUT').map(({ key }) => key);
    const once = [...new Set(puts)].sort();
    expect(puts.toSorted(), 'each of the four files once').toEqual(once);
    expect(puts.length).toBe(where === 'a bucket' ? 4 : 0);
    if (where === 'a bucket') expect(puts).toContain(`demo/vrm/${path.slice('/avatars/'.length)}`);

    const whole = await getAvatar(app);
    expect(whole.status).toBe(200);
    expect(whole.body.equals(vrm)).toBe(true);
    const part = await getAvatar(app, { range: 'bytes=1000-1999' });
    expect([part.status, part.headers.get('content-range')]).toEqual([206, `bytes 1000-1999/${vrm.length}`]);
    expect(part.body.equals(vrm.subarray(1000, 2000))).toBe(true);
    const rest = await getAvatar(app, { range: `bytes=${vrm.length - 10}-` });
    expect(rest.body.equals(vrm.subarray(-10))).toBe(true);
    expect((await getAvatar(app, { range: `bytes=${vrm.length}-` })).status).toBe(416);
    expect(s3.requests.filter(({ fault }) => fault && fault !== 'NoSuchKey')).toEqual([]);
  });

  if (where === 'a bucket')
    test('a bucket that is away is an answer that nobody keeps; one that comes back works', async () => {
      s3.misbehave({ kind: 'status', status: 503, times: 3 });
      const refused = await getAvatar(app, { range: 'bytes=0-9' });
      expect([refused.status, JSON.parse(refused.body.toString()).error]).toEqual([
        503,
        expect.objectContaining({ code: 'unavailable', retryAfterMs: expect.any(Number) }),
      ]);
      expect(refused.headers.get('content-type')).toContain('application/json');
      expect(refused.headers.get('cache-control')).toBe('no-store');
      expect(refused.headers.get('etag')).not.toContain(/\w{64}/.exec(path)?.[0]);
      expect(refused.headers.get('content-range')).toBeNull();
      s3.misbehave({ kind: 'cut', afterBytes: 10_000 });
      await expect(getAvatar(app)).rejects.toThrow();
      expect((await getAvatar(app)).body.equals(vrm)).toBe(true);
    });
});
