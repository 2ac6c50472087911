import { createHmac, randomBytes } from 'node:crypto';
import { postgresPool } from './db/open-db.ts';
import { openDataDir } from './platform/embedded/data-dir.ts';
import { EmbeddedPostgres } from './platform/embedded/embedded-postgres.ts';
import { EmbeddedRedis } from './platform/embedded/embedded-redis.ts';

type Options = {
  outside?: { databaseUrl: string; redisUrl: string };
  dataDir: string;
  sessionSecret?: string;
  workersUrl: URL;
  /** A store that runs inside this server died. */
  onFailure: (error: Error) => void;
};

export type OpenStores = {
  pool: EmbeddedPostgres['pool'];
  redisUrl: string;
  sessionSecret: string;
  /** The same at every start: kept in the data folder, or made from the secret that all servers share. */
  keptSecret: (name: string) => string;
  close: () => Promise<void>;
};

/** Postgres and Redis: those of the settings, or embedded ones under `dataDir`. */
export async function openStores({ outside, ...options }: Options): Promise<OpenStores> {
  if (outside) {
    const pool = postgresPool(outside.databaseUrl);
    const sessionSecret = options.sessionSecret;
    if (!sessionSecret) throw new Error('SESSION_SECRET is missing');
    const keptSecret = (name: string) =>
      createHmac('sha256', sessionSecret).update(name).digest('base64url').slice(0, 16);
    return { pool, redisUrl: outside.redisUrl, sessionSecret, keptSecret, close: () => pool.end() };
  }
  const dir = openDataDir(options.dataDir);
  const { workersUrl, onFailure } = options;
  const [postgres, redis] = await Promise.all([
    EmbeddedPostgres.start({ dir: dir.db, workersUrl, onFailure }),
    EmbeddedRedis.start({ dir: dir.redis, workersUrl, onFailure }),
  ]);
  return {
    pool: postgres.pool,
    redisUrl: redis.url,
    sessionSecret: options.sessionSecret ?? dir.secret('session'),
    keptSecret: (name) => dir.secret(name, () => randomBytes(12).toString('base64url')),
    async close() {
      await Promise.all([postgres.close(), redis.close()]);
      dir.close();
    },
  };
}
