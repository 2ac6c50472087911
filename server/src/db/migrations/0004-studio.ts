import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table characters add column voice text`.execute(db);
  await sql`create index characters_of_creator on characters (creator_id, id)`.execute(db);
  await sql`
    alter table vrm_models
      add column summary jsonb,
      add column picture_sha256 text,
      add column picture_bytes integer,
      add column refused_reason text,
      add column decided_by text references users,
      add column decided_at bigint,
      drop constraint vrm_models_sha256_key,
      add constraint vrm_model_once unique nulls not distinct (owner_id, sha256),
      add check ((picture_sha256 is null) = (picture_bytes is null)),
      add check (not (approved and refused_reason is not null))`.execute(db);
  await sql`update vrm_models set owner_id = null where id like '01990000-0000-7000-8000-%'`.execute(db); // the platform's
  await sql`create index vrm_models_by_file on vrm_models (sha256)`.execute(db);
  await sql`create index vrm_models_by_picture on vrm_models (picture_sha256)`.execute(db);
  await sql`create index vrm_models_to_review on vrm_models (id) where decided_at is null and not approved`.execute(db);
  await sql`create index conversations_live_of_character on conversations (character_id, id desc) where kind = 'live'`.execute(
    db,
  );
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`drop index conversations_live_of_character, vrm_models_to_review, vrm_models_by_picture, vrm_models_by_file`.execute(
    db,
  );
  await sql`
    alter table vrm_models
      drop column summary, drop column picture_sha256, drop column picture_bytes, drop column refused_reason,
      drop column decided_by, drop column decided_at, drop constraint vrm_model_once,
      add constraint vrm_models_sha256_key unique (sha256)`.execute(db);
  await sql`drop index characters_of_creator`.execute(db);
  await sql`alter table characters drop column voice`.execute(db);
}
