import { Author, type ConversationMode, RunningReply, Sentence } from '@fantwin/shared/conversations';
import type { ConversationEvent, EventBody, Finish } from '@fantwin/shared/events';
import { LOG_KEEP_MS, LOG_MAX_EVENTS } from '@fantwin/shared/limits';
import { z } from 'zod';
import { AppError } from '../core/errors.ts';
import { defineScript, type RedisClient, reachRedis, type Script } from '../platform/redis.ts';
import type { RedisKeys } from '../platform/redis-keys.ts';
import appendLua from './scripts/append.lua';
import claimLua from './scripts/claim.lua';
import openLua from './scripts/open.lua';
import snapshotLua from './scripts/snapshot.lua';
import stopLua from './scripts/stop.lua';

/** What a new epoch starts from, read from Postgres. */
export type LogStart = {
  mode: ConversationMode;
  ownerEpoch: number;
  reply?: { replyId: string; replyTo: string; author: Author; text: string };
  waiting: { member: string; score: number }[];
};

/** Lets its holder append to a running reply; a newer one shuts it out. */
export type Fence = string & { readonly brand: 'Fence' };

export type Appended =
  | { state: 'appended' | 'seen'; epoch: string; seq: number }
  | { state: 'fenced' }
  | { state: 'wait'; ms: number };

export type Claim = {
  fence: Fence;
  /** `unknown`: this epoch has not seen the reply. */
  state: 'unknown' | 'running' | 'stopping' | 'ended';
  text: string;
  spoken: number;
  speaksUntil: number;
  finish: Finish;
};

export type Stopping =
  | { state: 'stopping'; fence: Fence; text: string; finish: Finish; spoken: number }
  | { state: 'speaking' | 'ended' | 'unknown' }
  | { state: 'conflict' };

export type Snapshot = { epoch: string; seq: number; reply?: RunningReply };

const ReplyHead = z.object({ author: Author, replyTo: z.string().optional() });
const toFence = (epoch: string, fence: unknown) => `${epoch}:${String(fence)}` as Fence;

/** What the append script wants to know beside the body. */
function scriptArguments(body: EventBody): (string | number)[] {
  switch (body.type) {
    case 'reply.started': {
      const text = body.text ?? '';
      return [body.replyId, JSON.stringify({ author: body.author, replyTo: body.replyTo }), text, text.length];
    }
    case 'reply.delta':
      return [body.replyId, body.index, body.text, body.text.length];
    case 'reply.sentence': {
      const { type: _type, replyId, ...sentence } = body;
      return [replyId, body.index, JSON.stringify(sentence), body.startsAt + body.durationMs];
    }
    case 'reply.ended':
      return [body.replyId, body.speaksUntil ?? 0];
    case 'reply.restarted':
    case 'reply.silenced':
      return [body.replyId];
    case 'conversation.changed':
      return [body.mode, body.ownerEpoch];
    default:
      return [];
  }
}

/** Events that are appended once whoever sends them again; the reply's own are known by their place in it. */
function eventKey(body: EventBody): string {
  return body.type === 'message.posted' ? body.message.messageId : body.type === 'tip.received' ? body.transferId : '';
}

type Deps = {
  redis: RedisClient;
  keys: RedisKeys;
  newEpoch: () => string;
  /** What Postgres knows of a conversation whose log has to begin anew. */
  loadStart: (conversationId: string) => Promise<LogStart>;
  onAppend?: (seconds: number) => void;
  /** This server, where it has sockets. */
  here?: {
    serverId: string;
    watches: (conversationId: string) => boolean;
    /** Takes an event that was not published, because nobody else watches. */
    take: (conversationId: string, epoch: string, event: ConversationEvent) => void;
  };
};

