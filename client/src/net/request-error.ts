import { type ErrorCode, WireError } from '@fantwin/shared/errors';

/** A request that was refused or found nobody. Codes are the wire's; `unavailable` also stands for a lost connection. */
export class RequestError extends Error {
  readonly code: ErrorCode;
  readonly retryAfterMs?: number;
  readonly details?: unknown;

  constructor(error: WireError, cause?: unknown) {
    super(error.message, { cause });
    this.name = 'RequestError';
    this.code = error.code;
    this.retryAfterMs = error.retryAfterMs;
    this.details = error.details;
  }
}

export const unreachable = (cause?: unknown) =>
  new RequestError({ code: 'unavailable', message: 'The server cannot be reached right now.' }, cause);

export const notUnderstood = (cause?: unknown) =>
  new RequestError({ code: 'internal', message: 'The server answered something unexpected.' }, cause);

export const toRequestError = (error: unknown): RequestError =>
  error instanceof RequestError ? error : notUnderstood(error);

/** Reads a refusal; whatever is not one is `otherwise`. */
export function parseRefusal(payload: unknown, otherwise: () => RequestError): RequestError {
  const parsed = WireError.safeParse(payload);
  return parsed.success ? new RequestError(parsed.data) : otherwise();
}
