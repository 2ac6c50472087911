import { type RedisClient, reachRedis } from './redis.ts';

const SAMPLE_EVERY_MS = 10_000;

/** Redis's clock, so that servers agree on when a sentence is spoken. Between samples it runs with our own. */
export class PlatformClock {
  #offsetMs = 0;
  readonly #timer: NodeJS.Timeout;

  constructor(
    private readonly redis: RedisClient,
    private readonly onTrouble: (error: unknown) => void,
  ) {
    this.#timer = setInterval(() => void this.#sampleQuietly(), SAMPLE_EVERY_MS);
  }

  /** ms since 1970 */
  now = (): number => Math.round(Date.now() + this.#offsetMs);

  async sample(): Promise<void> {
    const sentAt = Date.now();
    const [seconds, micros] = await reachRedis(() => this.redis.time());
    const middle = (sentAt + Date.now()) / 2;
    this.#offsetMs = Number(seconds) * 1_000 + Number(micros) / 1_000 - middle;
  }

  close(): void {
    clearInterval(this.#timer);
  }

  async #sampleQuietly(): Promise<void> {
    try {
      await this.sample();
    } catch (error) {
      this.onTrouble(error);
    }
  }
}
