import type { SignedIn } from '@fantwin/shared/accounts';
import { routes } from '@fantwin/shared/http';
import type { Request, Response, Router } from 'express';
import { AppError } from '../core/errors.ts';
import { type RouteGuards, route } from '../platform/routes.ts';
import type { SessionCookie } from '../platform/session-cookie.ts';
import type { Accounts, Former } from './accounts.ts';
import { type Issued, SESSION_MS, type Sessions } from './session.ts';

type Parts = { accounts: Accounts; sessions: Sessions; cookie: SessionCookie };

export function accountsHttp(router: Router, { accounts, sessions, cookie }: Parts, guards: RouteGuards): void {
  route(
    router,
    routes.guest,
    async ({ body }, _, it) => signIn(it, accounts.enterAsGuest(body, await former(it))),
    guards,
  );
  route(
    router,
    routes.register,
    async ({ body }, userId, it) => signIn(it, accounts.register(body, userId ?? (await former(it))?.userId)),
    guards,
  );
  route(router, routes.login, async ({ body }, _, it) => signIn(it, accounts.login(body, await former(it))), guards);
  route(
    router,
    routes.refresh,
    (_input, _, it) => signIn(it, sessions.refresh(cookie.read(it.request.headers))),
    guards,
  );
  route(router, routes.logout, (_input, _, it) => signOut(it), guards);
  route(router, routes.me, (_input, userId) => accounts.find(userId), guards);

  async function signIn({ response }: Exchange, issuing: Promise<Issued>): Promise<SignedIn> {
    const { signedIn, refreshToken } = await issuing;
    response.append('Set-Cookie', cookie.set(refreshToken, SESSION_MS));
    return signedIn;
  }

  async function signOut({ request, response }: Exchange): Promise<Record<string, never>> {
    const sessionId = sessions.named(cookie.read(request.headers) ?? '');
    if (sessionId) await sessions.end(sessionId);
    response.append('Set-Cookie', cookie.clear());
    return {};
  }

  /** The session that this browser has already; a guest's access token may have expired while they wrote a password. */
  async function former({ request }: Exchange): Promise<Former | undefined> {
    const token = guards.origin.fromOurPage(request.headers) ? cookie.read(request.headers) : undefined;
    if (!token) return undefined;
    try {
      const { sessionId, record } = await sessions.ofRefreshToken(token);
      return { sessionId, userId: record.userId };
    } catch (error) {
      if (error instanceof AppError && error.code === 'unauthorized') return undefined;
      throw error;
    }
  }
}

type Exchange = { request: Request; response: Response };
