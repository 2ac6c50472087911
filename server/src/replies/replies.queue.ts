import type { Job, Queue } from 'bull';
import { withDeadline } from '../core/deadline.ts';
import { openQueue } from '../platform/queues.ts';

/** Bull itself waits for Redis as long as it takes; what it adds later does no harm. */
const ADD_TIMEOUT_MS = 1_000;

export type ReplyJob = { conversationId: string; turn: string };

/** Whether the maker still is the one that the queue trusts with the job. */
export type Lock = { held: () => Promise<boolean> };

type Options = { name: string; redisUrl: string; prefix: string; onTrouble: (error: Error) => void };

/** One job per turn of a conversation. A job whose process dies or freezes is given to another within seconds. */
export class ReplyQueue {
  readonly #queue: Queue<ReplyJob>;
  readonly #active = new Set<Job<ReplyJob>>();

  constructor(options: Options) {
    this.#queue = openQueue<ReplyJob>({
      ...options,
      settings: { lockDuration: 2_500, lockRenewTime: 800, stalledInterval: 500, maxStalledCount: 1_000 },
      defaultJobOptions: {
        removeOnComplete: true,
        removeOnFail: true,
        attempts: 20,
        backoff: { type: 'fixed', delay: 500 },
      },
    });
  }

  /** Adding a turn that is there already changes nothing. */
  async add(conversationId: string, turn: string): Promise<void> {
    const adding = this.#queue.add({ conversationId, turn }, { jobId: `${conversationId}:${turn}` });
    await withDeadline(adding, ADD_TIMEOUT_MS, 'The chat cannot be reached for a moment. Please try again.');
  }

  process(concurrency: number, make: (job: ReplyJob, lock: Lock) => Promise<unknown>): void {
    this.#queue
      .process(concurrency, async (job) => {
        this.#active.add(job);
        try {
          await make(job.data, { held: () => this.#held(job) });
        } finally {
          this.#active.delete(job);
        }
      })
      .catch((error: unknown) => this.#queue.emit('error', error));
  }

  /** Takes no more jobs; those that run go on. */
  async pause(): Promise<void> {
    await this.#queue.pause(true, true);
  }

  /** Gives the jobs back without ending them: whoever looks for stalled jobs next takes them. */
  async giveBack(): Promise<void> {
    await Promise.allSettled([...this.#active].map((job) => job.releaseLock()));
  }

  /** How many jobs there are, over all servers, by their state. */
  async counts(): Promise<Record<'waiting' | 'active' | 'delayed', number>> {
    const { waiting, active, delayed } = await this.#queue.getJobCounts();
    return { waiting, active, delayed };
  }

  /** Takes no more jobs, and closes when those that were begun here are done. */
  async retire(): Promise<void> {
    await this.pause();
    await this.#queue.close();
  }

  async close(): Promise<void> {
    await this.giveBack();
    await this.#queue.close(true);
  }

  async #held(job: Job<ReplyJob>): Promise<boolean> {
    const { token } = this.#queue as unknown as { token: string };
    return (await this.#queue.client.get(job.lockKey())) === token;
  }
}
