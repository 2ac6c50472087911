import { type RedisClient, reachRedis } from '../platform/redis.ts';
import type { RedisKeys } from '../platform/redis-keys.ts';

/** A server that was not heard of for this long is gone: others make the replies that were to be made there. */
const LAPSE_MS = 3_000;

type Deps = {
  redis: RedisClient;
  keys: RedisKeys;
  /** The platform's clock. */
  now: () => number;
};

/** The servers with a reply queue of their own, and when each was last heard of. */
export function createHomes({ redis, keys, now }: Deps) {
  const key = keys.homes;
  return {
    async beat(serverId: string): Promise<void> {
      await reachRedis(() => redis.zadd(key, now(), serverId));
    },

    /** Its jobs are for others from now on. */
    async leave(serverId: string): Promise<void> {
      await reachRedis(() => redis.zadd(key, 0, serverId));
    },

    async lapsed(): Promise<string[]> {
      return reachRedis(() => redis.zrangebyscore(key, 0, now() - LAPSE_MS));
    },

    /** Its queue is empty, and it is still gone. */
    async forget(serverId: string): Promise<void> {
      await reachRedis(() => forgetLapsed(serverId));
    },

    async has(serverId: string): Promise<boolean> {
      return (await reachRedis(() => redis.zscore(key, serverId))) !== null;
    },
  };

  async function forgetLapsed(serverId: string): Promise<void> {
    const at = await redis.zscore(key, serverId);
    if (at !== null && Number(at) <= now() - LAPSE_MS) await redis.zrem(key, serverId);
  }
}

export type Homes = ReturnType<typeof createHomes>;
