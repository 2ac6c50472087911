import type { IncomingHttpHeaders } from 'node:http';
import type { RoleGrant } from '@fantwin/shared/accounts';
import type { UserId } from '@fantwin/shared/ids';
import { Handshake } from '@fantwin/shared/live';
import { AppError } from '../core/errors.ts';
import { parseInput } from '../core/parse-input.ts';
import type { OriginCheck } from '../platform/origin.ts';
import type { SessionCookie } from '../platform/session-cookie.ts';
import type { Sessions } from './session.ts';

export type SocketUser = {
  userId: UserId;
  sessionId: string;
  displayName: string;
  guest: boolean;
  roles: RoleGrant[];
  /** When the session ends unless it is refreshed; ms since 1970. */
  expiresAt: number;
};
export type AuthenticateSocket = ReturnType<typeof createSocketAuthentication>;

const TokenOfHandshake = Handshake.pick({ token: true });

type Dependencies = {
  sessions: Pick<Sessions, 'ofAccessToken' | 'ofRefreshToken'>;
  cookie: SessionCookie;
  origin: OriginCheck;
};

/** Who connects: by an access token, or by the session cookie when it is surely our own page that sends it. */
export function createSocketAuthentication({ sessions, cookie, origin }: Dependencies) {
  /** Costs one signature and one read of Redis. Throws `unauthorized`, `forbidden` or `unavailable`. */
  return async function authenticate(handshake: { auth: unknown; headers: IncomingHttpHeaders }): Promise<SocketUser> {
    if (origin.fromOtherPage(handshake.headers)) throw notOurPage(origin.address);
    const { token } = parseInput(TokenOfHandshake, handshake.auth);
    const { sessionId, record } = token
      ? await sessions.ofAccessToken(token, 'socket')
      : await ofCookie(handshake.headers);
    const { userId, displayName, guest, roles, expiresAt } = record;
    return { userId, sessionId, displayName, guest, roles, expiresAt };
  };

  function ofCookie(headers: IncomingHttpHeaders) {
    const token = cookie.read(headers);
    if (!token) throw new AppError('unauthorized', 'Sign in first: connect with an access token.');
    if (!origin.fromOurPage(headers)) throw notOurPage(origin.address);
    return sessions.ofRefreshToken(token);
  }
}

const notOurPage = (address: string): AppError =>
  new AppError('forbidden', `This connection did not come from our own page. Open ${address}`);
