import { type Ack, ErrorCode } from '@fantwin/shared/errors';
import type { Limit } from '@fantwin/shared/limits';
import type { Socket } from 'socket.io';
import type { z } from 'zod';
import { withDeadline } from '../core/deadline.ts';
import { AppError, toWireError } from '../core/errors.ts';
import { parseInput } from '../core/parse-input.ts';
import type { Who } from '../core/who.ts';
import type { Logger } from './logger.ts';
import type { Metrics } from './metrics.ts';
import type { FloodGuard, Limits } from './rate-limit.ts';

export type SocketData = { who: Who; sessionId: string };
/** What servers tell each other. */
export type ServerEvents = { 'reply:stop': (replyId: string) => void };
export type AppSocket = Socket<
  Record<string, never>,
  Record<string, (payload: unknown) => void>,
  ServerEvents,
  SocketData
>;

export type RequestGuards = {
  flood: FloodGuard;
  limits: Limits;
  /** Per user and over all servers, by the request's name; a request without one is only guarded from floods. */
  requestLimits: Partial<Record<string, Limit>>;
  metrics: Metrics;
  logger: Logger;
};

const REQUEST_TIMEOUT_MS = 10_000;

type Contract = Record<string, { input: z.ZodType; output: z.ZodType }>;
type Handle = (input: never, who: Who, socket: AppSocket) => unknown;
type Acknowledge = (answer: Ack<unknown>) => void;

/** The requests of one namespace and who answers them. */
export class RequestTable<C extends Contract> {
  readonly #handles = new Map<string, { input: z.ZodType; handle: Handle }>();
  readonly #guards: RequestGuards;

  constructor(
    readonly contract: C,
    guards: RequestGuards,
  ) {
    this.#guards = guards;
  }

  add(name: string, input: z.ZodType, handle: Handle): void {
    this.#handles.set(name, { input, handle });
  }

  /** One listener per socket for all its requests: a closure per request would cost memory many thousand times. */
  attach(socket: AppSocket): void {
    socket.onAny((name: string, payload: unknown, acknowledge: unknown) => {
      if (typeof acknowledge === 'function') void this.#answer(socket, name, payload, acknowledge as Acknowledge);
    });
  }

  async #answer(socket: AppSocket, name: string, payload: unknown, acknowledge: Acknowledge): Promise<void> {
    const startedAt = performance.now();
    let answer: Ack<unknown>;
    try {
      answer = {
        ok: true,
        data: await withDeadline(this.#run(socket, name, payload), REQUEST_TIMEOUT_MS, 'That took too long.'),
      };
    } catch (error) {
      this.#log(error, name);
      answer = { ok: false, error: toWireError(error) };
    }
    acknowledge(answer);
    this.#guards.metrics.socketRequestSeconds.observe(
      { request: this.#handles.has(name) ? name : 'unknown', outcome: answer.ok ? 'ok' : answer.error.code },
      (performance.now() - startedAt) / 1000,
    );
  }

  async #run(socket: AppSocket, name: string, payload: unknown): Promise<unknown> {
    const { who } = socket.data;
    this.#guards.flood.consume(who.userId);
    const known = this.#handles.get(name);
    if (!known) throw new AppError(ErrorCode.enum['bad-request'], 'There is no such request. Is the page out of date?');
    const limit = this.#guards.requestLimits[name];
    if (limit) await this.#guards.limits.consume(name, who.userId, limit);
    return known.handle(parseInput(known.input, payload) as never, who, socket);
  }

  #log(error: unknown, request: string): void {
    if (!(error instanceof AppError)) this.#guards.logger.error({ err: error, request }, 'request failed');
    else if (error.code === 'unavailable')
      this.#guards.logger.warn({ err: error, request }, 'request found something unavailable');
  }
}

/** Answers one request: limit, parse, run, acknowledge, observe - the same for all. A handler is one line. */
export function onRequest<C extends Contract, R extends keyof C & string>(
  table: RequestTable<C>,
  name: R,
  handle: (
    input: z.infer<C[R]['input']>,
    who: Who,
    socket: AppSocket,
  ) => Promise<z.infer<C[R]['output']>> | z.infer<C[R]['output']>,
): void {
  const contract = table.contract[name];
  if (!contract) throw new Error(`${name} is not in the contract`);
  table.add(name, contract.input, handle);
}
