import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table verdicts (
      id text primary key,
      conversation_id text not null references conversations,
      subject_id text,
      author_id text not null,
      direction text not null check (direction in ('input', 'output')),
      verdict jsonb not null,
      created_at bigint not null
    )`.execute(db);
  await sql`create index verdicts_of_conversation on verdicts (conversation_id, id desc)`.execute(db);
  await sql`
    create table actions (
      id text primary key,
      actor_id text not null,
      conversation_id text references conversations,
      action text not null,
      subject_id text,
      detail jsonb not null default '{}',
      created_at bigint not null
    )`.execute(db);
  await sql`create index actions_of_conversation on actions (conversation_id, id desc)`.execute(db);
  await sql`
    create function actions_are_append_only() returns trigger language plpgsql as $$
      begin raise exception 'actions are append-only'; end $$`.execute(db);
  await sql`
    create trigger actions_append_only before update or delete on actions
      for each row execute function actions_are_append_only()`.execute(db);
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`drop table actions`.execute(db);
  await sql`drop function actions_are_append_only`.execute(db);
  await sql`drop table verdicts`.execute(db);
}
