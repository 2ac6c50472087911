import { chmodSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDataDir } from '../../src/platform/embedded/data-dir.ts';
import { buildWorkers, temporaryDir } from './built-workers.ts';
import { killWriter } from './kill-writer.ts';

const mode = (path: string) => (statSync(path).mode & 0o777).toString(8);
let dir: ReturnType<typeof temporaryDir>;
beforeEach(() => {
  dir = temporaryDir();
});
afterEach(() => dir.remove());

test('only its owner can read the folder and the secrets', () => {
  chmodSync(dir.path, 0o755);
  const data = openDataDir(dir.path);
  data.secret('key');
  expect([dir.path, data.db, data.redis, data.blobs, data.models].map(mode)).toEqual([
    '700',
    '700',
    '700',
    '700',
    '700',
  ]);
  expect(mode(join(dir.path, 'secrets.json'))).toBe('600');
  data.close();
});

test('a secret is made once and is the same after a restart', () => {
  const first = openDataDir(dir.path);
  const key = first.secret('accessTokenKey');
  expect(Buffer.from(key, 'base64url')).toHaveLength(32);
  expect(first.secret('accessTokenKey')).toBe(key);
  expect(first.secret('demoPassword', () => 'made')).toBe('made');
  first.close();
  const second = openDataDir(dir.path);
  expect(second.secret('accessTokenKey')).toBe(key);
  expect(second.secret('demoPassword', () => 'other')).toBe('made');
  second.close();
});

test('a secrets file that someone broke is not silently replaced', () => {
  writeFileSync(join(dir.path, 'secrets.json'), '{"key":');
  expect(() => openDataDir(dir.path)).toThrow(/secrets\.json cannot be read/);
  expect(readFileSync(join(dir.path, 'secrets.json'), 'utf8')).toBe('{"key":');
});

test('a second server on the same folder is told who holds it', async () => {
  const { holder } = await buildWorkers();
  await killWriter(holder, dir.path, 0, async () => {
    expect(() => openDataDir(dir.path)).toThrow(/Another server \(process \d+\) uses .*set DATA_DIR/);
  });
  openDataDir(dir.path).close(); // its holder was killed: the lock is stale
  expect(readdirSync(dir.path)).not.toContain('server.lock');
});

test('within one process a second opening is refused as well', () => {
  const data = openDataDir(dir.path);
  expect(() => openDataDir(dir.path)).toThrow(/Another server/);
  data.close();
  openDataDir(dir.path).close();
});

test('a lock whose process number now belongs to another process is stale', () => {
  writeFileSync(join(dir.path, 'server.lock'), JSON.stringify({ pid: process.ppid, startedAt: 'an earlier life' }));
  const data = openDataDir(dir.path);
  expect(JSON.parse(readFileSync(join(dir.path, 'server.lock'), 'utf8'))).toMatchObject({ pid: process.pid });
  data.close();
});
