import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';

/** `<session>.<256 random bits>.<seal>`: the seal shows that we made it, before any store is asked. */
const Parts = z.tuple([z.uuid(), z.base64url().length(43), z.base64url().length(43)]);

export type RefreshTokens = ReturnType<typeof createRefreshTokens>;

export function createRefreshTokens(secret: Uint8Array) {
  const mac = (purpose: string, text: string): Buffer =>
    createHmac('sha256', secret).update(`${purpose}:${text}`).digest();
  const seal = (sessionId: string, value: string): string => {
    const body = `${sessionId}.${value}`;
    return `${body}.${mac('refresh-seal', body).toString('base64url')}`;
  };

  return {
    first: (sessionId: string): string => seal(sessionId, randomBytes(32).toString('base64url')),

    /** Always the same for the same token, so that two tabs which refresh at once end up with one. */
    successor(token: string, sessionId: string): string {
      return seal(sessionId, mac('refresh-next', token).toString('base64url'));
    },

    /** Whose session it names; undefined where we did not make it. */
    sessionOf(token: string): string | undefined {
      const parts = Parts.safeParse(token.split('.'));
      if (!parts.success) return undefined;
      const [sessionId, value] = parts.data;
      return timingSafeEqual(sha256(seal(sessionId, value)), sha256(token)) ? sessionId : undefined;
    },
  };
}

/** What is stored of a token. */
export const tokenHash = (token: string): string => sha256(token).toString('hex');

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest();
