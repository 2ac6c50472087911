import type { RoleGrant, User } from '@fantwin/shared/accounts';
import type { UserId } from '@fantwin/shared/ids';
import { AppError } from '../core/errors.ts';
import type { Db } from '../db/open-db.ts';
import { createSessionStore, type SessionStore } from './session.store.ts';

export type Credentials = { email: string; passwordHash: string };
export type UserStore = ReturnType<typeof createUserStore>;
export type AccountStore = ReturnType<typeof createAccountStore>;

/** Users and sessions, alone or in one transaction; inside it use only the stores that `work` is given. */
export function createAccountStore(db: Db) {
  return {
    users: createUserStore(db),
    sessions: createSessionStore(db),
    transaction<T>(work: (stores: { users: UserStore; sessions: SessionStore }) => Promise<T>): Promise<T> {
      return db
        .transaction()
        .execute((trx) => work({ users: createUserStore(trx), sessions: createSessionStore(trx) }));
    },
  };
}

export function createUserStore(db: Db) {
  return {
    /** Throws `conflict` when the e-mail address is taken. */
    async insert(user: { id: UserId; displayName: string; createdAt: number } & Partial<Credentials>): Promise<void> {
      await orEmailTaken(
        db
          .insertInto('users')
          .values({
            id: user.id,
            display_name: user.displayName,
            email: user.email ?? null,
            password_hash: user.passwordHash ?? null,
            created_at: user.createdAt,
          })
          .execute(),
      );
    },

    /** False when there is no such guest. Throws `conflict` when the e-mail address is taken. */
    async makeRegistered(guestId: UserId, to: { displayName: string } & Credentials): Promise<boolean> {
      const result = await orEmailTaken(
        db
          .updateTable('users')
          .set({ display_name: to.displayName, email: to.email, password_hash: to.passwordHash })
          .where('id', '=', guestId)
          .where('email', 'is', null)
          .executeTakeFirst(),
      );
      return result.numUpdatedRows === 1n;
    },

    async find(id: UserId): Promise<User | undefined> {
      const user = await db.selectFrom('users').selectAll().where('id', '=', id).executeTakeFirst();
      if (!user) return undefined;
      const roles = await db.selectFrom('roles').selectAll().where('user_id', '=', id).execute();
      return {
        id,
        displayName: user.display_name,
        guest: user.email === null,
        roles: roles.map(
          ({ role, scope, scope_id }): RoleGrant => ({ role, scope, ...(scope_id && { scopeId: scope_id }) }),
        ),
      };
    },

    async findByEmail(email: string): Promise<{ id: UserId; passwordHash: string } | undefined> {
      const row = await db
        .selectFrom('users')
        .select(['id', 'password_hash'])
        .where('email', '=', email)
        .executeTakeFirst();
      return row?.password_hash ? { id: row.id as UserId, passwordHash: row.password_hash } : undefined;
    },

    /** Makes the user with this id, or gives the one who is there a new password. */
    async keep(user: { id: UserId; displayName: string; createdAt: number } & Credentials): Promise<void> {
      await db
        .insertInto('users')
        .values({
          id: user.id,
          display_name: user.displayName,
          email: user.email,
          password_hash: user.passwordHash,
          created_at: user.createdAt,
        })
        .onConflict((oc) => oc.column('id').doUpdateSet({ password_hash: user.passwordHash }))
        .execute();
    },

    /** Giving a right twice is giving it once. */
    async grant(userId: UserId, grant: RoleGrant, at: number): Promise<void> {
      await db
        .insertInto('roles')
        .values({
          user_id: userId,
          role: grant.role,
          scope: grant.scope,
          scope_id: grant.scopeId ?? '',
          granted_at: at,
        })
        .onConflict((oc) => oc.doNothing())
        .execute();
    },
  };
}

const UNIQUE_VIOLATION = '23505';

async function orEmailTaken<T>(statement: Promise<T>): Promise<T> {
  try {
    return await statement;
  } catch (error) {
    const { code, constraint } = error as { code?: unknown; constraint?: unknown };
    if (code !== UNIQUE_VIOLATION || constraint !== 'users_email_key') throw error;
    throw new AppError('conflict', 'This e-mail address already has an account. Sign in instead.', { cause: error });
  }
}
