import {
  type Broadcast,
  type BroadcastName,
  broadcasts,
  type Handshake,
  type Input,
  namespace,
  type Output,
  type RequestName,
  requests,
} from '@fantwin/shared/live';
import { io } from 'socket.io-client';
import { z } from 'zod';
import { createStore } from 'zustand/vanilla';
import { warn } from '../log.ts';
import { pause } from './pause.ts';
import { notUnderstood, parseRefusal, RequestError, unreachable } from './request-error.ts';

export type ConnectionStatus = 'connecting' | 'connected' | 'reconnecting';
type Listeners = { [B in BroadcastName]: Set<(payload: Broadcast<B>) => void> };
type RequestOptions = { deadlineMs?: number; signal?: AbortSignal };

const ANSWER_MS = 10_000;
const DEADLINE_MS = 30_000;
const RETRY_MS = 400;
const RETURN_MS = { first: 500, most: 10_000 };
/** A try that nobody answers: some networks swallow WebSockets without a word, so polling goes first next time. */
const CONNECT_MS = 5_000;
/** So many other failures do the same. */
const POLL_AFTER_FAILURES = 2;

const AnyAck = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), data: z.unknown() }),
  z.object({ ok: z.literal(false), error: z.unknown() }),
]);

export type Connection = ReturnType<typeof createConnection>;

export type ConnectionOptions = {
  serverUrl: string;
  /** Asked for at each try to connect. */
  handshake: () => Promise<Handshake>;
  /** The server refused who we are: get a new token. `false`: there is none to be had. */
  renew: () => Promise<boolean>;
};

