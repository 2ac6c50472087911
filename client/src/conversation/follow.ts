import type { ErrorCode } from '@fantwin/shared/errors';
import type { ConversationId } from '@fantwin/shared/ids';
import { warn } from '../log.ts';
import { pause } from '../net/pause.ts';
import { toRequestError } from '../net/request-error.ts';
import type { Connection } from '../net/socket.ts';
import { emptyLog, need } from './event-log.ts';
import type { ConversationStore } from './store.ts';

/** The server answers a reconnect with `resumed` by itself; after this long we ask. */
const RESUME_MS = 3_000;
const PAUSE_MS = { first: 100, most: 5_000 };
/** Asking for events brought nothing this often: join instead. */
const FILL_TRIES = 3;

/** Refusals that asking again does not change. */
const final = new Set<ErrorCode>(['not-found', 'forbidden', 'unauthorized', 'bad-request']);

/** What the log no longer has, or has not for us: only a join helps. */
const unkept = new Set<ErrorCode>(['conflict', 'forbidden']);

type Deps = {
  connection: Connection;
  store: Pick<ConversationStore, 'getState'>;
  conversationId: ConversationId;
};

/** Joins a conversation and keeps our copy of its log whole until the returned function is called. */
export function followConversation({ connection, store, conversationId }: Deps): () => void {
  const end = new AbortController();
  let settling = false;
  let resumeTimer: ReturnType<typeof setTimeout> | undefined;
  const log = () => store.getState().rooms[conversationId]?.log ?? emptyLog;

  async function join(): Promise<void> {
    const { epoch, seq } = log();
    const had = epoch === undefined ? {} : { epoch, after: seq };
    const answer = await connection.request('conversation:join', { conversationId, ...had }, { signal: end.signal });
    if (!end.signal.aborted) store.getState().applyJoin(conversationId, answer);
  }

  async function fill(): Promise<void> {
    const { epoch = '', seq } = log();
    const input = { conversationId, epoch, after: seq };
    const answer = await connection.request('conversation:events', input, { signal: end.signal });
    if (!end.signal.aborted) store.getState().applyCatchUp(conversationId, seq, answer);
  }

  /** Asks until nothing is missing. What fails for a while is asked again; what is refused for good is shown. */
  async function settle(): Promise<void> {
    if (settling) return;
    settling = true;
    let tries = 0;
    while (need(log()) !== 'nothing' && !end.signal.aborted) {
      const before = log();
      const events = need(before) === 'events' && tries < FILL_TRIES;
      const error = await (events ? fill() : join()).then(() => undefined, toRequestError);
      if (end.signal.aborted || (error && !events && final.has(error.code))) {
        if (error && !end.signal.aborted) store.getState().refuse(conversationId, error);
        break;
      }
      if (error) warn(`conversation:${events ? 'events' : 'join'} failed`, error.code);
      if (error && events && unkept.has(error.code)) store.getState().lose(conversationId);
      const moved = log().seq !== before.seq || log().epoch !== before.epoch;
      if (!error && moved) tries = 0;
      else
        await pause(
          Math.max(error?.retryAfterMs ?? 0, Math.min(PAUSE_MS.first * 2 ** tries++, PAUSE_MS.most)),
          end.signal,
        );
    }
    settling = false;
  }

  function connected(): void {
    clearTimeout(resumeTimer);
    if (log().epoch === undefined) void settle();
    else
      resumeTimer = setTimeout(
        () =>
          void join()
            .catch(() => store.getState().lose(conversationId))
            .then(settle),
        RESUME_MS,
      );
  }

  store.getState().enter(conversationId);
  const stops = [
    connection.on('events', (batch) => {
      if (batch.conversationId !== conversationId) return;
      store.getState().apply(batch);
      void settle();
    }),
    connection.on('resumed', (answer) => {
      if (answer.conversationId !== conversationId) return;
      clearTimeout(resumeTimer);
      store.getState().applyJoin(conversationId, answer);
      void settle();
    }),
    connection.on('presence', (presence) => store.getState().countPeople(presence)),
    connection.onUnreadable((name, payload) => {
      if (!mayBeOurs(payload)) return;
      if (name === 'events') store.getState().applyUnreadable(conversationId);
      if (name === 'resumed') store.getState().lose(conversationId);
      void settle();
    }),
    connection.onConnect(connected),
  ];

  function mayBeOurs(payload: unknown): boolean {
    const named = typeof payload === 'object' && payload !== null && 'conversationId' in payload;
    return !named || payload.conversationId === conversationId;
  }

  return () => {
    end.abort();
    clearTimeout(resumeTimer);
    for (const stop of stops) stop();
    store.getState().leave(conversationId);
    const connectedNow = connection.status.getState().status === 'connected';
    if (connectedNow) void connection.request('conversation:leave', { conversationId }).catch(() => undefined);
  };
}
