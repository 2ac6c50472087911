/* Opens a data folder and writes to both stores until it is killed; prints the number of each row that was acknowledged. */
import { Redis } from 'ioredis';
import { openDataDir } from '../../src/platform/embedded/data-dir.ts';
import { EmbeddedPostgres } from '../../src/platform/embedded/embedded-postgres.ts';
import { EmbeddedRedis } from '../../src/platform/embedded/embedded-redis.ts';

const data = openDataDir(process.argv[2] as string);
const onFailure = (error: Error) => {
  throw error;
};
const workersUrl = new URL('./', import.meta.url);
const postgres = await EmbeddedPostgres.start({ dir: data.db, workersUrl, onFailure });
const redisServer = await EmbeddedRedis.start({ dir: data.redis, workersUrl, onFailure });
const redis = new Redis(redisServer.url);
await redis.set('early', 'kept');
await postgres.pool.query('create table if not exists written (n integer primary key)');

for (let n = 1; ; n += 1) {
  await postgres.pool.query('insert into written (n) values ($1)', [n]);
  process.stdout.write(`${n}\n`);
}
