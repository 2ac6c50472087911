import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { Redis } from 'ioredis';
import { z } from 'zod';
import { startValkey } from './valkey.ts';

const saveEveryMs = 2000;

if (!parentPort) throw new Error('This file runs in a worker thread');
const parent = parentPort;
const { dir, password } = z.object({ dir: z.string(), password: z.string() }).parse(workerData);

mkdirSync(dir, { recursive: true, mode: 0o700 });
for (const name of readdirSync(dir)) {
  if (/^temp-.*\.rdb$/.test(name)) rmSync(join(dir, name)); // a save that a kill cut short
}

const dump = join(dir, 'dump.rdb');
const valkey = await startValkey(dir).catch((error: unknown) => {
  if (!existsSync(dump)) throw error;
  renameSync(dump, `${dump}.unreadable`); // what lasts is in Postgres: an empty Redis is better than none
  return startValkey(dir);
});
const redis = new Redis({ host: '127.0.0.1', port: valkey.port, maxRetriesPerRequest: 1, commandTimeout: 30_000 });
redis.on('error', () => undefined); // each command reports its own
await redis.config('SET', 'maxmemory', '768mb', 'maxmemory-policy', 'noeviction', 'loglevel', 'warning');
await redis.config('SET', 'requirepass', password);

async function saveIfChanged(): Promise<void> {
  const persistence = await redis.info('persistence');
  if (!persistence.includes('rdb_changes_since_last_save:0\r')) await redis.save();
}

let saving = Promise.resolve();
const timer = setInterval(() => {
  saving = saving.then(saveIfChanged).catch((error: unknown) => console.error('Redis could not be saved:', error)); // oxlint-disable-line no-console
}, saveEveryMs);

parent.on('message', () => {
  clearInterval(timer);
  void saving
    .then(saveIfChanged)
    .then(() => process.exit(0))
    .catch(() => process.exit(1));
});
parent.postMessage({ port: valkey.port });