/** The conversation log: a stream with a head beside it; every change of it is one script. */
export function createEventLog({ redis, keys, newEpoch, loadStart, onAppend, here }: Deps) {
  const scripts = {
    append: defineScript(redis, appendLua),
    open: defineScript(redis, openLua),
    snapshot: defineScript(redis, snapshotLua),
    claim: defineScript(redis, claimLua),
    stop: defineScript(redis, stopLua),
  };

  /** Begins the log anew from Postgres where it is missing or from another life of Redis. */
  async function open(conversationId: string): Promise<void> {
    const start = await loadStart(conversationId);
    const { reply } = start;
    const head = reply ? JSON.stringify({ author: reply.author, replyTo: reply.replyTo }) : '';
    await scripts.open(keys.log(conversationId), [
      newEpoch(),
      LOG_KEEP_MS,
      start.mode,
      start.ownerEpoch,
      reply?.replyId ?? '',
      head,
      reply?.text ?? '',
      reply?.text.length ?? 0,
      ...start.waiting.flatMap(({ score, member }) => [score, member]),
    ]);
  }

  /** Runs a script on a conversation's keys; where it answers `reopen` the log is opened and the script run again. */
  async function run(conversationId: string, script: Script, args: (string | number)[]): Promise<unknown[]> {
    for (let tries = 0; tries < 3; tries += 1) {
      const answer = (await script(keys.log(conversationId), args)) as unknown[];
      if (answer[0] !== 'reopen') return answer;
      await open(conversationId);
    }
    throw new AppError('unavailable', 'The conversation is being opened. Please try again.', { retryAfterMs: 500 });
  }

  async function append(conversationId: string, body: EventBody, fence?: Fence): Promise<Appended> {
    const startedAt = performance.now();
    const args = [keys.feed(conversationId), fence ?? '', eventKey(body), LOG_MAX_EVENTS, LOG_KEEP_MS, body.type];
    const server = here?.watches(conversationId) ? here.serverId : '';
    const all = [...args, JSON.stringify(body), server, ...scriptArguments(body)];
    const [state, first, at, epoch, alone] = await run(conversationId, scripts.append, all);
    onAppend?.((performance.now() - startedAt) / 1000);
    if (state === 'ok') {
      if (alone) here?.take(conversationId, String(epoch), { seq: Number(first), at: Number(at), ...body });
      return { state: 'appended', seq: Number(first), epoch: String(epoch) };
    }
    if (state === 'seen') return { state: 'seen', seq: Number(first), epoch: String(epoch) };
    if (state === 'wait') return { state: 'wait', ms: Number(first) };
    if (state === 'fenced') return { state: 'fenced' };
    throw new Error(`append of ${body.type} refused: ${String(state)} ${String(first)}`);
  }

  async function claim(conversationId: string, replyId: string): Promise<Claim> {
    const answer = await run(conversationId, scripts.claim, [replyId]);
    const [, epoch, fence, state, text, , spoken, speaksUntil, finish] = answer;
    return {
      fence: toFence(String(epoch), fence),
      state: (state || 'unknown') as Claim['state'],
      text: String(text),
      spoken: Number(spoken),
      speaksUntil: Number(speaksUntil),
      finish: (finish || 'stopped') as Finish,
    };
  }

  async function stop(conversationId: string, replyId: string, finish: Finish, ownerEpoch?: number): Promise<Stopping> {
    const answer = await run(conversationId, scripts.stop, [replyId, finish, ownerEpoch ?? '']);
    const [state, epoch, fence, text, kept, spoken] = answer;
    if (state !== 'stopping') return { state: state as 'ended' };
    return {
      state: 'stopping',
      fence: toFence(String(epoch), fence),
      text: String(text),
      finish: kept as Finish,
      spoken: Number(spoken),
    };
  }

  /** `watch`: from now on this server takes every event. */
  async function snapshot(conversationId: string, watch = false): Promise<Snapshot> {
    const answer = await run(conversationId, scripts.snapshot, [(watch && here?.serverId) || '']);
    const [, epoch, seq, replyId, state, head, text, spoken, speaksUntil] = answer;
    const at = { epoch: String(epoch), seq: Number(seq) };
    if (!replyId) return at;
    const reply = RunningReply.parse({
      replyId,
      ...ReplyHead.parse(JSON.parse(String(head))),
      text,
      sentences: (spoken as string[]).map((json) => Sentence.parse(JSON.parse(json))),
      ...(state === 'ended' && { speaksUntil: Number(speaksUntil) }),
    });
    return { ...at, reply };
  }

  /** The events after `after`, oldest first. The first one's `seq` tells whether some were trimmed. */
  async function after(conversationId: string, seq: number, limit: number): Promise<ConversationEvent[]> {
    const rows = await reachRedis(() => redis.xrange(keys.stream(conversationId), `${seq + 1}-0`, '+', 'COUNT', limit));
    return rows.map(([, fields]) => JSON.parse(fields[1] as string) as ConversationEvent);
  }

  /** Where the logs stand, in one round trip; undefined for a log that is not there. */
  async function heads(conversationIds: string[]): Promise<({ epoch: string; seq: number } | undefined)[]> {
    const pipeline = redis.pipeline();
    for (const id of conversationIds) pipeline.hmget(keys.head(id), 'epoch', 'seq');
    const answers = await reachRedis(() => pipeline.exec());
    return (answers ?? []).map(([error, values]) => {
      const [epoch, seq] = (error ? [] : values) as (string | null)[];
      return epoch ? { epoch, seq: Number(seq) } : undefined;
    });
  }

  /** Whether a maker is still let in. */
  async function holds(conversationId: string, fence: Fence): Promise<boolean> {
    const [epoch, number] = await reachRedis(() => redis.hmget(keys.head(conversationId), 'epoch', 'fence'));
    return `${epoch}:${number}` === fence;
  }

  /** Again, in case others took this server for gone. */
  async function watch(conversationId: string): Promise<void> {
    if (here) await reachRedis(() => redis.sadd(keys.watchers(conversationId), here.serverId));
  }

  /** `serverId`: this one, or one that is gone. */
  async function unwatch(conversationIds: string[], serverId = here?.serverId): Promise<void> {
    if (!serverId) return;
    const pipeline = redis.pipeline();
    for (const id of conversationIds) pipeline.srem(keys.watchers(id), serverId);
    await reachRedis(() => pipeline.exec());
  }

  return { append, claim, stop, snapshot, watch, unwatch, after, heads, holds, run };
}

export type EventLog = ReturnType<typeof createEventLog>;
