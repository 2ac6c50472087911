import type { Person } from '../people.ts';
import { Story } from '../stories.ts';
import { SharedDecoder } from './decode.ts';
import { type Counts, noCounts, Viewer, type ViewerOptions } from './viewer.ts';

export type CrowdOptions = Pick<ViewerOptions, 'kind' | 'joins' | 'returns'> & {
  url: string;
  people: Person[];
  /** How many connect at the same time. */
  atOnce: number;
};

/** As many households as this makes: one address has too few ports for all, and may not write so many messages. */
const PER_ADDRESS = 25;
const CHURN_EVERY_MS = 50;

const addressOf = (house: number): string => `127.0.${1 + Math.floor(house / 250)}.${1 + (house % 250)}`;

/** Many viewers of one server. */
export class Crowd {
  readonly viewers: Viewer[] = [];
  readonly #counts = noCounts();
  readonly #options: CrowdOptions;
  readonly #decoders = new Map<string, SharedDecoder>();
  #churn: NodeJS.Timeout | undefined;
  #replaced = 0;

  constructor(options: CrowdOptions) {
    this.#options = options;
    const sizes = new Map<string, number>();
    for (const { conversationId } of options.people) sizes.set(conversationId, (sizes.get(conversationId) ?? 0) + 1);
    for (const [id, size] of sizes) if (size > 1) this.#decoders.set(id, new SharedDecoder(new Story(id)));
  }

  /** Resolves when everybody is in; never more than `atOnce` are on their way. */
  async gather(): Promise<void> {
    const { people, atOnce } = this.#options;
    let next = this.viewers.length;
    const usher = async () => {
      while (next < people.length) {
        const n = next;
        next += 1;
        const viewer = this.#make(n);
        this.viewers[n] = viewer;
        await viewer.open();
      }
    };
    await Promise.all(Array.from({ length: atOnce }, usher));
  }

  #make(n: number): Viewer {
    const { url, kind, joins, returns, people } = this.#options;
    const { hostname, port } = new URL(url);
    const person = people[n];
    if (!person) throw new Error('there is no such person');
    return new Viewer({
      kind,
      joins,
      returns,
      host: hostname,
      port: Number(port),
      localAddress: addressOf(Math.floor(n / PER_ADDRESS)),
      person,
      decoder: this.#decoders.get(person.conversationId),
      counts: this.#counts,
    });
  }

  /** This share of the people leaves each minute, and as many come. */
  churn(sharePerMinute: number): void {
    let due = 0;
    this.#churn = setInterval(() => {
      due += (this.viewers.length * sharePerMinute * CHURN_EVERY_MS) / 60_000;
      for (; due >= 1; due -= 1) this.#replaceOne();
    }, CHURN_EVERY_MS);
  }

  #replaceOne(): void {
    const n = Math.floor(Math.random() * this.viewers.length);
    this.viewers[n]?.close();
    const viewer = this.#make(n);
    this.viewers[n] = viewer;
    this.#replaced += 1;
    void viewer.open();
  }

  calm(): void {
    clearInterval(this.#churn);
  }

  get counts(): Counts & { replaced: number } {
    return { ...this.#counts, replaced: this.#replaced };
  }

  close(): void {
    this.calm();
    for (const viewer of this.viewers) viewer.close();
  }
}
