import { type RedisClient, reachRedis } from '../platform/redis.ts';
import type { RedisKeys } from '../platform/redis-keys.ts';

const BEAT_MS = 2_000;
/** A server that is silent for this long is gone, and its people with it. */
const ALIVE_MS = 5_000;
const KEEP_MS = 60_000;

type Deps = {
  redis: RedisClient;
  keys: RedisKeys;
  serverId: string;
  /** The platform's clock. */
  now: () => number;
  /** People (not tabs) of this server, per conversation. */
  countHere: () => Iterable<[conversationId: string, people: number, someoneCame: boolean]>;
  onCount: (conversationId: string, count: number) => void;
  onTrouble: (error: unknown) => void;
};

/** How many people a conversation has: each server tells its own number, the sum is over those that are alive. */
export class Presence {
  readonly #deps: Deps;
  readonly #timer: NodeJS.Timeout;
  readonly #told = new Map<string, number>();
  #beating = false;

  constructor(deps: Deps) {
    this.#deps = deps;
    this.#timer = setInterval(() => void this.#beat(), BEAT_MS);
  }

  /** The people of some conversations, over all servers. */
  async counts(conversationIds: string[]): Promise<number[]> {
    const { redis, keys } = this.#deps;
    const pipeline = redis.pipeline();
    for (const id of conversationIds) pipeline.hgetall(keys.people(id));
    const answers = (await reachRedis(() => pipeline.exec())) ?? [];
    return answers.map(([, hash]) => this.#sum((hash ?? {}) as Record<string, string>));
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    const { redis, keys, serverId } = this.#deps;
    const pipeline = redis.pipeline();
    for (const id of this.#told.keys()) pipeline.hdel(keys.people(id), serverId);
    await pipeline.exec();
  }

  /** Each field is `count:at`, when that server was last heard of. */
  #sum(hash: Record<string, string>): number {
    let sum = 0;
    for (const value of Object.values(hash)) {
      const [count, at] = value.split(':');
      if (Number(at) > this.#deps.now() - ALIVE_MS) sum += Number(count);
    }
    return sum;
  }

  async #beat(): Promise<void> {
    if (this.#beating) return;
    this.#beating = true;
    try {
      await this.#tell();
    } catch (error) {
      this.#deps.onTrouble(error);
    } finally {
      this.#beating = false;
    }
  }

  async #tell(): Promise<void> {
    const { redis, keys, serverId, countHere, onCount } = this.#deps;
    const here = [...countHere()];
    const pipeline = redis.pipeline();
    for (const [id, people, someoneCame] of here) {
      if (someoneCame) this.#told.delete(id); // who comes has not heard the count, also where it is the same
      pipeline.hset(keys.people(id), serverId, `${people}:${this.#deps.now()}`);
      pipeline.pexpire(keys.people(id), KEEP_MS);
    }
    if (here.length > 0) await reachRedis(() => pipeline.exec());
    const ids = here.map(([id]) => id);
    const counts = await this.counts(ids);
    for (const id of this.#told.keys()) if (!ids.includes(id)) this.#told.delete(id);
    ids.forEach((id, n) => {
      const count = counts[n] ?? 0;
      if (this.#told.get(id) === count) return;
      this.#told.set(id, count);
      onCount(id, count);
    });
  }
}
