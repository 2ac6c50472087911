import type { IncomingHttpHeaders } from 'node:http';
import { parseCookie, stringifySetCookie } from 'cookie';

export type SessionCookie = ReturnType<typeof createSessionCookie>;

/**
 * The cookie with the refresh token. It goes to every path, because a socket's handshake may be signed in by it; other
 * sites cannot make a browser send it (Strict), pages cannot read it (HttpOnly), and with HTTPS the `__Host-` name
 * keeps subdomains from planting one.
 */
export function createSessionCookie(secure: boolean) {
  const name = secure ? '__Host-fantwin' : 'fantwin';
  const options = { httpOnly: true, sameSite: 'strict', secure, path: '/' } as const;

  return {
    read: (headers: IncomingHttpHeaders): string | undefined => parseCookie(headers.cookie ?? '')[name] || undefined,
    set: (token: string, maxAgeMs: number): string =>
      stringifySetCookie(name, token, { ...options, maxAge: Math.floor(maxAgeMs / 1000) }),
    clear: (): string => stringifySetCookie(name, '', { ...options, maxAge: 0 }),
  };
}
