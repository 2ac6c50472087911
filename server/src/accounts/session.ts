import type { SignedIn, User } from '@fantwin/shared/accounts';
import type { UserId } from '@fantwin/shared/ids';
import { AppError } from '../core/errors.ts';
import type { AccountStore } from './accounts.store.ts';
import { type RefreshTokens, tokenHash } from './refresh-token.ts';
import type { SessionLog, SessionRecord } from './session.log.ts';
import type { SessionStore, StoredSession } from './session.store.ts';

export const ACCESS_TOKEN_MS = 10 * 60_000;
/** A socket may connect with an access token that expired less than this ago, while its session lives. */
export const SOCKET_TOLERANCE_MS = 24 * 3_600_000;
/** A session ends when it was not refreshed for this long. */
export const SESSION_MS = 30 * 24 * 3_600_000;
/** The previous refresh token is good for this long, and the current one is not replaced again. */
export const ROTATION_GRACE_MS = 30_000;

export type RefreshOutcome = 'rotate' | 'keep' | 'repeat' | 'reuse' | 'over';

/**
 * What a refresh token is worth now. `keep`: it is so new that another tab may still send the one before it.
 * `repeat`: it is the previous one, and its successor is given again. `reuse`: somebody has a token that was replaced
 * long ago, so the family is no longer one person's.
 */
export function judgeRefresh(session: StoredSession, presentedHash: string, now: number): RefreshOutcome {
  if (session.revokedAt !== null || session.expiresAt <= now) return 'over';
  const inGrace = session.previousHash !== null && now - session.rotatedAt < ROTATION_GRACE_MS;
  if (presentedHash === session.refreshHash) return inGrace ? 'keep' : 'rotate';
  return presentedHash === session.previousHash && inGrace ? 'repeat' : 'reuse';
}

export type Issued = { signedIn: SignedIn; refreshToken: string };
export type Sessions = ReturnType<typeof createSessions>;

type Dependencies = {
  store: Pick<AccountStore, 'users' | 'sessions' | 'transaction'>;
  log: Pick<SessionLog, 'read' | 'touch' | 'write' | 'shut' | 'announceEnd'>;
  accessTokens: {
    sign(claims: { userId: string; sessionId: string }, times: { now: number; expiresAt: number }): Promise<string>;
    verify(token: string, now: number, toleranceMs?: number): Promise<{ userId: string; sessionId: string }>;
  };
  refreshTokens: RefreshTokens;
  serverId: string;
  newId(): string;
  now(): number;
};

