import { webcrypto } from 'node:crypto';
import { errors, jwtVerify, SignJWT } from 'jose';
import { AppError } from '../core/errors.ts';

const algorithm = 'HS256';
const issuer = 'fantwin';
const audience = 'fantwin';

export type AccessClaims = { userId: string; sessionId: string };
export type AccessTokens = Awaited<ReturnType<typeof createAccessTokens>>;

/** Signed tokens that name a user and a session. `secret`: at least 32 bytes. */
export async function createAccessTokens(secret: Uint8Array) {
  if (secret.length < 32) throw new Error('the secret of access tokens needs at least 32 bytes');
  // A key made once: verifying with the raw bytes takes twice the time.
  const key = await webcrypto.subtle.importKey('raw', secret, { name: 'HMAC', hash: 'SHA-256' }, false, [
    'sign',
    'verify',
  ]);

  return {
    sign({ userId, sessionId }: AccessClaims, times: { now: number; expiresAt: number }): Promise<string> {
      return new SignJWT({ sid: sessionId })
        .setProtectedHeader({ alg: algorithm })
        .setSubject(userId)
        .setIssuer(issuer)
        .setAudience(audience)
        .setIssuedAt(Math.floor(times.now / 1000))
        .setExpirationTime(Math.floor(times.expiresAt / 1000))
        .sign(key);
    },

    /** `toleranceMs`: how long ago it may have expired. Throws `unauthorized`. */
    async verify(token: string, now: number, toleranceMs = 0): Promise<AccessClaims> {
      try {
        const { payload } = await jwtVerify(token, key, {
          algorithms: [algorithm],
          issuer,
          audience,
          requiredClaims: ['sub', 'sid', 'exp'],
          currentDate: new Date(now),
          clockTolerance: toleranceMs / 1000,
        });
        return { userId: String(payload.sub), sessionId: String(payload.sid) };
      } catch (error) {
        if (error instanceof errors.JWTExpired)
          throw new AppError('unauthorized', 'The access token has expired. Get a new one.', { cause: error });
        if (error instanceof errors.JOSEError)
          throw new AppError('unauthorized', 'The access token is not valid. Sign in again.', { cause: error });
        throw error;
      }
    },
  };
}
