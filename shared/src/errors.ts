import { z } from 'zod';

export const ErrorCode = z.enum([
  'bad-request',
  'unauthorized',
  'forbidden',
  'not-found',
  'conflict',
  'blocked',
  'held',
  'rate-limited',
  'busy',
  'too-large',
  'unavailable',
  'internal',
]);
export type ErrorCode = z.infer<typeof ErrorCode>;

/** What every refused request carries, over the socket and over HTTP. */
export const WireError = z.object({
  code: ErrorCode,
  /** In plain words: what is wrong and what to do. */
  message: z.string(),
  /** When it is worth trying again. */
  retryAfterMs: z.number().int().nonnegative().optional(),
  details: z.unknown().optional(),
});
export type WireError = z.infer<typeof WireError>;

export type Ack<T> = { ok: true; data: T } | { ok: false; error: WireError };
