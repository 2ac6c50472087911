import type { Character } from '@fantwin/shared/characters';
import type { CharacterId, UserId } from '@fantwin/shared/ids';
import type { Db } from '../db/open-db.ts';

/** A character with what only the server may see. */
export type StoredCharacter = Omit<Character, 'avatarUrl'> & { persona: string; vrmSha256: string };
export type VrmModel = { id: string; ownerId: UserId | null; sha256: string; bytes: number; approved: boolean };
export type CharacterStore = ReturnType<typeof createCharacterStore>;

const LIST_MAX = 200;

export function createCharacterStore(db: Db) {
  const characters = () =>
    db
      .selectFrom('characters')
      .innerJoin('vrm_models', 'vrm_models.id', 'characters.vrm_model_id')
      .selectAll('characters')
      .select('vrm_models.sha256')
      .where('vrm_models.approved', '=', true);
  type Row = Awaited<ReturnType<ReturnType<typeof characters>['executeTakeFirstOrThrow']>>;

  const typed = (row: Row): StoredCharacter => ({
    id: row.id as CharacterId,
    creatorId: row.creator_id as UserId,
    name: row.name,
    tagline: row.tagline,
    greeting: row.greeting,
    persona: row.persona,
    language: row.language,
    vrmSha256: row.sha256,
  });

  return {
    async list(): Promise<StoredCharacter[]> {
      return (await characters().orderBy('characters.id').limit(LIST_MAX).execute()).map(typed);
    },

    async find(id: CharacterId): Promise<StoredCharacter | undefined> {
      const row = await characters().where('characters.id', '=', id).executeTakeFirst();
      return row && typed(row);
    },

    /** Only approved models have an address. */
    async approvedModel(sha256: string): Promise<{ bytes: number } | undefined> {
      return db
        .selectFrom('vrm_models')
        .select('bytes')
        .where('sha256', '=', sha256)
        .where('approved', '=', true)
        .executeTakeFirst();
    },

    /** Keeps the model that has the same file; answers with its id. */
    async keepModel(model: VrmModel, at: number): Promise<string> {
      const kept = await db
        .insertInto('vrm_models')
        .values({
          id: model.id,
          owner_id: model.ownerId,
          sha256: model.sha256,
          bytes: model.bytes,
          approved: model.approved,
          created_at: at,
        })
        .onConflict((oc) => oc.column('sha256').doUpdateSet({ sha256: model.sha256 }))
        .returning('id')
        .executeTakeFirstOrThrow();
      return kept.id;
    },

    /** Makes it, or brings the one with this id to what is given. */
    async keep(character: Omit<StoredCharacter, 'vrmSha256'> & { vrmModelId: string }, at: number): Promise<void> {
      const content = {
        name: character.name,
        tagline: character.tagline,
        greeting: character.greeting,
        persona: character.persona,
        language: character.language,
        vrm_model_id: character.vrmModelId,
      };
      await db
        .insertInto('characters')
        .values({ id: character.id, creator_id: character.creatorId, ...content, created_at: at })
        .onConflict((oc) => oc.column('id').doUpdateSet(content))
        .execute();
    },

    /** The first live conversation with a character, when there is none of that id. */
    async keepLiveConversation(id: string, characterId: CharacterId, title: string, at: number): Promise<void> {
      await db
        .insertInto('conversations')
        .values({ id, character_id: characterId, kind: 'live', title, word_list: '[]', created_at: at, ...asMade })
        .onConflict((oc) => oc.column('id').doNothing())
        .execute();
    },
  };
}

const asMade = { fan_id: null, mode: 'ai', owner_id: null, owner_epoch: 0, slow_mode_seconds: 0, open: true } as const;
