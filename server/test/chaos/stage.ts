import type { SignedIn } from '@fantwin/shared/accounts';
import type { ConversationEvent } from '@fantwin/shared/events';
import type { ConversationId } from '@fantwin/shared/ids';
import { Redis } from 'ioredis';
import { createServer } from 'node:net';
import pg from 'pg';
import { createKeys } from '../../src/platform/redis-keys.ts';
import { demoCharacterId } from '../../src/characters/seed.ts';
import { startOpenAiDouble } from '../doubles/openai-double.ts';
import { Fan } from '../fan.ts';
import { ChaosFan } from './chaos-fan.ts';
import { ClusterProcess } from './cluster.ts';
import { startCuttingProxy } from './cutting-proxy.ts';
import { type End, learn } from './judge.ts';
import { Room } from './room.ts';
import { askedIn, storyOf } from './stories.ts';

export type Size = {
  servers: number;
  rooms: number;
  fansPerRoom: number;
  /** Of each reply. */
  words: number;
  tokenMs: number;
  /** How long the faults last that last. */
  lastsMs: number;
};

export type Ended = { id: string; replyTo: string; text: string; finish: string | null; makers: number };

const PREFIX = 'fantwin:';

/**
 * The cluster, the network in front of it, an engine that answers with known stories, and people who sign in.
 * `settings`: for the servers, beside the usual ones.
 */
export async function openStage(size: Size, settings: Record<string, string> = {}) {
  const engine = await startOpenAiDouble({
    answers: (messages) => storyOf(askedIn(messages), size.words),
    tokenMs: size.tokenMs,
    continuation: 'assistant',
  });
  const env = {
    LLM_BASE_URL: engine.url,
    LLM_MODEL: 'double',
    LLM_CONTINUATION: 'assistant',
    LOG_LEVEL: process.env.TEST_LOG_LEVEL ?? 'error',
    ...settings,
  };
  const cluster = await ClusterProcess.start(env, size.servers, await freePorts(size.servers)).catch(async (error) => {
    await engine.close();
    throw error;
  });
  const { url, redisUrl, databaseUrl } = cluster.now;
  const proxy = await startCuttingProxy(new URL(url));
  const redis = new Redis(redisUrl, { maxRetriesPerRequest: null, retryStrategy: () => 50 });
  redis.on('error', () => undefined); // it is killed on purpose
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 4 });
  pool.on('error', () => undefined);
  const keys = createKeys(PREFIX);

  const { email, password } = cluster.creator;
  let creator = await Fan.login(url, email, password);
  let signedInAt = performance.now();
  const guests: SignedIn[] = [];
  for (let n = 0; n < size.rooms * size.fansPerRoom; n += 1)
    guests.push(await creator.post<SignedIn>('/api/auth/guest', { displayName: `Fan ${n}` }));

  /** An access token lasts 10 minutes. */
  async function signedIn(): Promise<Fan> {
    if (performance.now() - signedInAt < 5 * 60_000) return creator;
    signedInAt = performance.now();
    creator.close();
    creator = await Fan.login(url, email, password);
    return creator;
  }

  async function openRoom(n: number): Promise<Room> {
    const { id } = await (await signedIn()).post<{ id: ConversationId }>('/api/conversations', {
      characterId: demoCharacterId,
      kind: 'live',
    });
    const theirs = guests.slice(n * size.fansPerRoom, (n + 1) * size.fansPerRoom);
    const fans = theirs.map(({ accessToken, user }) => new ChaosFan(proxy.url, accessToken, user.id, user.displayName));
    await Promise.all(fans.map((fan) => fan.connected().then(() => fan.join(id))));
    return new Room(id, fans);
  }

  return {
    size,
    engine,
    cluster,
    proxy,
    redis,
    openRoom,

    /** Keeps what Redis has of a room's log and says where it ends; undefined where Redis lost it and nobody wrote since. */
    async readLog({ id, log }: Room): Promise<End> {
      const [epoch, seq] = await redis.hmget(keys.head(id), 'epoch', 'seq');
      if (!epoch) return undefined;
      const rows = await redis.xrange(keys.stream(id), '-', `${seq}-0`);
      const events = rows.map(([, fields]) => JSON.parse(fields[1] ?? '') as ConversationEvent);
      learn(log, epoch, events);
      return { epoch, seq: Number(seq) };
    },

    /** The replies that are stored. */
    async replies(id: string): Promise<Ended[]> {
      const stored = `select m.id, m.reply_to as "replyTo", m.text, m.finish, r.makers
        from messages m join replies r on r.id = m.id where m.conversation_id = $1`;
      return (await pool.query<Ended>(stored, [id])).rows;
    },

    /** Those of these replies that a second process carried on. */
    async takenOver(ids: string[]): Promise<Set<string>> {
      const several = 'select id from replies where makers > 1 and id = any($1)';
      return new Set((await pool.query<{ id: string }>(several, [ids])).rows.map(({ id }) => id));
    },

    async close(): Promise<void> {
      creator.close();
      await proxy.close();
      redis.disconnect();
      await pool.end();
      await cluster.stop();
      await engine.close();
    },
  };
}

export type Stage = Awaited<ReturnType<typeof openStage>>;

/** The first of some ports in a row that nobody uses now. */
async function freePorts(count: number): Promise<number> {
  for (;;) {
    const first = 20_000 + Math.floor(Math.random() * 10_000);
    const free = await Promise.all(Array.from({ length: count }, (_, n) => isFree(first + n)));
    if (free.every(Boolean)) return first;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
