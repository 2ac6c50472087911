import { Kysely, PostgresDialect, sql, type Generated } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { EmbeddedPostgres } from '../../src/platform/embedded/embedded-postgres.ts';
import { buildWorkers, temporaryDir } from './built-workers.ts';
import { killWriter } from './kill-writer.ts';

type Tables = {
  fans: {
    id: Generated<number>;
    name: string;
    facts: { age: number } | null;
    joined_at: Generated<Date>;
    tags: string[] | null;
  };
};

const dir = temporaryDir();
const failures: Error[] = [];
let built: Awaited<ReturnType<typeof buildWorkers>>;
let postgres: EmbeddedPostgres;
let db: Kysely<Tables>;

const start = (path: string) =>
  EmbeddedPostgres.start({ dir: path, workersUrl: built.workersUrl, onFailure: (error) => failures.push(error) });

beforeAll(async () => {
  built = await buildWorkers();
  postgres = await start(`${dir.path}/db`);
  db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: postgres.pool }) });
  await sql`create table fans (id bigint generated always as identity primary key, name text not null,
    facts jsonb, joined_at timestamptz not null default now(), tags text[], constraint name_once unique (name))`.execute(
    db,
  );
}, 60_000);

afterAll(async () => {
  await db?.destroy();
  await postgres?.close();
  dir.remove();
  expect(failures).toEqual([]);
});

test('values arrive as they do from pg: bigint as number, json, dates, arrays, counts', async () => {
  const joined = new Date('2026-01-02T03:04:05.678Z');
  const row = await db
    .insertInto('fans')
    .values({ name: '名前', facts: { age: 30 }, joined_at: joined, tags: ['a "b"', 'c,d'] })
    .returningAll()
    .executeTakeFirstOrThrow();
  expect(row).toEqual({ id: 1, name: '名前', facts: { age: 30 }, joined_at: joined, tags: ['a "b"', 'c,d'] });
  const update = await db.updateTable('fans').set({ facts: null }).where('id', '=', 1).executeTakeFirst();
  expect(update.numUpdatedRows).toBe(1n);
  const { count } = await db
    .selectFrom('fans')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  expect(count).toBe(1);
});

test('a refused statement carries the code, the constraint and the detail of Postgres', async () => {
  await db.insertInto('fans').values({ name: 'Mio' }).execute();
  await expect(db.insertInto('fans').values({ name: 'Mio' }).execute()).rejects.toMatchObject({
    code: '23505',
    constraint: 'name_once',
    detail: 'Key (name)=(Mio) already exists.',
  });
  await expect(sql`select nonsense`.execute(db)).rejects.toMatchObject({ code: '42703' });
  await expect(sql`select`.execute(db)).resolves.toBeDefined();
});

test('several statements at once, as migrations send them', async () => {
  await postgres.pool.query('create table one (n int); create table two (n int); insert into two values (1)');
  expect((await postgres.pool.query('select n from two')).rows).toEqual([{ n: 1 }]);
});

test('nobody sees a transaction before it commits, and a failed one leaves nothing', async () => {
  let seenMeanwhile: Promise<unknown[]> | undefined;
  await db.transaction().execute(async (trx) => {
    await trx.insertInto('fans').values({ name: 'inside' }).execute();
    seenMeanwhile = db.selectFrom('fans').select('name').where('name', 'like', 'inside%').orderBy('id').execute();
    await new Promise((resolve) => setTimeout(resolve, 50));
    await trx.insertInto('fans').values({ name: 'inside too' }).execute();
  });
  expect(await seenMeanwhile).toEqual([{ name: 'inside' }, { name: 'inside too' }]);

  const failed = db.transaction().execute(async (trx) => {
    await trx.insertInto('fans').values({ name: 'undone' }).execute();
    await trx.insertInto('fans').values({ name: 'Mio' }).execute();
  });
  await expect(failed).rejects.toMatchObject({ code: '23505' });
  expect(await db.selectFrom('fans').select('name').where('name', '=', 'undone').execute()).toEqual([]);
});

test('many writers at once each get their own row', async () => {
  await Promise.all(
    Array.from({ length: 200 }, (_, n) =>
      db.transaction().execute(async (trx) => {
        await trx
          .insertInto('fans')
          .values({ name: `crowd ${n}` })
          .execute();
      }),
    ),
  );
  const rows = await db.selectFrom('fans').select('name').where('name', 'like', 'crowd %').execute();
  expect(new Set(rows.map(({ name }) => name)).size).toBe(200);
});

test('a heavy query does not hold up the event loop', async () => {
  let longestMs = 0;
  let last = performance.now();
  const timer = setInterval(() => {
    longestMs = Math.max(longestMs, performance.now() - last);
    last = performance.now();
  }, 5);
  const startedAt = performance.now();
  await sql`select count(*) from generate_series(1, 3000000) as n where n % 7 = 3`.execute(db);
  const tookMs = performance.now() - startedAt;
  clearInterval(timer);
  expect(tookMs).toBeGreaterThan(100);
  expect(longestMs).toBeLessThan(tookMs / 2);
});

test('a connection cut inside a transaction is rolled back before the next one is served', async () => {
  const client = await postgres.pool.connect();
  await client.query('begin');
  await client.query("insert into fans (name) values ('cut')");
  client.release(true);
  expect((await postgres.pool.query("select name from fans where name = 'cut'")).rows).toEqual([]);
});

test('what was there at a clean stop is there at the next start', async () => {
  const again = temporaryDir();
  const first = await start(again.path);
  await first.pool.query("create table kept as select 'yes' as word");
  await first.close();
  const second = await start(again.path);
  expect((await second.pool.query('select word from kept')).rows).toEqual([{ word: 'yes' }]);
  await second.close();
  again.remove();
});

test('kill -9 in the middle of writing loses no row that was acknowledged', async () => {
  const killed = temporaryDir();
  const promised = await killWriter(built.writer, killed.path, 700);
  const survivor = await start(`${killed.path}/db`);
  const { rows } = await survivor.pool.query<{ n: number }>('select n from written order by n');
  await survivor.close();
  killed.remove();
  expect(promised).toBeGreaterThan(50);
  expect(rows.length).toBeGreaterThanOrEqual(promised);
  expect(rows.map(({ n }) => n)).toEqual(rows.map((_, i) => i + 1));
});

test('a data folder that cannot be opened is an error, not a hang', async () => {
  await expect(start('/proc/no-such-place')).rejects.toThrow(/postgres\.worker\.js did not start/);
});
