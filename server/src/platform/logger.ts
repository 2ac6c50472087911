import { type DestinationStream, type Logger as PinoLogger, pino } from 'pino';

export type Logger = PinoLogger;

/** Never written, wherever in a logged object they stand (to a depth of four). */
const secretFields = [
  'authorization',
  'cookie',
  'set-cookie',
  'token',
  'accessToken',
  'refreshToken',
  'password',
  'passwordHash',
  'secret',
  'apiKey',
];
const depths = ['', '*.', '*.*.', '*.*.*.'];
const secretPaths = depths.flatMap((depth) => secretFields.map((field) => pathTo(depth, field)));
const CAUSES_MAX = 5;

/** JSON lines. Give it ids, counts and errors; text that people wrote does not belong here. */
export function createLogger(options: { level: string; name?: string }, destination?: DestinationStream): Logger {
  return pino(
    {
      level: options.level,
      ...(options.name && { name: options.name }),
      redact: { paths: secretPaths, censor: '[secret]' },
      serializers: { err: plainError, error: plainError },
      timestamp: pino.stdTimeFunctions.isoTime,
    },
    destination,
  );
}

type PlainError = { type: string; message: string; code?: unknown; stack?: string; cause?: PlainError };

/** Errors of libraries carry commands, rows and requests with them; only what tells where it broke is kept. */
function plainError(error: unknown, depth = 0): PlainError {
  if (!(error instanceof Error)) return { type: typeof error, message: 'something that is no Error was thrown' };
  const code = 'code' in error ? error.code : undefined;
  return {
    type: error.name,
    message: error.message,
    ...(code !== undefined && { code }),
    ...(error.stack !== undefined && { stack: error.stack }),
    ...(error.cause !== undefined && depth < CAUSES_MAX && { cause: plainError(error.cause, depth + 1) }),
  };
}

function pathTo(depth: string, field: string): string {
  if (!field.includes('-')) return `${depth}${field}`;
  return `${depth.replace(/\.$/, '')}["${field}"]`;
}
