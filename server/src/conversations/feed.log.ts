import type { ConversationEvent } from '@fantwin/shared/events';
import { withDeadline } from '../core/deadline.ts';
import type { RedisClient } from '../platform/redis.ts';
import type { RedisKeys } from '../platform/redis-keys.ts';
import type { EventLog } from './events.log.ts';

/** Events kept in memory for joins and for sockets that fell behind. */
const RECENT_MAX = 600;
const GAP_PAGE = 1_000;

export type FeedListener = {
  /** In order, each once. */
  onEvents: (conversationId: string, epoch: string, events: ConversationEvent[]) => void;
  /** The log began anew: everything known of it is void. */
  onReset: (conversationId: string) => void;
  onTrouble: (error: unknown) => void;
  onGap: () => void;
};

/** One conversation as this server sees it. */
class Feed {
  epoch = '';
  /** The last event that was delivered. */
  seq = 0;
  watchers = 0;
  #recent: ConversationEvent[] = [];
  /** The newest event that was heard of. */
  #newest = 0;
  #failed = false;
  #filling: Promise<void> | undefined;
  readonly #id: string;
  readonly #log: EventLog;
  readonly #listener: FeedListener;
  opened: Promise<void> | undefined;

  constructor(id: string, log: EventLog, listener: FeedListener) {
    this.#id = id;
    this.#log = log;
    this.#listener = listener;
  }

  /** Takes its place in the log. Called once the subscription is confirmed, and again when the epoch is another. */
  async position(): Promise<void> {
    const head = await this.#log.snapshot(this.#id, true);
    this.epoch = head.epoch;
    this.seq = head.seq;
    this.#newest = head.seq;
    this.#recent = [];
  }

  /** Events after `seq` up to where the feed stands, or undefined where memory does not reach back that far. */
  since(seq: number): ConversationEvent[] | undefined {
    if (seq >= this.seq) return [];
    const first = this.#recent[0];
    if (!first || first.seq > seq + 1) return undefined;
    return this.#recent.slice(seq + 1 - first.seq);
  }

  /** An event as it was published. */
  receive(epoch: string, json: string): void {
    if (epoch === this.epoch) this.take(epoch, JSON.parse(json) as ConversationEvent);
    else if (this.epoch !== '') this.catchUp(); // before, the place that is being taken lies behind this event
  }

  take(epoch: string, event: ConversationEvent): void {
    if (this.epoch === '') return;
    if (epoch !== this.epoch) {
      this.catchUp();
      return;
    }
    if (event.seq <= this.seq) return;
    this.#newest = event.seq;
    if (event.seq === this.seq + 1 && !this.#filling) this.#deliver([event]);
    else this.catchUp();
  }

  /** Reads what is missing, once for all who wait for it. */
  catchUp(): void {
    this.#failed = false;
    this.#filling ??= this.#fill()
      .catch((error: unknown) => {
        this.#failed = true; // the next comparison of heads tries again
        this.#listener.onTrouble(error);
      })
      .finally(() => {
        this.#filling = undefined;
        if (this.#newest > this.seq && !this.#failed) this.catchUp();
      });
  }

  /** Looks where the log stands; resolves when the feed stands there too. */
  async refresh(): Promise<void> {
    this.catchUp();
    await this.#filling;
  }

  async #fill(): Promise<void> {
    const [head] = await this.#log.heads([this.#id]);
    if (!head) return;
    if (head.epoch !== this.epoch) {
      await this.position();
      this.#listener.onReset(this.#id);
      return;
    }
    this.#listener.onGap();
    await this.#log.watch(this.#id); // before the reading: what comes after it is told
    for (let more = true; more; ) {
      const events = await this.#log.after(this.#id, this.seq, GAP_PAGE);
      if (events[0] && events[0].seq > this.seq + 1) {
        await this.position();
        this.#listener.onReset(this.#id);
        return;
      }
      this.#deliver(events);
      more = events.length === GAP_PAGE;
    }
  }

  #deliver(events: ConversationEvent[]): void {
    const last = events.at(-1);
    if (!last) return;
    this.seq = last.seq;
    this.#recent.push(...events);
    if (this.#recent.length > 2 * RECENT_MAX) this.#recent = this.#recent.slice(-RECENT_MAX);
    this.#listener.onEvents(this.#id, this.epoch, events);
  }
}

export type { Feed };

const HEAD_CHECK_MS = 1_000;
const SUBSCRIBE_TIMEOUT_MS = 1_000;
const HEADS_PER_ROUND_TRIP = 500;

/** The feeds of all conversations that somebody on this server watches. */
export class Feeds {
  readonly #feeds = new Map<string, Feed>();
  readonly #byChannel = new Map<string, Feed>();
  readonly #timer: NodeJS.Timeout;
  #checking = false;

