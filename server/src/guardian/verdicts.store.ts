import type { Verdict } from '@fantwin/shared/guardian';
import type { Db } from '../db/open-db.ts';

export type Judged = {
  id: string;
  conversationId: string;
  /** The message or reply; absent where the text was refused before it became one. */
  subjectId?: string;
  authorId: string;
  direction: 'input' | 'output';
  verdict: Verdict;
  at: number;
};

/** Every decision is kept. The text is not: it stays with the message, or nowhere. */
export function createVerdictStore(db: Db) {
  return {
    async record(judged: Judged): Promise<void> {
      await db
        .insertInto('verdicts')
        .values({
          id: judged.id,
          conversation_id: judged.conversationId,
          subject_id: judged.subjectId ?? null,
          author_id: judged.authorId,
          direction: judged.direction,
          verdict: JSON.stringify(judged.verdict),
          created_at: judged.at,
        })
        .onConflict((oc) => oc.column('id').doNothing())
        .execute();
    },
  };
}

export type VerdictStore = ReturnType<typeof createVerdictStore>;
