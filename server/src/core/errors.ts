import type { ErrorCode, WireError } from '@fantwin/shared/errors';

type Extra = { cause?: unknown; retryAfterMs?: number; details?: unknown };

/** An answer to a request: its message is written for the person who asked. Anything else that is thrown is a bug. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly retryAfterMs?: number;
  readonly details?: unknown;

  constructor(code: ErrorCode, message: string, extra: Extra = {}) {
    super(message, { cause: extra.cause });
    this.name = 'AppError';
    this.code = code;
    this.retryAfterMs = extra.retryAfterMs;
    this.details = extra.details;
  }
}

/** What goes over the wire. A bug says nothing about itself there. */
export function toWireError(error: unknown): WireError {
  if (!(error instanceof AppError))
    return { code: 'internal', message: 'Something broke on our side. Please try again.' };
  const { code, message, retryAfterMs, details } = error;
  return {
    code,
    message,
    ...(retryAfterMs !== undefined && { retryAfterMs }),
    ...(details !== undefined && { details }),
  };
}

export const httpStatus: Record<ErrorCode, number> = {
  'bad-request': 400,
  unauthorized: 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  blocked: 422,
  held: 202,
  'rate-limited': 429,
  busy: 503,
  'too-large': 413,
  unavailable: 503,
  internal: 500,
};
