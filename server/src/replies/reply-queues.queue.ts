import { Repeating } from '../core/repeating.ts';
import type { Homes } from './homes.log.ts';
import { type Lock, type ReplyJob, ReplyQueue } from './replies.queue.ts';
import type { Turn } from './turns.log.ts';

type Make = (job: ReplyJob, lock: Lock) => Promise<unknown>;

type Options = {
  redisUrl: string;
  prefix: string;
  /** This server, where it has a queue of its own: several servers make replies, and it is one of them. */
  home?: string;
  homes: Homes;
  /** A server with a queue of its own was not heard of for too long. */
  onGone: (server: string) => Promise<void>;
  onTrouble: (error: unknown) => void;
};

const LOOK_MS = 500;

/**
 * One queue for all servers, and one for each: what only one server watches is made there, so that its frames need no
 * pub/sub. The jobs of a server that is gone are taken by the others.
 */
export class ReplyQueues {
  readonly #options: Options;
  readonly #shared: ReplyQueue;
  readonly #own: ReplyQueue | undefined;
  /** Of servers that are gone. */
  readonly #adopted = new Map<string, ReplyQueue>();
  /** Those whose server came back, until the jobs that were begun here are done. */
  readonly #retiring = new Set<ReplyQueue>();
  #looking: Repeating | undefined;
  #leaving = false;

  constructor(options: Options) {
    this.#options = options;
    this.#shared = this.#open('');
    this.#own = options.home ? this.#open(options.home) : undefined;
  }

  /** Where turns that only this server watches are made: here, while it makes replies; '' where any may make them. */
  home(): string {
    return this.#leaving ? '' : (this.#options.home ?? '');
  }

  /** Adding a turn that is there already changes nothing. */
  async add(conversationId: string, { turn, home }: Turn): Promise<void> {
    const known = home === '' ? this.#shared : home === this.#options.home ? this.#own : this.#adopted.get(home);
    if (known) return known.add(conversationId, turn);
    if (!(await this.#options.homes.has(home))) return this.#shared.add(conversationId, turn);
    const elsewhere = this.#open(home);
    try {
      await elsewhere.add(conversationId, turn);
    } finally {
      this.#retire(elsewhere);
    }
  }

  async process(concurrency: number, make: Make): Promise<void> {
    this.#shared.process(concurrency, make);
    const { home } = this.#options;
    if (!home) return;
    this.#own?.process(concurrency, make);
    await this.#options.homes.beat(home);
    this.#looking = new Repeating(LOOK_MS, () => this.#look(home, concurrency, make), this.#options.onTrouble);
  }

  /** Takes no more jobs; those that run go on. */
  async pause(): Promise<void> {
    this.#leaving = true;
    await this.#looking?.close();
    await Promise.all(this.#all().map((queue) => queue.pause()));
  }

  /** Gives the jobs back without ending them: another server carries on at once. */
  async giveBack(): Promise<void> {
    await Promise.all(this.#all().map((queue) => queue.giveBack()));
    if (this.#options.home) await this.#options.homes.leave(this.#options.home);
  }

  /** How many jobs there are by their state: those for everybody, and those of this server. */
  async counts(): Promise<Record<'waiting' | 'active' | 'delayed', number>> {
    const sum = { waiting: 0, active: 0, delayed: 0 };
    for (const queue of [this.#shared, this.#own]) {
      const { waiting, active, delayed } = (await queue?.counts()) ?? { waiting: 0, active: 0, delayed: 0 };
      sum.waiting += waiting;
      sum.active += active;
      sum.delayed += delayed;
    }
    return sum;
  }

  async close(): Promise<void> {
    await this.#looking?.close();
    await Promise.all(this.#all().map((queue) => queue.close()));
  }

  async #look(home: string, concurrency: number, make: Make): Promise<void> {
    const { homes } = this.#options;
    await homes.beat(home);
    const lapsed = new Set(await homes.lapsed());
    for (const gone of lapsed) {
      if (this.#adopted.has(gone)) continue;
      const queue = this.#open(gone);
      this.#adopted.set(gone, queue);
      queue.process(concurrency, make);
      await this.#options.onGone(gone);
    }
    for (const [server, queue] of this.#adopted) {
      const empty = lapsed.has(server) && Object.values(await queue.counts()).every((count) => count === 0);
      if (empty) await homes.forget(server);
      if (!empty && lapsed.has(server)) continue;
      this.#adopted.delete(server);
      this.#retire(queue);
    }
  }

  #retire(queue: ReplyQueue): void {
    this.#retiring.add(queue);
    queue
      .retire()
      .catch(this.#options.onTrouble)
      .finally(() => this.#retiring.delete(queue));
  }

  #open(home: string): ReplyQueue {
    const { redisUrl, prefix, onTrouble } = this.#options;
    return new ReplyQueue({ name: home ? `replies-${home}` : 'replies', redisUrl, prefix, onTrouble });
  }

  #all(): ReplyQueue[] {
    return [this.#shared, ...(this.#own ? [this.#own] : []), ...this.#adopted.values(), ...this.#retiring];
  }
}