/** The socket of `/live`, typed both ways; everything received is parsed here. */
export function createConnection({ serverUrl, handshake, renew }: ConnectionOptions) {
  const status = createStore<{ status: ConnectionStatus }>(() => ({ status: 'connecting' }));
  const listeners: Listeners = { events: new Set(), resumed: new Set(), presence: new Set(), notice: new Set() };
  const onConnects = new Set<() => void>();
  const onUnreadables = new Set<(name: BroadcastName, payload: unknown) => void>();
  let failures = 0;
  let comeBack: ReturnType<typeof setTimeout> | undefined;

  const socket = io(serverUrl + namespace, {
    autoConnect: false,
    transports: ['websocket', 'polling'],
    tryAllTransports: true,
    reconnectionDelay: 200,
    reconnectionDelayMax: 5_000,
    randomizationFactor: 0.5,
    timeout: CONNECT_MS,
    withCredentials: true,
    auth: (give) => void handshake().then(give, () => give({})),
  });

  socket.on('connect', () => {
    failures = 0;
    socket.io.engine.once('upgrade', () => orderTransports('websocket', 'polling'));
    status.setState({ status: 'connected' });
    for (const listener of onConnects) listener();
  });
  socket.on('disconnect', (reason) => {
    status.setState({ status: 'reconnecting' });
    if (reason === 'io server disconnect') returnAfter(RETURN_MS.first);
  });
  socket.on('connect_error', (error: Error & { data?: unknown }) => {
    failures++;
    if (failures === POLL_AFTER_FAILURES || error.message === 'timeout') orderTransports('polling', 'websocket');
    if (!socket.active) void afterRefusal(error);
  });

  function orderTransports(...order: ('websocket' | 'polling')[]): void {
    socket.io.opts.transports = order;
  }

  /** The library tries again by itself when nobody answered, but not after a refusal. */
  async function afterRefusal(error: Error & { data?: unknown }): Promise<void> {
    const refusal = parseRefusal(error.data, () => unreachable(error));
    warn('connection refused', refusal.code);
    if (refusal.code === 'unauthorized' && !(await renew().catch(() => true))) return;
    const patience = Math.min(RETURN_MS.first * 2 ** (failures - 1), RETURN_MS.most);
    returnAfter(Math.max(refusal.retryAfterMs ?? 0, patience));
  }

  function returnAfter(delayMs: number): void {
    clearTimeout(comeBack);
    comeBack = setTimeout(() => socket.connect(), delayMs);
  }

  for (const name of Object.keys(broadcasts) as BroadcastName[]) {
    socket.on(name, (payload: unknown) => receive(name, payload));
  }
  function receive(name: BroadcastName, payload: unknown): void {
    const parsed = broadcasts[name].safeParse(payload);
    if (!parsed.success) {
      warn(`unreadable ${name}`, parsed.error.issues);
      for (const listener of onUnreadables) listener(name, payload);
      return;
    }
    for (const listener of listeners[name] as Set<(payload: unknown) => void>) listener(parsed.data);
  }

  /**
   * Asks and waits for the answer. Every request may be sent twice without harm, so one that found nobody is sent
   * again, also over a new connection, until the deadline. Throws `RequestError` only.
   */
  async function request<R extends RequestName>(
    name: R,
    input: z.input<(typeof requests)[R]['input']>,
    { deadlineMs = DEADLINE_MS, signal }: RequestOptions = {},
  ): Promise<Output<R>> {
    const parsed = requests[name].input.safeParse(input);
    if (!parsed.success) throw new RequestError({ code: 'bad-request', message: z.prettifyError(parsed.error) });
    const deadline = AbortSignal.timeout(deadlineMs);
    const end = signal ? AbortSignal.any([deadline, signal]) : deadline;
    const endsAt = performance.now() + deadlineMs;
    for (;;) {
      try {
        await connected(end);
        return await ask(name, parsed.data as Input<R>, Math.min(ANSWER_MS, endsAt - performance.now()));
      } catch (thrown) {
        const error = thrown instanceof RequestError ? thrown : unreachable(thrown);
        const pauseMs = Math.max(error.retryAfterMs ?? 0, RETRY_MS);
        if (error.code !== 'unavailable' || end.aborted || performance.now() + pauseMs >= endsAt) throw error;
        await pause(pauseMs, end);
      }
    }
  }

  async function ask<R extends RequestName>(name: R, input: Input<R>, timeoutMs: number): Promise<Output<R>> {
    const answer = AnyAck.safeParse(await socket.timeout(Math.max(timeoutMs, 1)).emitWithAck(name, input));
    if (!answer.success) throw notUnderstood(answer.error);
    if (!answer.data.ok) throw parseRefusal(answer.data.error, notUnderstood);
    const output = requests[name].output.safeParse(answer.data.data);
    if (!output.success) {
      warn(`unreadable answer to ${name}`, output.error.issues);
      throw notUnderstood(output.error);
    }
    return output.data as Output<R>;
  }

  function connected(end: AbortSignal): Promise<void> {
    if (socket.connected) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const done = (settle: () => void) => () => {
        socket.off('connect', won);
        end.removeEventListener('abort', lost);
        settle();
      };
      const won = done(resolve);
      const lost = done(() => reject(unreachable(end.reason)));
      socket.on('connect', won);
      end.addEventListener('abort', lost);
      if (end.aborted) lost();
    });
  }

  return {
    status,
    request,
    on<B extends BroadcastName>(name: B, listener: (payload: Broadcast<B>) => void): () => void {
      listeners[name].add(listener);
      return () => void listeners[name].delete(listener);
    },
    /** Each time a connection is made, and at once when there is one. */
    onConnect(listener: () => void): () => void {
      onConnects.add(listener);
      if (socket.connected) listener();
      return () => void onConnects.delete(listener);
    },
    onUnreadable(listener: (name: BroadcastName, payload: unknown) => void): () => void {
      onUnreadables.add(listener);
      return () => void onUnreadables.delete(listener);
    },
    connect: () => void socket.connect(),
    /** As somebody else: the old connection is of the one before. */
    reconnect(): void {
      clearTimeout(comeBack);
      socket.disconnect().connect();
    },
    close(): void {
      clearTimeout(comeBack);
      socket.disconnect();
    },
  };
}
