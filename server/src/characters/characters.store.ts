import type { Character, CharacterInput } from '@fantwin/shared/characters';
import type { CharacterId, UserId, VrmModelId } from '@fantwin/shared/ids';
import type { Db } from '../db/open-db.ts';

/** A character with what only the server and its creator may see. */
export type StoredCharacter = Omit<Character, 'avatarUrl' | 'pictureUrl'> &
  Pick<CharacterInput, 'persona' | 'voice' | 'vrmModelId'> & { vrmSha256: string; pictureSha256?: string };
export type CharacterStore = ReturnType<typeof createCharacterStore>;
/** What its creator writes. */
type Content = Partial<CharacterInput>;

const LIST_MAX = 200;

export function createCharacterStore(db: Db) {
  const characters = () =>
    db
      .selectFrom('characters')
      .innerJoin('vrm_models', 'vrm_models.id', 'characters.vrm_model_id')
      .selectAll('characters')
      .select(['vrm_models.sha256', 'vrm_models.picture_sha256']);
  type Row = Awaited<ReturnType<ReturnType<typeof characters>['executeTakeFirstOrThrow']>>;

  const typed = (row: Row): StoredCharacter => ({
    id: row.id as CharacterId,
    creatorId: row.creator_id as UserId,
    name: row.name,
    tagline: row.tagline,
    greeting: row.greeting,
    persona: row.persona,
    language: row.language,
    voice: row.voice,
    vrmModelId: row.vrm_model_id as VrmModelId,
    vrmSha256: row.sha256,
    ...(row.picture_sha256 !== null && { pictureSha256: row.picture_sha256 }),
  });

  return {
    /** Those whose avatar everybody may see. */
    async list(): Promise<StoredCharacter[]> {
      const rows = characters().where('vrm_models.approved', '=', true).orderBy('characters.id').limit(LIST_MAX);
      return (await rows.execute()).map(typed);
    },

    async listOf(creatorId: UserId): Promise<StoredCharacter[]> {
      const rows = characters().where('characters.creator_id', '=', creatorId).orderBy('characters.id');
      return (await rows.limit(LIST_MAX).execute()).map(typed);
    },

    async find(id: CharacterId): Promise<StoredCharacter | undefined> {
      const row = await characters().where('characters.id', '=', id).executeTakeFirst();
      return row && typed(row);
    },

    async countOf(creatorId: UserId): Promise<number> {
      const { n } = await db
        .selectFrom('characters')
        .select((eb) => eb.fn.countAll<number>().as('n'))
        .where('creator_id', '=', creatorId)
        .executeTakeFirstOrThrow();
      return n;
    },

    /** Makes it, or brings the one with this id to what is given. */
    async keep(id: CharacterId, creatorId: UserId, content: CharacterInput, at: number): Promise<void> {
      const columns = toColumns(content);
      await db
        .insertInto('characters')
        .values({ id, creator_id: creatorId, ...columns, created_at: at })
        .onConflict((oc) => oc.column('id').doUpdateSet(columns))
        .execute();
    },

    async change(id: CharacterId, content: Content): Promise<void> {
      const columns = Object.fromEntries(Object.entries(toColumns(content)).filter(([, value]) => value !== undefined));
      if (Object.keys(columns).length === 0) return;
      await db.updateTable('characters').set(columns).where('id', '=', id).execute();
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

const toColumns = <C extends Content>({ name, tagline, greeting, persona, language, voice, vrmModelId }: C) => ({
  name: name as C['name'],
  tagline: tagline as C['tagline'],
  greeting: greeting as C['greeting'],
  persona: persona as C['persona'],
  language: language as C['language'],
  voice: voice as C['voice'],
  vrm_model_id: vrmModelId as C['vrmModelId'],
});
