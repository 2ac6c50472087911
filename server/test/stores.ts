import { randomBytes } from 'node:crypto';
import { Redis } from 'ioredis';
import pg from 'pg';
import { migrate, openDb, postgresPool } from '../src/db/open-db.ts';

const postgresUrl = process.env.TEST_DATABASE_URL ?? 'postgres://root@127.0.0.1:5432/test';
const redisUrl = process.env.TEST_REDIS_URL ?? 'redis://127.0.0.1:6379';

export type TestStores = Awaited<ReturnType<typeof openTestStores>>;

/**
 * A fresh, migrated database and a Redis prefix that nobody else uses. `close` drops both; nothing outside of them
 * is touched. `databaseUrl`, `redisUrl` and `prefix` are what a server in another process needs to use the same.
 */
export async function openTestStores() {
  const name = `test_${randomBytes(6).toString('hex')}`;
  await asOwner(`create database ${name}`);
  const databaseUrl = withDatabase(postgresUrl, name);
  const pool = postgresPool(databaseUrl);
  pool.on('error', () => undefined); // an idle connection that a test cut
  const db = openDb(pool);
  await migrate(db);

  const prefix = `${name}:`;
  const clients: Redis[] = [];
  /** One more connection, closed with the rest. */
  const redis = (url = redisUrl): Redis => {
    const client = new Redis(url);
    clients.push(client);
    return client;
  };

  async function close(): Promise<void> {
    await db.destroy();
    await asOwner(`drop database if exists ${name} with (force)`);
    for (const client of clients) client.disconnect();
    await deleteKeys(`${prefix}*`);
  }

  return { db, pool, redis, prefix, databaseUrl, redisUrl, close };
}

async function asOwner(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: postgresUrl });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

async function deleteKeys(pattern: string): Promise<void> {
  const redis = new Redis(redisUrl);
  try {
    for await (const keys of redis.scanStream({ match: pattern, count: 1000 })) {
      if (keys.length > 0) await redis.del(...(keys as string[]));
    }
  } finally {
    redis.disconnect();
  }
}

function withDatabase(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
}
