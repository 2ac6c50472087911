import { Kysely, type Migration, Migrator, PostgresDialect, type PostgresPool } from 'kysely';
import pg from 'pg';
import * as accounts from './migrations/0001-accounts.ts';
import * as conversations from './migrations/0002-conversations.ts';
import * as guardian from './migrations/0003-guardian.ts';
import type { Tables } from './schema.ts';

export type Db = Kysely<Tables>;

/** In order of their names, which never change once released. */
const migrations: Record<string, Migration> = {
  '0001-accounts': accounts,
  '0002-conversations': conversations,
  '0003-guardian': guardian,
};

const INT8 = 20;
pg.types.setTypeParser(INT8, Number); // instants and costs stay far below 2^53

/** A pool that gives up on a connection after 3 s and on a statement after 10 s. The caller ends it. */
export function postgresPool(url: string, max = 10): pg.Pool {
  return new pg.Pool({ connectionString: url, max, connectionTimeoutMillis: 3_000, statement_timeout: 10_000 });
}

export function openDb(pool: PostgresPool): Db {
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
}

/** Safe to run from several servers at once: Kysely takes a lock. */
export async function migrate(db: Db): Promise<void> {
  const { error } = await migrator(db).migrateToLatest();
  if (error) throw error instanceof Error ? error : new Error('migration failed', { cause: error });
}

export function migrator(db: Db): Migrator {
  return new Migrator({ db, provider: { getMigrations: () => Promise.resolve(migrations) } });
}
