import { createMessageStore, type Delivery, type NewMessage } from '../conversations/messages.store.ts';
import type { Db } from '../db/open-db.ts';
import { createVerdictStore, type Judged } from '../guardian/verdicts.store.ts';

export function createChatStore(db: Db) {
  return {
    /** The message with its verdict, or the one that its client key already made. */
    async storeOnce(message: NewMessage, judged: Judged): Promise<Delivery> {
      await db.transaction().execute(async (trx) => {
        if (await createMessageStore(trx).insertOnce(message)) await createVerdictStore(trx).record(judged);
      });
      const stored = await createMessageStore(db).byClientKey(message.author.id, message.clientKey);
      if (!stored) throw new Error('a stored message cannot be read');
      return stored;
    },
  };
}

export type ChatStore = ReturnType<typeof createChatStore>;
