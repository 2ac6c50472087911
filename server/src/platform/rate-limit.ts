import { isIPv6 } from 'node:net';
import type { Limit } from '@fantwin/shared/limits';
import { RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import { AppError } from '../core/errors.ts';
import { type RedisClient, reachRedis } from './redis.ts';

export type Limits = ReturnType<typeof createLimits>;

/** Limits that all servers count together. Without Redis nothing is let through: `unavailable`. */
export function createLimits(redis: RedisClient, prefix: string) {
  const limiters = new Map<string, RateLimiterRedis>();

  function limiterOf(name: string, limit: Limit): RateLimiterRedis {
    let limiter = limiters.get(name);
    if (!limiter) {
      limiter = new RateLimiterRedis({
        storeClient: redis,
        keyPrefix: `${prefix}limit:${name}`,
        points: limit.points,
        duration: limit.perMs / 1000,
      });
      limiters.set(name, limiter);
    }
    return limiter;
  }

  return {
    /**
     * Counts one request of `key` under `name`, which always comes with the same limit. Throws `rate-limited` when
     * there were too many.
     */
    async consume(name: string, key: string, limit: Limit): Promise<void> {
      try {
        await reachRedis(() => limiterOf(name, limit).consume(key));
      } catch (refused) {
        if (!(refused instanceof RateLimiterRes)) throw refused;
        throw tooMany(refused.msBeforeNext);
      }
    },

    /** A request that was counted could not be done, through no fault of who asked. */
    async giveBack(name: string, key: string, limit: Limit): Promise<void> {
      await reachRedis(() => limiterOf(name, limit).reward(key));
    },
  };
}

const FLOOD_KEYS_MAX = 20_000;

/**
 * A token bucket per address or socket in this process alone: what exceeds it is refused before anything is parsed
 * or Redis is asked. The addresses seen longest ago are forgotten first.
 */
export function createFloodGuard(rate: { burst: number; perSecond: number }, now: () => number = Date.now) {
  const buckets = new Map<string, { tokens: number; at: number }>();

  return {
    /** Throws `rate-limited`. */
    consume(key: string): void {
      const at = now();
      const bucket = buckets.get(key) ?? { tokens: rate.burst, at };
      bucket.tokens = Math.min(rate.burst, bucket.tokens + ((at - bucket.at) / 1000) * rate.perSecond);
      bucket.at = at;
      buckets.delete(key); // and to the end: the map keeps the order of the last use
      buckets.set(key, bucket);
      if (buckets.size > FLOOD_KEYS_MAX) buckets.delete(buckets.keys().next().value as string);

      if (bucket.tokens < 1) throw tooMany(((1 - bucket.tokens) / rate.perSecond) * 1000);
      bucket.tokens -= 1;
    },
  };
}

export type FloodGuard = ReturnType<typeof createFloodGuard>;

/** What an address counts under: an IPv6 household has a whole /64. */
export function addressKey(address: string | undefined): string {
  if (!address) return 'unknown';
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address);
  if (mapped?.[1]) return mapped[1];
  if (!isIPv6(address)) return address;
  const [head = '', tail] = (address.split('%')[0] ?? '').toLowerCase().split('::');
  const first = head ? head.split(':') : [];
  const last = tail ? tail.split(':') : [];
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - first.length - last.length);
  const groups = [...first, ...Array<string>(zeros).fill('0'), ...last];
  return `${groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')}::/64`;
}

function tooMany(waitMs: number): AppError {
  const retryAfterMs = Math.max(1, Math.ceil(waitMs));
  const seconds = Math.ceil(retryAfterMs / 1000);
  return new AppError(
    'rate-limited',
    `That was too often. Try again in ${seconds} second${seconds === 1 ? '' : 's'}.`,
    {
      retryAfterMs,
    },
  );
}
