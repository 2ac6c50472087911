import type { Author } from '@fantwin/shared/conversations';
import type { Finish } from '@fantwin/shared/events';
import type { Db } from '../db/open-db.ts';
import { createVerdictStore, type Judged } from '../guardian/verdicts.store.ts';
import type { StreamEnd } from '../llm/engine.ts';

export type StoredReply = {
  replyId: string;
  conversationId: string;
  replyTo: string;
  /** What was published when last noted; the whole text once it has ended. */
  text: string;
  state: 'running' | 'ended';
  finish?: Finish;
  /** How many makers it has had: the number that lets one of them write. */
  makers: number;
};

export type Ending = {
  replyId: string;
  author: Author;
  text: string;
  finish: Finish;
  at: number;
  /** Only this maker may end it so; absent for a stop, which ends it whoever makes it. */
  maker?: number;
  cost?: StreamEnd;
  adapter?: string;
  degraded?: boolean;
  judged: Omit<Judged, 'conversationId' | 'subjectId' | 'authorId' | 'direction'>;
};

export function createReplyStore(db: Db) {
  const columns = ['id', 'conversation_id', 'reply_to', 'text', 'state', 'finish', 'makers'] as const;
  type Row = {
    id: string;
    conversation_id: string;
    reply_to: string;
    text: string;
    state: 'running' | 'ended';
    finish: Finish | null;
    makers: number;
  };

  const toReply = (row: Row): StoredReply => ({
    replyId: row.id,
    conversationId: row.conversation_id,
    replyTo: row.reply_to,
    text: row.text,
    state: row.state,
    ...(row.finish && { finish: row.finish }),
    makers: row.makers,
  });

  async function byId(replyId: string): Promise<StoredReply | undefined> {
    const row = await db.selectFrom('replies').select(columns).where('id', '=', replyId).executeTakeFirst();
    return row && toReply(row);
  }

  return {
    byId,

    /** One more maker for the reply to a message; the first one makes its row. An ended reply keeps its makers. */
    async begin(reply: {
      id: string;
      conversationId: string;
      replyTo: string;
      characterId: string;
      at: number;
    }): Promise<StoredReply> {
      await db
        .insertInto('replies')
        .values({
          id: reply.id,
          conversation_id: reply.conversationId,
          reply_to: reply.replyTo,
          character_id: reply.characterId,
          text: '',
          state: 'running',
          finish: null,
          makers: 0,
          model: null,
          adapter: null,
          degraded: false,
          prompt_tokens: 0,
          completion_tokens: 0,
          cost_micro_usd: 0,
          started_at: reply.at,
          ended_at: null,
        })
        .onConflict((oc) => oc.column('reply_to').doNothing())
        .execute();
      await db
        .updateTable('replies')
        .set((eb) => ({ makers: eb('makers', '+', 1) }))
        .where('reply_to', '=', reply.replyTo)
        .where('state', '=', 'running')
        .execute();
      const row = await db
        .selectFrom('replies')
        .select(columns)
        .where('reply_to', '=', reply.replyTo)
        .executeTakeFirstOrThrow();
      return toReply(row);
    },

    /** Keeps what is published, for the day Redis forgets it. */
    async note(replyId: string, maker: number, text: string): Promise<void> {
      await db
        .updateTable('replies')
        .set({ text })
        .where('id', '=', replyId)
        .where('state', '=', 'running')
        .where('makers', '=', maker)
        .execute();
    },

    /** The reply becomes a message, once. Answers how it ended, which may have been decided by another. */
    async end(ending: Ending): Promise<{ text: string; finish: Finish }> {
      const { replyId, text, finish, cost, at } = ending;
      await db.transaction().execute(async (trx) => {
        let update = trx
          .updateTable('replies')
          .set({
            text,
            finish,
            state: 'ended',
            ended_at: at,
            model: cost?.model ?? null,
            adapter: ending.adapter ?? null,
            degraded: ending.degraded ?? false,
            prompt_tokens: cost?.promptTokens ?? 0,
            completion_tokens: cost?.completionTokens ?? 0,
            cost_micro_usd: cost?.costMicroUsd ?? 0,
          })
          .where('id', '=', replyId)
          .where('state', '=', 'running');
        if (ending.maker !== undefined) update = update.where('makers', '=', ending.maker);
        const ended = await update.returning(['conversation_id', 'reply_to']).executeTakeFirst();
        if (!ended) return;
        await trx
          .insertInto('messages')
          .values({
            id: replyId,
            conversation_id: ended.conversation_id,
            author_id: ending.author.id,
            author_kind: ending.author.kind,
            author_name: ending.author.name,
            text,
            client_key: null,
            reply_to: ended.reply_to,
            finish,
            answer: 'none',
            sent_at: at,
            removed_at: null,
          })
          .execute();
        await trx.updateTable('messages').set({ answer: 'answered' }).where('id', '=', ended.reply_to).execute();
        const whose = { conversationId: ended.conversation_id, subjectId: replyId, authorId: ending.author.id };
        await createVerdictStore(trx).record({ ...ending.judged, ...whose, direction: 'output' });
      });
      const row = await byId(replyId);
      return { text: row?.text ?? text, finish: row?.finish ?? finish };
    },
  };
}

export type ReplyStore = ReturnType<typeof createReplyStore>;
