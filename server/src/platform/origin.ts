import type { IncomingHttpHeaders } from 'node:http';

export type OriginCheck = ReturnType<typeof createOriginCheck>;

const loopback = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Tells requests of our own page from those that other sites make a browser send. */
export function createOriginCheck(publicUrl: string) {
  const own = new URL(publicUrl);

  /** The names of this machine stand for each other, so that `localhost` works where 127.0.0.1 is configured. */
  function isOurs(origin: string): boolean {
    if (origin === own.origin) return true;
    if (!loopback.has(own.hostname) || !URL.canParse(origin)) return false;
    const other = new URL(origin);
    return loopback.has(other.hostname) && other.protocol === own.protocol && other.port === own.port;
  }

  return {
    /** Cookies are `Secure` and HTTPS is insisted on. */
    secure: own.protocol === 'https:',

    /** Where our page is. */
    address: own.origin,

    /** Surely our page: what a cookie asks for is done only then. Browsers leave `Origin` out of a plain GET. */
    fromOurPage(headers: IncomingHttpHeaders): boolean {
      if (headers.origin !== undefined) return isOurs(headers.origin);
      return headers['sec-fetch-site'] === 'same-origin';
    },

    /** Surely another site's page. A program that is no browser sends no `Origin` and is none. */
    fromOtherPage(headers: IncomingHttpHeaders): boolean {
      if (headers.origin !== undefined) return !isOurs(headers.origin);
      return headers['sec-fetch-site'] === 'cross-site';
    },
  };
}
