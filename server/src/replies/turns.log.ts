import type { EventLog } from '../conversations/events.log.ts';
import { defineScript, type RedisClient, reachRedis, type Script } from '../platform/redis.ts';
import type { RedisKeys } from '../platform/redis-keys.ts';
import closeTurnLua from './scripts/close-turn.lua';
import handOutLua from './scripts/hand-out.lua';
import wantLua from './scripts/want.lua';

/** A message in line, and whose it is. */
export type Waiting = { messageId: string; userId: string };

/** A turn, and the server at which its reply is made: '' where any may make it. It stays as it was opened. */
export type Turn = { turn: string; home: string };

export type HandedOut =
  | { state: 'ok'; message: Waiting; waiting: Waiting[] }
  | { state: 'closed' }
  /** Another turn is open, or none. */
  | { state: 'stale'; open?: Turn };

/** What the scripts answer: a state, then texts, numbers or a list. */
type Answer = [state: string, first?: string, second?: string | string[], third?: string];

const toMember = ({ messageId, userId }: Waiting) => `${messageId}|${userId}`;
const fromMember = (member: string): Waiting => {
  const [messageId = '', userId = ''] = member.split('|');
  return { messageId, userId };
};

type Deps = {
  redis: RedisClient;
  keys: RedisKeys;
  log: Pick<EventLog, 'run'>;
  /** This server, where it has a reply queue of its own; otherwise ''. */
  home: () => string;
};

/** Whose turn it is: messages wait in line, one turn is open at a time, each turn is one queue job. */
export function createTurns({ redis, keys, log, home }: Deps) {
  const want = defineScript(redis, wantLua);
  const handOutScript = defineScript(redis, handOutLua);
  const closeScript = defineScript(redis, closeTurnLua);
  const run = (conversationId: string, script: Script, args: (string | number)[]) =>
    log.run(conversationId, script, args) as Promise<Answer>;

  return {
    /** Puts a message in line, before those with a higher score; answers the open turn and its place. */
    async want(conversationId: string, message: Waiting, score: number): Promise<Turn & { place: number }> {
      const [, turn, place, at] = await run(conversationId, want, [toMember(message), score, home()]);
      return { turn: turn ?? '', place: Number(place), home: at ?? '' };
    },

    async handOut(conversationId: string, turn: string): Promise<HandedOut> {
      const [state, first = '', second = []] = await run(conversationId, handOutScript, [turn]);
      if (state === 'ok') return { state, message: fromMember(first), waiting: [second].flat().map(fromMember) };
      if (state === 'closed') return { state };
      return { state: 'stale', ...(first && { open: { turn: first, home: String(second) } }) };
    },

    /** Answers the turn that is open now, if messages wait. */
    async close(conversationId: string, turn: string): Promise<Turn | undefined> {
      const [, next, at] = await run(conversationId, closeScript, [turn]);
      return next ? { turn: next, home: String(at ?? '') } : undefined;
    },

    async waiting(conversationId: string): Promise<number> {
      return reachRedis(() => redis.zcard(keys.waiting(conversationId)));
    },
  };
}

export type Turns = ReturnType<typeof createTurns>;
