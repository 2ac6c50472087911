import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table users (
      id text primary key,
      display_name text not null,
      email text unique,
      password_hash text,
      created_at bigint not null,
      check ((email is null) = (password_hash is null))
    )`.execute(db);
  await sql`
    create table roles (
      user_id text not null references users on delete cascade,
      role text not null check (role in ('creator', 'moderator', 'admin')),
      scope text not null check (scope in ('platform', 'character', 'conversation')),
      scope_id text not null default '',
      granted_at bigint not null,
      primary key (user_id, role, scope, scope_id),
      check ((scope = 'platform') = (scope_id = ''))
    )`.execute(db);
  await sql`
    create table sessions (
      id text primary key,
      user_id text not null references users on delete cascade,
      refresh_hash text not null unique,
      previous_hash text unique,
      rotated_at bigint not null,
      created_at bigint not null,
      expires_at bigint not null,
      revoked_at bigint
    )`.execute(db);
  await sql`create index sessions_of_user on sessions (user_id)`.execute(db);
  await sql`create index sessions_revoked on sessions (revoked_at) where revoked_at is not null`.execute(db);
}

export async function down(db: Kysely<unknown>): Promise<void> {
  for (const table of ['sessions', 'roles', 'users']) await sql`drop table ${sql.table(table)}`.execute(db);
}