  constructor(
    private readonly subscriber: RedisClient,
    private readonly keys: RedisKeys,
    private readonly log: EventLog,
    private readonly listener: FeedListener,
  ) {
    subscriber.on('smessage', (channel: string, payload: string) => {
      const gap = payload.indexOf(' ');
      this.#byChannel.get(channel)?.receive(payload.slice(0, gap), payload.slice(gap + 1));
    });
    this.#timer = setInterval(() => void this.#compareHeads(), HEAD_CHECK_MS);
  }

  get size(): number {
    return this.#feeds.size;
  }

  get(conversationId: string): Feed | undefined {
    return this.#feeds.get(conversationId);
  }

  /** One more watcher. Resolves once nothing that is appended from now on can be missed. */
  async watch(conversationId: string): Promise<Feed> {
    let feed = this.#feeds.get(conversationId);
    if (!feed) {
      feed = new Feed(conversationId, this.log, this.listener);
      this.#feeds.set(conversationId, feed);
      feed.opened = this.#open(conversationId, feed);
    }
    feed.watchers += 1;
    try {
      await feed.opened;
      return feed;
    } catch (error) {
      this.release(conversationId);
      throw error;
    }
  }

  release(conversationId: string): void {
    const feed = this.#feeds.get(conversationId);
    if (!feed) return;
    feed.watchers -= 1;
    if (feed.watchers > 0) return;
    const channel = this.keys.feed(conversationId);
    this.#feeds.delete(conversationId);
    this.#byChannel.delete(channel);
    this.log.unwatch([conversationId]).catch(this.listener.onTrouble);
    this.subscriber.sunsubscribe(channel).catch(this.listener.onTrouble);
  }

  /** A server is gone: what is said here need not be published for it. */
  async forgetServer(serverId: string): Promise<void> {
    const ids = [...this.#feeds.keys()];
    for (let i = 0; i < ids.length; i += HEADS_PER_ROUND_TRIP)
      await this.log.unwatch(ids.slice(i, i + HEADS_PER_ROUND_TRIP), serverId);
  }

  close(): void {
    clearInterval(this.#timer);
  }

  async #open(conversationId: string, feed: Feed): Promise<void> {
    const channel = this.keys.feed(conversationId);
    this.#byChannel.set(channel, feed);
    await withDeadline(
      this.subscriber.ssubscribe(channel),
      SUBSCRIBE_TIMEOUT_MS,
      'The chat cannot be reached for a moment.',
    );
    await feed.position();
  }

  /** Pub/sub promises nothing, so once a second each feed looks where its log stands. */
  async #compareHeads(): Promise<void> {
    if (this.#checking) return;
    this.#checking = true;
    try {
      const ids = [...this.#feeds.keys()];
      for (let i = 0; i < ids.length; i += HEADS_PER_ROUND_TRIP) {
        const page = ids.slice(i, i + HEADS_PER_ROUND_TRIP);
        const heads = await this.log.heads(page);
        page.forEach((id, n) => {
          const feed = this.#feeds.get(id);
          const head = heads[n];
          if (feed && head && feed.epoch && (head.epoch !== feed.epoch || head.seq > feed.seq)) feed.catchUp();
        });
      }
    } catch (error) {
      this.listener.onTrouble(error);
    } finally {
      this.#checking = false;
    }
  }
}
