import { createHash } from 'node:crypto';
import type { GuestInput, LoginInput, RegisterInput, User } from '@fantwin/shared/accounts';
import type { UserId } from '@fantwin/shared/ids';
import type { Limit } from '@fantwin/shared/limits';
import type { z } from 'zod';
import { AppError } from '../core/errors.ts';
import type { AccountStore } from './accounts.store.ts';
import type { Issued, Sessions } from './session.ts';

export type Accounts = ReturnType<typeof createAccounts>;

/** Tries to sign in to one account, from wherever they come, right or wrong. */
const triesPerEmail: Limit = { points: 30, perMs: 15 * 60_000 };

type Dependencies = {
  store: AccountStore;
  sessions: Pick<Sessions, 'begin' | 'issue' | 'end' | 'announceEnd'>;
  passwords: {
    hash(password: string): Promise<string>;
    /** As slow without a hash as with one. */
    matches(password: string, stored: string | undefined): Promise<boolean>;
  };
  /** Counts over all servers. Throws `rate-limited`. */
  limits: { consume(name: string, key: string, limit: Limit): Promise<void> };
  newId(): string;
  now(): number;
};

/** Who signs in from a browser that has a session already: that one ends. */
export type Former = { sessionId: string; userId: UserId };

export function createAccounts(deps: Dependencies) {
  const { store, sessions, passwords } = deps;

  async function enterAsGuest(input: z.infer<typeof GuestInput>, former?: Former): Promise<Issued> {
    const user: User = { id: deps.newId() as UserId, displayName: input.displayName, guest: true, roles: [] };
    const begun = await store.transaction(async (stores) => {
      await stores.users.insert({ id: user.id, displayName: user.displayName, createdAt: deps.now() });
      return sessions.begin(stores.sessions, user.id);
    });
    if (former) await sessions.end(former.sessionId);
    return sessions.issue(begun.session, begun.token, user);
  }

  /** A guest keeps their id; what they had open as a guest ends. Throws `conflict` when the e-mail address is taken. */
  async function register(input: z.infer<typeof RegisterInput>, guestId?: UserId): Promise<Issued> {
    const account = {
      displayName: input.displayName,
      email: input.email,
      passwordHash: await passwords.hash(input.password),
    };
    const done = await store.transaction(async ({ users, sessions: sessionStore }) => {
      const kept = guestId !== undefined && (await users.makeRegistered(guestId, account)) ? guestId : undefined;
      const id = kept ?? (deps.newId() as UserId);
      if (!kept) await users.insert({ id, ...account, createdAt: deps.now() });
      const over = kept ? await sessionStore.revokeAllOf(kept, deps.now()) : [];
      const begun = await sessions.begin(sessionStore, id);
      return { ...begun, over, user: await known(users.find(id)) };
    });
    await sessions.announceEnd(done.over);
    return sessions.issue(done.session, done.token, done.user);
  }

  /** Throws `unauthorized`, in the same words and time whether the address or the password is wrong. */
  async function login(input: z.infer<typeof LoginInput>, former?: Former): Promise<Issued> {
    await deps.limits.consume('sign-in-email', createHash('sha256').update(input.email).digest('hex'), triesPerEmail);
    const account = await store.users.findByEmail(input.email);
    const right = await passwords.matches(input.password, account?.passwordHash);
    if (!account || !right) throw new AppError('unauthorized', 'The e-mail address or the password is wrong.');

    const user = await known(store.users.find(account.id));
    const { session, token } = await sessions.begin(store.sessions, user.id);
    if (former) await sessions.end(former.sessionId);
    return sessions.issue(session, token, user);
  }

  function find(userId: UserId): Promise<User> {
    return known(store.users.find(userId));
  }

  return { enterAsGuest, register, login, find };
}

async function known(finding: Promise<User | undefined>): Promise<User> {
  const user = await finding;
  if (!user) throw new AppError('unauthorized', 'This account is gone. Sign in again.');
  return user;
}
