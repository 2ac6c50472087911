import type { Db } from '../db/open-db.ts';

export type Action = {
  id: string;
  actorId: string;
  conversationId?: string;
  action: string;
  subjectId?: string;
  detail?: Record<string, unknown>;
  at: number;
};

/** What moderators and creators did. The table takes no update and no delete. */
export function createActionStore(db: Db) {
  return {
    async record(action: Action): Promise<void> {
      await db
        .insertInto('actions')
        .values({
          id: action.id,
          actor_id: action.actorId,
          conversation_id: action.conversationId ?? null,
          action: action.action,
          subject_id: action.subjectId ?? null,
          detail: JSON.stringify(action.detail ?? {}),
          created_at: action.at,
        })
        .execute();
    },
  };
}

export type ActionStore = ReturnType<typeof createActionStore>;
