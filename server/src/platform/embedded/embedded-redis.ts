import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { type EmbeddedStart, EmbeddedWorker } from './embedded-worker.ts';

const Ready = z.object({ port: z.number().int() });

/** Redis as Valkey in a worker thread, on a loopback port of its own, saved every 2 s when changed and at the end. */
export class EmbeddedRedis {
  readonly url: string;
  readonly #worker: EmbeddedWorker;

  private constructor(worker: EmbeddedWorker, url: string) {
    this.#worker = worker;
    this.url = url;
  }

  static async start(options: EmbeddedStart): Promise<EmbeddedRedis> {
    const password = randomBytes(24).toString('hex');
    const { worker, ready } = await EmbeddedWorker.start({
      ...options,
      file: 'redis.worker.js',
      data: { password },
      startTimeoutMs: 20_000,
    });
    return new EmbeddedRedis(worker, `redis://:${password}@127.0.0.1:${Ready.parse(ready).port}`);
  }

  async close(): Promise<void> {
    await this.#worker.close();
  }
}
