import type { Route } from '@fantwin/shared/http';
import type { UserId } from '@fantwin/shared/ids';
import { httpLimits } from '@fantwin/shared/limits';
import { json, type Request, type Response, type Router } from 'express';
import type { z } from 'zod';
import { withDeadline } from '../core/deadline.ts';
import { AppError, httpStatus, toWireError } from '../core/errors.ts';
import { parseInput } from '../core/parse-input.ts';
import type { Logger } from './logger.ts';
import type { Metrics } from './metrics.ts';
import type { OriginCheck } from './origin.ts';
import { addressKey, type FloodGuard, type Limits } from './rate-limit.ts';

const BODY_MAX_BYTES = 64 * 1024;
const ROUTE_TIMEOUT_MS = 15_000;
/** Files come over slow lines too; one that stands still for `FILE_IDLE_MS` has broken off. */
const FILE_TIMEOUT_MS = 280_000;
const FILE_IDLE_MS = 15_000;
/** They are held in memory until they are whole. */
const FILES_AT_ONCE = 6;

export type RouteGuards = {
  flood: FloodGuard;
  limits: Limits;
  origin: OriginCheck;
  /** Whose access token it is. Throws `unauthorized`. */
  userOf(accessToken: string): Promise<UserId>;
  metrics: Metrics;
  logger: Logger;
};

type Parsed<S> = S extends z.ZodType ? z.infer<S> : undefined;
type Schema<R, Part extends string> = R extends { [K in Part]: infer S } ? S : undefined;
type InputOf<R> = {
  params: Parsed<Schema<R, 'params'>>;
  query: Parsed<Schema<R, 'query'>>;
  body: Parsed<Schema<R, 'body'>>;
  file: R extends { file: object } ? Buffer : undefined;
};
type UserOf<R> = R extends { auth: 'user' } ? UserId : UserId | undefined;
/** `exchange` is for what is not in the contract: cookies. */
type Handler<R extends Route> = (
  input: InputOf<R>,
  userId: UserOf<R>,
  exchange: { request: Request; response: Response },
) => Promise<z.infer<R['output']>> | z.infer<R['output']>;

/** Serves one route of the contract: limit, sign-in, parse, run, answer, observe - the same for all. */
export function route<R extends Route>(router: Router, contract: R, handle: Handler<R>, guards: RouteGuards): void {
  const method = contract.method.toLowerCase() as Lowercase<R['method']>;

  async function answer(request: Request, response: Response): Promise<void> {
    await countRequest(request, contract.limit, guards);
    refuseOtherSites(contract, request, guards.origin);
    const userId = await signedIn(contract, request, guards);
    const input = {
      params: contract.params && parseInput(contract.params, request.params),
      query: contract.query && parseInput(contract.query, request.query),
      body: contract.body && parseInput(contract.body, await readJson(request, response)),
      file: contract.file && (await readFile(request, contract.file)),
    };
    const output = await handle(input as InputOf<R>, userId as UserOf<R>, { request, response });
    response.json(output);
  }

  router[method](contract.path, async (request, response) => {
    const startedAt = performance.now();
    try {
      const timeoutMs = contract.file ? FILE_TIMEOUT_MS : ROUTE_TIMEOUT_MS;
      await withDeadline(answer(request, response), timeoutMs, 'That took too long. Please try again.');
    } catch (error) {
      answerError(error, request, response, guards.logger);
    } finally {
      guards.metrics.httpRequestSeconds.observe(
        { route: contract.path, method: contract.method, status: response.statusCode },
        (performance.now() - startedAt) / 1000,
      );
    }
  });
}

/** One request of its address; first counted in this process, then together with the other servers. */
export async function countRequest(
  request: Request,
  limit: Route['limit'],
  { flood, limits }: Pick<RouteGuards, 'flood' | 'limits'>,
): Promise<void> {
  const address = addressKey(request.ip);
  flood.consume(address);
  await limits.consume(`http-${limit}`, address, httpLimits[limit]);
}

/** The one mapping from what was thrown to what is sent. A bug is logged in full here, and only here. */
export function answerError(error: unknown, request: Request, response: Response, logger: Logger): void {
  const wire = toWireError(error);
  const where = { requestId: response.getHeader('x-request-id'), method: request.method, route: routeOf(request) };
  if (!(error instanceof AppError)) logger.error({ err: error, ...where }, 'request failed');
  else if (error.code === 'unavailable') logger.warn({ err: error, ...where }, 'request found something unavailable');

  if (response.headersSent) {
    response.destroy();
    return;
  }
  for (const name of ['Content-Type', 'Content-Length', 'Content-Range', 'ETag']) response.removeHeader(name);
  response.set('Cache-Control', 'no-store'); // whatever was going to be sent, this is not it
  if (wire.retryAfterMs !== undefined) response.set('Retry-After', String(Math.ceil(wire.retryAfterMs / 1000)));
  response.status(httpStatus[wire.code]).json({ error: wire });
}

