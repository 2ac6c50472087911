import { Kysely, type Migration, Migrator, PostgresDialect, type PostgresPool, type PostgresPoolClient } from 'kysely';
import pg from 'pg';
import * as accounts from './migrations/0001-accounts.ts';
import * as conversations from './migrations/0002-conversations.ts';
import * as guardian from './migrations/0003-guardian.ts';
import * as studio from './migrations/0004-studio.ts';
import { AppError } from '../core/errors.ts';
import type { Tables } from './schema.ts';

export type Db = Kysely<Tables>;

/** In order of their names, which never change once released. */
const migrations: Record<string, Migration> = {
  '0001-accounts': accounts,
  '0002-conversations': conversations,
  '0003-guardian': guardian,
  '0004-studio': studio,
};

const INT8 = 20;
pg.types.setTypeParser(INT8, Number); // instants and costs stay far below 2^53

/** A pool that gives up on a connection after 3 s and on a statement after 10 s. The caller ends it. */
export function postgresPool(url: string, max = 10): pg.Pool {
  const pool = new pg.Pool({ connectionString: url, max, connectionTimeoutMillis: 3_000, statement_timeout: 10_000 });
  // A connection that breaks between two queries of a transaction tells nobody else; the next query then fails.
  pool.on('connect', (connection) => connection.on('error', () => undefined));
  return pool;
}

/** `onQuery` hears what each query took. */
export function openDb(pool: PostgresPool, onQuery?: (outcome: 'ok' | 'failed', seconds: number) => void): Db {
  return new Kysely<Tables>({
    dialect: new PostgresDialect({ pool: reachable(pool) }),
    ...(onQuery && {
      log: ({ level, queryDurationMillis }) => onQuery(level === 'query' ? 'ok' : 'failed', queryDurationMillis / 1000),
    }),
  });
}

/** The pool, where a connection that cannot be had or that breaks is `unavailable`; what Postgres refuses is a bug. */
function reachable(pool: PostgresPool): PostgresPool {
  return {
    end: () => pool.end(),
    async connect() {
      const connection = await pool.connect().catch((error: unknown) => {
        throw unavailable(error);
      });
      const query = (sql: string, values: readonly unknown[]) =>
        connection.query(sql, values).catch((error: unknown) => {
          throw isOutage(error) ? unavailable(error) : error;
        });
      return { query, release: () => connection.release() } as PostgresPoolClient;
    },
  };
}

/** Classes of SQLSTATE: no connection, too many of them, told to stop. */
const OUTAGE = /^(08|53|57)/;

function isOutage(error: unknown): boolean {
  if (error instanceof pg.DatabaseError) return OUTAGE.test(error.code ?? '');
  return !(error instanceof TypeError); // a fault of ours
}

const unavailable = (cause: unknown) =>
  new AppError('unavailable', 'The chat cannot be reached for a moment. Please try again.', {
    cause,
    retryAfterMs: 1_000,
  });

/** Safe to run from several servers at once: Kysely takes a lock. */
export async function migrate(db: Db): Promise<void> {
  const { error } = await migrator(db).migrateToLatest();
  if (error instanceof AppError) throw new Error(`Postgres cannot be used: ${reasonOf(error.cause)}`, { cause: error });
  if (error) throw error instanceof Error ? error : new Error('migration failed', { cause: error });
}

/** Errors of several addresses at once have no message of their own. */
const reasonOf = (cause: unknown): string =>
  cause instanceof Error ? cause.message || String((cause as NodeJS.ErrnoException).code) : String(cause);

export function migrator(db: Db): Migrator {
  return new Migrator({ db, provider: { getMigrations: () => Promise.resolve(migrations) } });
}
