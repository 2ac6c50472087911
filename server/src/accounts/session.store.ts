import type { UserId } from '@fantwin/shared/ids';
import type { Db } from '../db/open-db.ts';

/** One sign-in on one device. Its refresh tokens are one family, of which the newest two are known by their hash. */
export type StoredSession = {
  id: string;
  userId: UserId;
  refreshHash: string;
  previousHash: string | null;
  rotatedAt: number;
  expiresAt: number;
  revokedAt: number | null;
};
export type SessionStore = ReturnType<typeof createSessionStore>;

const columns = [
  'id',
  'user_id as userId',
  'refresh_hash as refreshHash',
  'previous_hash as previousHash',
  'rotated_at as rotatedAt',
  'expires_at as expiresAt',
  'revoked_at as revokedAt',
] as const;

const typed = (row: (Omit<StoredSession, 'userId'> & { userId: string }) | undefined): StoredSession | undefined =>
  row && { ...row, userId: row.userId as UserId };

export function createSessionStore(db: Db) {
  const select = (id: string) => db.selectFrom('sessions').select(columns).where('id', '=', id);

  return {
    async insert(session: StoredSession): Promise<void> {
      await db
        .insertInto('sessions')
        .values({
          id: session.id,
          user_id: session.userId,
          refresh_hash: session.refreshHash,
          previous_hash: session.previousHash,
          rotated_at: session.rotatedAt,
          created_at: session.rotatedAt,
          expires_at: session.expiresAt,
        })
        .execute();
    },

    async find(id: string): Promise<StoredSession | undefined> {
      return typed(await select(id).executeTakeFirst());
    },

    /** Held until the transaction ends, so that two refreshes follow each other. */
    async lock(id: string): Promise<StoredSession | undefined> {
      return typed(await select(id).forUpdate().executeTakeFirst());
    },

    async rotate(id: string, to: Pick<StoredSession, 'refreshHash' | 'previousHash' | 'rotatedAt' | 'expiresAt'>) {
      await db
        .updateTable('sessions')
        .set({
          refresh_hash: to.refreshHash,
          previous_hash: to.previousHash,
          rotated_at: to.rotatedAt,
          expires_at: to.expiresAt,
        })
        .where('id', '=', id)
        .execute();
    },

    async revoke(id: string, at: number): Promise<void> {
      await db
        .updateTable('sessions')
        .set({ revoked_at: at })
        .where('id', '=', id)
        .where('revoked_at', 'is', null)
        .execute();
    },

    /** Answers with the sessions that this ended. */
    async revokeAllOf(userId: UserId, at: number): Promise<string[]> {
      const rows = await db
        .updateTable('sessions')
        .set({ revoked_at: at })
        .where('user_id', '=', userId)
        .where('revoked_at', 'is', null)
        .returning('id')
        .execute();
      return rows.map((row) => row.id);
    },

    /** Forgets sessions that nobody can use any more. */
    async sweepExpired(before: number): Promise<void> {
      await db.deleteFrom('sessions').where('expires_at', '<', before).execute();
    },

    async revokedSince(at: number): Promise<string[]> {
      const rows = await db.selectFrom('sessions').select('id').where('revoked_at', '>=', at).limit(10_000).execute();
      return rows.map((row) => row.id);
    },
  };
}