export function createSessions(deps: Dependencies) {
  const { store, log, refreshTokens } = deps;

  /** Begins a session inside the caller's transaction; `issue` it when that is done. */
  async function begin(sessions: SessionStore, userId: UserId): Promise<{ session: StoredSession; token: string }> {
    const id = deps.newId();
    const token = refreshTokens.first(id);
    const times = { rotatedAt: deps.now(), expiresAt: deps.now() + SESSION_MS };
    const session = { id, userId, refreshHash: tokenHash(token), previousHash: null, ...times, revokedAt: null };
    await sessions.insert(session);
    return { session, token };
  }

  async function issue(session: StoredSession, token: string, user: User): Promise<Issued> {
    const now = deps.now();
    const expiresAt = now + ACCESS_TOKEN_MS;
    const accessToken = await deps.accessTokens.sign({ userId: user.id, sessionId: session.id }, { now, expiresAt });
    await ignoringOutage(log.write(session.id, recordOf(session, user))); // read from Postgres when it is missing
    return { signedIn: { accessToken, expiresAt, user }, refreshToken: token };
  }

  /** Throws `unauthorized`; a token that was replaced long ago ends its session everywhere. */
  async function refresh(token: string | undefined): Promise<Issued> {
    const id = token && refreshTokens.sessionOf(token);
    if (!token || !id) throw new AppError('unauthorized', 'Sign in first.');

    const refreshed = await store.transaction(async ({ users, sessions }) => {
      const session = await sessions.lock(id);
      const outcome = session ? judgeRefresh(session, tokenHash(token), deps.now()) : 'over';
      if (outcome === 'reuse') await sessions.revoke(id, deps.now());
      if (!session || outcome === 'reuse' || outcome === 'over') return outcome;

      const user = await users.find(session.userId);
      if (!user) return 'over';
      if (outcome === 'keep') return { session, token, user };
      const next = refreshTokens.successor(token, id);
      if (outcome === 'repeat') return { session, token: next, user };
      const times = { rotatedAt: deps.now(), expiresAt: deps.now() + SESSION_MS };
      const rotated = { ...session, refreshHash: tokenHash(next), previousHash: session.refreshHash, ...times };
      await sessions.rotate(id, rotated);
      return { session: rotated, token: next, user };
    });

    if (refreshed === 'reuse') await announceEnd([id]);
    if (typeof refreshed === 'string') throw new AppError('unauthorized', 'This sign-in has ended. Sign in again.');
    return issue(refreshed.session, refreshed.token, refreshed.user);
  }

  /** Ends a session everywhere it is open; once this returns it is over, even where Redis is away. */
  async function end(id: string): Promise<void> {
    await store.sessions.revoke(id, deps.now());
    await announceEnd([id]);
  }

  /** For sessions that a transaction has revoked. What fails here, the watch of each server makes up for. */
  async function announceEnd(ids: string[]): Promise<void> {
    await Promise.all(ids.map((id) => ignoringOutage(log.shut(id).then(() => log.announceEnd(id)))));
  }

  /** The living session behind an access token. Throws `unauthorized`. */
  async function ofAccessToken(token: string, use: 'http' | 'socket') {
    const tolerance = use === 'socket' ? SOCKET_TOLERANCE_MS : 0;
    const { userId, sessionId } = await deps.accessTokens.verify(token, deps.now(), tolerance);
    const copy = use === 'socket' ? await log.touch(sessionId, deps.serverId) : await log.read(sessionId);
    const record = living(copy === undefined ? await readAgain(sessionId) : copy);
    if (record.userId !== userId) throw ended();
    return { sessionId, record };
  }

  /** The living session behind a refresh token, which is not used up by this. Throws `unauthorized`. */
  async function ofRefreshToken(token: string) {
    const sessionId = refreshTokens.sessionOf(token);
    if (!sessionId) throw ended();
    const copy = await log.touch(sessionId, deps.serverId);
    if (copy === 'revoked') throw ended();
    // A copy may be older than the last rotation, when Redis was away then.
    const record = living(copy && isCurrent(copy, token) ? copy : await readAgain(sessionId));
    if (!isCurrent(record, token)) throw ended();
    return { sessionId, record };
  }

  function isCurrent(record: SessionRecord, token: string): boolean {
    const outcome = judgeRefresh({ id: '', revokedAt: null, ...record }, tokenHash(token), deps.now());
    return outcome === 'rotate' || outcome === 'keep' || outcome === 'repeat';
  }

  async function readAgain(id: string): Promise<SessionRecord | undefined> {
    const session = await store.sessions.find(id);
    if (!session || session.revokedAt !== null) return undefined;
    const user = await store.users.find(session.userId);
    if (!user) return undefined;
    const record = recordOf(session, user);
    return (await log.write(id, record)) ? record : undefined;
  }

  function living(record: SessionRecord | 'revoked' | undefined): SessionRecord {
    if (!record || record === 'revoked' || record.expiresAt <= deps.now()) throw ended();
    return record;
  }

  return {
    begin,
    issue,
    refresh,
    end,
    announceEnd,
    ofAccessToken,
    ofRefreshToken,
    /** Which session a refresh token of ours names, whether it lives or not. */
    named: (token: string): string | undefined => refreshTokens.sessionOf(token),
    userOf: async (accessToken: string): Promise<UserId> => (await ofAccessToken(accessToken, 'http')).record.userId,
  };
}

const ended = (): AppError => new AppError('unauthorized', 'This sign-in has ended. Sign in again.');

function recordOf(session: StoredSession, user: User): SessionRecord {
  const { userId, expiresAt, refreshHash, previousHash, rotatedAt } = session;
  const { displayName, guest, roles } = user;
  return { userId, displayName, guest, roles, expiresAt, refreshHash, previousHash, rotatedAt };
}

/** Postgres holds what was promised; Redis is told again later by others. */
async function ignoringOutage(step: Promise<unknown>): Promise<void> {
  await step.catch((error: unknown) => {
    if (!(error instanceof AppError) || error.code !== 'unavailable') throw error;
  });
}