/** A route's pattern; never the address itself, which may carry what people wrote. */
function routeOf(request: Request): string {
  const { route: matched } = request as { route?: { path: string } };
  return matched?.path ?? 'none';
}

function refuseOtherSites(contract: Route, request: Request, origin: OriginCheck): void {
  const refused =
    contract.auth === 'cookie'
      ? !origin.fromOurPage(request.headers)
      : contract.method !== 'GET' && origin.fromOtherPage(request.headers);
  if (refused)
    throw new AppError('forbidden', 'This request did not come from our own page. Open the page and try there.');
}

export function bearerOf(request: Request): string | undefined {
  return /^Bearer +([\w.~+/=-]+)$/i.exec(request.headers.authorization ?? '')?.[1];
}

async function signedIn(contract: Route, request: Request, guards: RouteGuards): Promise<UserId | undefined> {
  if (contract.auth === 'cookie') return undefined; // its handler reads the cookie
  const bearer = bearerOf(request);
  if (contract.auth === 'user') {
    if (!bearer) throw new AppError('unauthorized', 'Sign in first: this needs an access token.');
    return guards.userOf(bearer);
  }
  if (!bearer) return undefined;
  return guards.userOf(bearer).catch((error: unknown) => {
    if (error instanceof AppError && error.code === 'unauthorized') return undefined; // as anybody
    throw error;
  });
}

let filesComing = 0;

/** The whole file, or a refusal as soon as it is known. */
async function readFile(request: Request, { type, maxBytes }: NonNullable<Route['file']>): Promise<Buffer> {
  if (!request.is(type)) throw new AppError('bad-request', `Send the file itself with "Content-Type: ${type}".`);
  const tooLarge = () =>
    new AppError('too-large', `The file is too large: at most ${Math.floor(maxBytes / 1024 / 1024)} MB.`);
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) throw tooLarge();
  if (filesComing >= FILES_AT_ONCE)
    throw new AppError('busy', 'Several files are coming in already. Please try again in a moment.', {
      retryAfterMs: 5_000,
    });
  filesComing += 1;
  const brokenOff = () => request.destroy(new AppError('bad-request', 'The file did not arrive whole. Send it again.'));
  let idle = setTimeout(brokenOff, FILE_IDLE_MS);
  try {
    const parts: Buffer[] = [];
    let bytes = 0;
    for await (const part of request as AsyncIterable<Buffer>) {
      clearTimeout(idle);
      idle = setTimeout(brokenOff, FILE_IDLE_MS);
      bytes += part.length;
      if (bytes > maxBytes) throw tooLarge();
      parts.push(part);
    }
    return Buffer.concat(parts);
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError('bad-request', 'The file did not arrive whole. Send it again.', { cause: error });
  } finally {
    clearTimeout(idle);
    filesComing -= 1;
  }
}

const parseJson = json({ limit: BODY_MAX_BYTES, inflate: false });

async function readJson(request: Request, response: Response): Promise<unknown> {
  if (!request.is('application/json') && request.headers['content-length'] !== '0')
    throw new AppError('bad-request', 'Send the body as JSON with "Content-Type: application/json".');
  await new Promise<void>((resolve, reject) => {
    parseJson(request, response, (fault: unknown) => (fault ? reject(asAppError(fault)) : resolve()));
  });
  return request.body;
}

function asAppError(fault: unknown): unknown {
  const type = fault instanceof Error && 'type' in fault ? fault.type : undefined;
  switch (type) {
    case 'entity.too.large':
      return new AppError('too-large', `The body is too large: at most ${BODY_MAX_BYTES / 1024} KB.`);
    case 'entity.parse.failed':
      return new AppError('bad-request', 'The body is not valid JSON. Check its quotes, commas and brackets.');
    case 'encoding.unsupported':
    case 'charset.unsupported':
      return new AppError('bad-request', 'Send the body uncompressed and in UTF-8.');
    case 'request.aborted':
    case 'request.size.invalid':
      return new AppError('bad-request', 'The body did not arrive whole. Send it again.');
    default:
      return fault;
  }
}
