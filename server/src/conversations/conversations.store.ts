import type {
  Conversation,
  ConversationChange,
  ConversationKind,
  ConversationMode,
} from '@fantwin/shared/conversations';
import type { ConversationId } from '@fantwin/shared/ids';
import { avatarAddress, pictureAddress } from '../characters/addresses.ts';
import type { Db } from '../db/open-db.ts';
import type { LogStart } from './events.log.ts';

/** A conversation as the server sees it: with what fans are not shown. */
export type StoredConversation = Omit<Conversation, 'canReply' | 'voice' | 'open'> & {
  fanId?: string;
  wordList: string[];
  open: boolean;
  persona: string;
  /** The twin's own; null: the usual one. */
  voice: string | null;
};

export type Restriction = { kind: 'timeout' | 'ban'; until?: number };

export function createConversationStore(db: Db) {
  const rows = () =>
    db
      .selectFrom('conversations as c')
      .innerJoin('characters as k', 'k.id', 'c.character_id')
      .innerJoin('vrm_models as v', 'v.id', 'k.vrm_model_id')
      .select(['c.id', 'c.kind', 'c.title', 'c.mode', 'c.fan_id', 'c.owner_id', 'c.owner_epoch'])
      .select(['c.slow_mode_seconds', 'c.word_list', 'c.open', 'c.character_id'])
      .select([
        'k.creator_id',
        'k.name',
        'k.tagline',
        'k.greeting',
        'k.persona',
        'k.language',
        'k.voice',
        'v.sha256',
        'v.picture_sha256',
      ]);

  type Row = Awaited<ReturnType<ReturnType<typeof rows>['executeTakeFirstOrThrow']>>;

  const toConversation = (row: Row): StoredConversation => ({
    id: row.id as ConversationId,
    kind: row.kind,
    title: row.title,
    character: {
      id: row.character_id as Conversation['character']['id'],
      creatorId: row.creator_id as Conversation['character']['creatorId'],
      name: row.name,
      tagline: row.tagline,
      greeting: row.greeting,
      language: row.language,
      avatarUrl: avatarAddress(row.sha256),
      ...(row.picture_sha256 && { pictureUrl: pictureAddress(row.picture_sha256) }),
    },
    persona: row.persona,
    voice: row.voice,
    mode: row.mode,
    ...(row.owner_id && { ownerId: row.owner_id as Conversation['ownerId'] }),
    ownerEpoch: row.owner_epoch,
    slowModeSeconds: row.slow_mode_seconds,
    ...(row.fan_id && { fanId: row.fan_id }),
    wordList: row.word_list,
    open: row.open,
  });

  return {
    async byId(id: string): Promise<StoredConversation | undefined> {
      const row = await rows().where('c.id', '=', id).executeTakeFirst();
      return row && toConversation(row);
    },

    /** Open ones, newest first; private ones only for their fan. */
    async list(kind: ConversationKind, fanId: string | undefined, limit: number): Promise<StoredConversation[]> {
      let query = rows().where('c.kind', '=', kind).where('c.open', '=', true).orderBy('c.created_at', 'desc');
      if (kind === 'private') query = query.where('c.fan_id', '=', fanId ?? '');
      return (await query.limit(limit).execute()).map(toConversation);
    },

    /** A fan has one open private conversation with a character: asking again gives the same one. */
    async create(wanted: {
      id: string;
      characterId: string;
      kind: ConversationKind;
      title: string;
      fanId?: string;
      at: number;
    }): Promise<string> {
      const inserted = await db
        .insertInto('conversations')
        .values({
          id: wanted.id,
          character_id: wanted.characterId,
          kind: wanted.kind,
          title: wanted.title,
          fan_id: wanted.fanId ?? null,
          mode: 'ai',
          owner_id: null,
          owner_epoch: 0,
          slow_mode_seconds: 0,
          word_list: '[]',
          open: true,
          created_at: wanted.at,
        })
        .onConflict((oc) =>
          oc.columns(['character_id', 'fan_id']).where('kind', '=', 'private').where('open', '=', true).doNothing(),
        )
        .returning('id')
        .executeTakeFirst();
      if (inserted) return inserted.id;
      const existing = await db
        .selectFrom('conversations')
        .select('id')
        .where('character_id', '=', wanted.characterId)
        .where('fan_id', '=', wanted.fanId ?? '')
        .where('kind', '=', 'private')
        .where('open', '=', true)
        .executeTakeFirstOrThrow();
      return existing.id;
    },

    /** Only what is given. */
    async change(id: string, { open, title }: ConversationChange): Promise<void> {
      if (open === undefined && title === undefined) return;
      await db
        .updateTable('conversations')
        .set({ ...(open !== undefined && { open }), ...(title !== undefined && { title }) })
        .where('id', '=', id)
        .execute();
    },

    /** The newest live conversation of each of these characters. */
    async newestLive(
      characterIds: string[],
    ): Promise<{ characterId: string; id: string; title: string; open: boolean }[]> {
      if (characterIds.length === 0) return [];
      const rows = await db
        .selectFrom('conversations')
        .select(['id', 'character_id', 'title', 'open'])
        .distinctOn('character_id')
        .where('kind', '=', 'live')
        .where('character_id', 'in', characterIds)
        .orderBy('character_id')
        .orderBy('open', 'desc')
        .orderBy('id', 'desc')
        .execute();
      return rows.map(({ character_id, ...row }) => ({ characterId: character_id, ...row }));
    },

    async restriction(conversationId: string, userId: string, at: number): Promise<Restriction | undefined> {
      const row = await db
        .selectFrom('restrictions')
        .select(['kind', 'until'])
        .where('conversation_id', '=', conversationId)
        .where('user_id', '=', userId)
        .where((eb) => eb.or([eb('until', 'is', null), eb('until', '>', at)]))
        .executeTakeFirst();
      return row && { kind: row.kind, ...(row.until !== null && { until: row.until }) };
    },

    /** What a new epoch of its log starts from. */
    async logStart(conversationId: string): Promise<LogStart> {
      const conversation = await db
        .selectFrom('conversations')
        .select(['mode', 'owner_epoch'])
        .where('id', '=', conversationId)
        .executeTakeFirst();
      const running = await db
        .selectFrom('replies as r')
        .innerJoin('characters as k', 'k.id', 'r.character_id')
        .select(['r.id', 'r.reply_to', 'r.text', 'r.character_id', 'k.name'])
        .where('r.conversation_id', '=', conversationId)
        .where('r.state', '=', 'running')
        .orderBy('r.started_at')
        .executeTakeFirst();
      const waiting = await db
        .selectFrom('messages')
        .select(['id', 'author_id', 'sent_at'])
        .where('conversation_id', '=', conversationId)
        .where('answer', '=', 'waiting')
        .orderBy('id')
        .execute();
      return {
        mode: conversation?.mode ?? ('ai' satisfies ConversationMode),
        ownerEpoch: conversation?.owner_epoch ?? 0,
        ...(running && {
          reply: {
            replyId: running.id,
            replyTo: running.reply_to,
            author: { id: running.character_id, name: running.name, kind: 'character' as const },
            text: running.text,
          },
        }),
        waiting: waiting.map((row) => ({
          member: `${row.id}|${row.author_id}`,
          score: row.id === running?.reply_to ? 0 : row.sent_at, // the one being answered comes first again
        })),
      };
    },
  };
}

export type ConversationStore = ReturnType<typeof createConversationStore>;
