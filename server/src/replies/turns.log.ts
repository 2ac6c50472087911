import type { EventLog } from '../conversations/events.log.ts';
import { defineScript, type RedisClient, reachRedis, type Script } from '../platform/redis.ts';
import type { RedisKeys } from '../platform/redis-keys.ts';
import closeTurnLua from './scripts/close-turn.lua';
import handOutLua from './scripts/hand-out.lua';
import wantLua from './scripts/want.lua';

/** A message in line, and whose it is. */
export type Waiting = { messageId: string; userId: string };

export type HandedOut =
  | { state: 'ok'; message: Waiting; waiting: Waiting[] }
  | { state: 'closed' }
  /** Another turn is open, or none. */
  | { state: 'stale'; openTurn?: string };

/** What the scripts answer: a state, then a text or a number, then a list. */
type Answer = [state: string, first?: string, rest?: string[]];

const toMember = ({ messageId, userId }: Waiting) => `${messageId}|${userId}`;
const fromMember = (member: string): Waiting => {
  const [messageId = '', userId = ''] = member.split('|');
  return { messageId, userId };
};

type Deps = { redis: RedisClient; keys: RedisKeys; log: Pick<EventLog, 'run'> };

/** Whose turn it is: messages wait in line, one turn is open at a time, each turn is one queue job. */
export function createTurns({ redis, keys, log }: Deps) {
  const want = defineScript(redis, wantLua);
  const handOutScript = defineScript(redis, handOutLua);
  const closeScript = defineScript(redis, closeTurnLua);
  const run = (conversationId: string, script: Script, args: (string | number)[]) =>
    log.run(conversationId, script, args) as Promise<Answer>;

  return {
    /** Puts a message in line, before those with a higher score; answers the open turn and its place. */
    async want(conversationId: string, message: Waiting, score: number): Promise<{ turn: string; place: number }> {
      const [, turn, place] = await run(conversationId, want, [toMember(message), score]);
      return { turn: turn ?? '', place: Number(place) };
    },

    async handOut(conversationId: string, turn: string): Promise<HandedOut> {
      const [state, first = '', waiting = []] = await run(conversationId, handOutScript, [turn]);
      if (state === 'ok') return { state, message: fromMember(first), waiting: waiting.map(fromMember) };
      if (state === 'closed') return { state };
      return { state: 'stale', ...(first && { openTurn: first }) };
    },

    /** Answers the turn that is open now, if messages wait. */
    async close(conversationId: string, turn: string): Promise<string | undefined> {
      const [, next] = await run(conversationId, closeScript, [turn]);
      return next || undefined;
    },

    async waiting(conversationId: string): Promise<number> {
      return reachRedis(() => redis.zcard(keys.waiting(conversationId)));
    },
  };
}

export type Turns = ReturnType<typeof createTurns>;
