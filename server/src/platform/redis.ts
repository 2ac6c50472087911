import { createHash } from 'node:crypto';
import { Cluster, Redis, type RedisOptions } from 'ioredis';
import { AppError } from '../core/errors.ts';

export type RedisClient = Redis | Cluster;

/** Requests fail within this time while Redis is away; nothing queues. */
const COMMAND_TIMEOUT_MS = 1_000;
const RECONNECT_MAX_MS = 1_000;

const retryStrategy = (attempt: number) => Math.min(50 * 2 ** attempt, RECONNECT_MAX_MS) * (0.5 + Math.random() / 2);

/** For commands: fails at once where there is no connection, resends nothing. */
const commandOptions: RedisOptions = {
  commandTimeout: COMMAND_TIMEOUT_MS,
  connectTimeout: 2_000,
  enableOfflineQueue: false,
  maxRetriesPerRequest: 0,
  autoResendUnfulfilledCommands: false,
  retryStrategy,
};

/** For subscriptions and for Bull: waits for the connection, subscribes again by itself. */
const patientOptions: RedisOptions = {
  connectTimeout: 2_000,
  maxRetriesPerRequest: null,
  enableReadyCheck: false,
  retryStrategy,
};

/**
 * One address is one server; several, comma separated, are the seeds of a Redis Cluster. The caller closes it.
 * `onTrouble` hears of broken connections, once each.
 */
export function openRedis(url: string, kind: 'commands' | 'patient', onTrouble: (error: Error) => void): RedisClient {
  const options = kind === 'commands' ? commandOptions : patientOptions;
  const seeds = url.split(',');
  const redis =
    seeds.length === 1
      ? new Redis(url, options)
      : new Cluster(seeds, { shardedSubscribers: true, redisOptions: options, enableOfflineQueue: kind === 'patient' });
  redis.on('error', onTrouble);
  return redis;
}

/** Resolves once commands can be sent. Throws after `timeoutMs`. */
export async function whenReady(redis: RedisClient, timeoutMs: number): Promise<void> {
  if (redis.status === 'ready') return;
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('Redis does not answer')), timeoutMs);
    redis.once('ready', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

export type Script = (keys: string[], args: (string | number)[]) => Promise<unknown>;

/** A Lua script by its hash; the text goes over only where the server does not know it. */
export function defineScript(redis: RedisClient, lua: string): Script {
  const sha = createHash('sha1').update(lua).digest('hex');
  return (keys, args) =>
    reachRedis(() =>
      redis.evalsha(sha, keys.length, ...keys, ...args).catch((error: unknown) => {
        if (!(error instanceof Error && error.message.startsWith('NOSCRIPT'))) throw error;
        return redis.eval(lua, keys.length, ...keys, ...args);
      }),
    );
}

/** A broken or slow connection is an answer for the one who asked; what Redis itself refuses is a bug. */
export function asUnavailable(error: unknown): unknown {
  if (!(error instanceof Error) || error.name === 'ReplyError') return error;
  return new AppError('unavailable', 'The chat cannot be reached for a moment. Please try again.', {
    cause: error,
    retryAfterMs: 1_000,
  });
}

/** Runs Redis commands; a lost connection becomes `unavailable`. */
export async function reachRedis<T>(command: () => Promise<T>): Promise<T> {
  try {
    return await command();
  } catch (error) {
    throw asUnavailable(error);
  }
}
