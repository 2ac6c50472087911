import type { Author, Message } from '@fantwin/shared/conversations';
import type { MessageId } from '@fantwin/shared/ids';
import type { Selectable } from 'kysely';
import type { Db } from '../db/open-db.ts';
import type { MessagesTable } from '../db/schema.ts';

export type NewMessage = {
  id: string;
  conversationId: string;
  author: Author;
  text: string;
  clientKey: string;
  /** Whether the character owes an answer. */
  answer: 'waiting' | 'none';
  sentAt: number;
};

/** A stored message with what it still owes the log. */
export type Delivery = {
  conversationId: string;
  message: Message;
  wantsReply: boolean;
  /** Nothing is owed any more; where it stands in the log, while that is remembered. */
  done?: { epoch?: string; seq?: number };
};

export const toMessage = (row: Selectable<MessagesTable>): Message => ({
  messageId: row.id as MessageId,
  author: { id: row.author_id, name: row.author_name, kind: row.author_kind },
  text: row.text,
  sentAt: row.sent_at,
  ...(row.reply_to && { replyTo: row.reply_to as MessageId }),
  ...(row.finish && { finish: row.finish }),
});

export function createMessageStore(db: Db) {
  const deliveries = () =>
    db
      .selectFrom('messages as m')
      .leftJoin('outbox as o', 'o.message_id', 'm.id')
      .selectAll('m')
      .select(['o.message_id as owed', 'o.done_at', 'o.epoch', 'o.seq']);

  type Row = Awaited<ReturnType<ReturnType<typeof deliveries>['executeTakeFirstOrThrow']>>;

  const toDelivery = (row: Row): Delivery => ({
    conversationId: row.conversation_id,
    message: toMessage(row),
    wantsReply: row.answer === 'waiting',
    ...((row.owed === null || row.done_at !== null) && {
      done: row.epoch && row.seq ? { epoch: row.epoch, seq: row.seq } : {},
    }),
  });

  const byClientKey = async (authorId: string, clientKey: string): Promise<Delivery | undefined> => {
    const row = await deliveries()
      .where('m.author_id', '=', authorId)
      .where('m.client_key', '=', clientKey)
      .executeTakeFirst();
    return row && toDelivery(row);
  };

  return {
    byClientKey,

    /** One row per author and client key, with its outbox row: part of a larger transaction. False: it was there. */
    async insertOnce(message: NewMessage): Promise<boolean> {
      const inserted = await db
        .insertInto('messages')
        .values({
          id: message.id,
          conversation_id: message.conversationId,
          author_id: message.author.id,
          author_kind: message.author.kind,
          author_name: message.author.name,
          text: message.text,
          client_key: message.clientKey,
          reply_to: null,
          finish: null,
          answer: message.answer,
          sent_at: message.sentAt,
          removed_at: null,
        })
        .onConflict((oc) => oc.constraint('message_once').doNothing())
        .returning('id')
        .executeTakeFirst();
      if (!inserted) return false;
      const owed = { message_id: message.id, conversation_id: message.conversationId, created_at: message.sentAt };
      await db
        .insertInto('outbox')
        .values({ ...owed, done_at: null, epoch: null, seq: null })
        .execute();
      return true;
    },

    async delivered(messageId: string, at: number, place: { epoch: string; seq: number }): Promise<void> {
      await db
        .updateTable('outbox')
        .set({ done_at: at, epoch: place.epoch, seq: place.seq })
        .where('message_id', '=', messageId)
        .where('done_at', 'is', null)
        .execute();
    },

    /** What was stored before `before` and is not delivered yet, oldest first. */
    async owed(before: number, limit: number): Promise<Delivery[]> {
      const rows = await deliveries()
        .where('o.message_id', 'is not', null)
        .where('o.done_at', 'is', null)
        .where('o.created_at', '<', before)
        .orderBy('o.created_at')
        .limit(limit)
        .execute();
      return rows.map(toDelivery);
    },

    /** Rows that have done their work; the message keeps its own unique key. */
    async sweepDelivered(before: number): Promise<void> {
      await db.deleteFrom('outbox').where('done_at', '<', before).execute();
    },

    /** Messages that wait for an answer since before `before`: the oldest of each conversation. */
    async unanswered(before: number, limit: number): Promise<Delivery[]> {
      const rows = await db
        .selectFrom('messages')
        .selectAll()
        .distinctOn('conversation_id')
        .where('answer', '=', 'waiting')
        .where('sent_at', '<', before)
        .orderBy('conversation_id')
        .orderBy('id')
        .limit(limit)
        .execute();
      return rows.map((row) => ({ conversationId: row.conversation_id, message: toMessage(row), wantsReply: true }));
    },

    async byId(id: string): Promise<(Delivery & { answer: MessagesTable['answer'] }) | undefined> {
      const row = await db.selectFrom('messages').selectAll().where('id', '=', id).executeTakeFirst();
      if (!row) return undefined;
      const wantsReply = row.answer === 'waiting';
      return { conversationId: row.conversation_id, message: toMessage(row), wantsReply, answer: row.answer };
    },

    /** No answer is owed in a conversation any more, but those that have begun. */
    async dismissWaiting(conversationId: string): Promise<void> {
      await db
        .updateTable('messages as m')
        .set({ answer: 'none' })
        .where('m.conversation_id', '=', conversationId)
        .where('m.answer', '=', 'waiting')
        .where((eb) => eb.not(eb.exists(eb.selectFrom('replies').select('id').whereRef('reply_to', '=', 'm.id'))))
        .execute();
    },

    /** Newest last. Without `before`, the newest ones. */
    async page(conversationId: string, limit: number, before?: string): Promise<Message[]> {
      let query = db
        .selectFrom('messages')
        .selectAll()
        .where('conversation_id', '=', conversationId)
        .where('removed_at', 'is', null)
        .orderBy('id', 'desc');
      if (before) query = query.where('id', '<', before);
      return (await query.limit(limit).execute()).map(toMessage).reverse();
    },
  };
}

export type MessageStore = ReturnType<typeof createMessageStore>;
