import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table vrm_models (
      id text primary key,
      owner_id text references users,
      sha256 text not null unique,
      bytes integer not null,
      approved boolean not null default false,
      created_at bigint not null
    )`.execute(db);
  await sql`
    create table characters (
      id text primary key,
      creator_id text not null references users,
      name text not null,
      tagline text not null,
      greeting text not null,
      persona text not null,
      language text not null check (language in ('en', 'ja')),
      vrm_model_id text not null references vrm_models,
      created_at bigint not null
    )`.execute(db);
  await sql`
    create table conversations (
      id text primary key,
      character_id text not null references characters,
      kind text not null check (kind in ('live', 'private')),
      title text not null,
      fan_id text references users,
      mode text not null default 'ai' check (mode in ('ai', 'suggest', 'human', 'paused')),
      owner_id text references users,
      owner_epoch integer not null default 0,
      slow_mode_seconds integer not null default 0,
      word_list jsonb not null default '[]',
      open boolean not null default true,
      created_at bigint not null,
      check ((kind = 'private') = (fan_id is not null))
    )`.execute(db);
  await sql`
    create unique index conversation_private_once on conversations (character_id, fan_id)
      where kind = 'private' and open`.execute(db);
  await sql`create index conversations_open on conversations (kind, created_at desc) where open`.execute(db);
  await sql`
    create table messages (
      id text primary key,
      conversation_id text not null references conversations,
      author_id text not null,
      author_kind text not null check (author_kind in ('fan', 'creator', 'character', 'system')),
      author_name text not null,
      text text not null,
      client_key text,
      reply_to text references messages,
      finish text,
      answer text not null default 'none' check (answer in ('waiting', 'answered', 'none')),
      sent_at bigint not null,
      removed_at bigint,
      constraint message_once unique (author_id, client_key)
    )`.execute(db);
  await sql`create index messages_page on messages (conversation_id, id desc)`.execute(db);
  await sql`create index messages_waiting on messages (conversation_id, id) where answer = 'waiting'`.execute(db);
  await sql`
    create table replies (
      id text primary key,
      conversation_id text not null references conversations,
      reply_to text not null unique references messages,
      character_id text not null references characters,
      text text not null default '',
      state text not null default 'running' check (state in ('running', 'ended')),
      finish text,
      makers integer not null default 0,
      model text,
      adapter text,
      degraded boolean not null default false,
      prompt_tokens integer not null default 0,
      completion_tokens integer not null default 0,
      cost_micro_usd bigint not null default 0,
      started_at bigint not null,
      ended_at bigint,
      check ((state = 'ended') = (finish is not null))
    )`.execute(db);
  await sql`create index replies_running on replies (conversation_id) where state = 'running'`.execute(db);
  await sql`
    create table outbox (
      message_id text primary key references messages,
      conversation_id text not null references conversations,
      created_at bigint not null,
      done_at bigint,
      epoch text,
      seq bigint
    )`.execute(db);
  await sql`create index outbox_owed on outbox (created_at) where done_at is null`.execute(db);
  await sql`
    create table restrictions (
      conversation_id text not null references conversations,
      user_id text not null references users on delete cascade,
      kind text not null check (kind in ('timeout', 'ban')),
      until bigint,
      created_at bigint not null,
      primary key (conversation_id, user_id)
    )`.execute(db);
  await sql`
    create table knowledge_bases (
      id text primary key,
      character_id text not null references characters,
      name text not null,
      created_at bigint not null
    )`.execute(db);
  await sql`
    create table subscriptions (
      id text primary key,
      user_id text not null references users on delete cascade,
      character_id text not null references characters,
      state text not null,
      created_at bigint not null
    )`.execute(db);
}

export async function down(db: Kysely<unknown>): Promise<void> {
  const tables = ['subscriptions', 'knowledge_bases', 'restrictions', 'outbox', 'replies', 'messages', 'conversations'];
  for (const table of [...tables, 'characters', 'vrm_models']) await sql`drop table ${sql.table(table)}`.execute(db);
}
