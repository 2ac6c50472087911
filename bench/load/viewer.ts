import type { JoinAnswer } from '@fantwin/shared/live';
import { nowMs } from '../clock.ts';
import type { Person } from '../people.ts';
import { Story } from '../stories.ts';
import { type Answer, decode, type Decoded, type Piece, SharedDecoder, toAnswer } from './decode.ts';
import { Wire } from './wire.ts';

/** What a crowd was given, and everything that should not happen. */
export type Counts = {
  chars: number;
  frames: number;
  events: number;
  /** Events that never came, texts that are not the engine's, texts in the wrong place. */
  lost: number;
  wrong: number;
  misplaced: number;
  /** Refused connections and joins, and connections that ended by themselves. */
  refused: number;
  dropped: number;
  /** Answers that brought a viewer up to date. */
  resumed: number;
};
export const noCounts = (): Counts => ({
  chars: 0,
  frames: 0,
  events: 0,
  lost: 0,
  wrong: 0,
  misplaced: 0,
  refused: 0,
  dropped: 0,
  resumed: 0,
});

export type ViewerOptions = {
  kind: 'ours' | 'peer';
  host: string;
  port: number;
  localAddress?: string;
  person: Person;
  joins: boolean;
  /** Comes back when the connection is lost, as the page does. */
  returns: boolean;
  /** Where many are in one room. */
  decoder?: SharedDecoder;
  counts: Counts;
};

/** The page's own settings of Socket.IO. */
const RETURN_MS = { first: 200, most: 5_000, jitter: 0.5 };
const CONNECT_MS = 5_000;
const JOIN_AGAIN_MS = 200;
const JOIN_TRIES = 20;
const ON_ITS_WAY_MS = 20;
const ANSWER_MS = 15_000;

/** Somebody who watches one conversation, keeps its events in order and compares every text with what the engine said. */
export class Viewer {
  readonly #options: ViewerOptions;
  readonly #story: Story;
  #wire: Wire | undefined;
  #next = 0;
  #epoch = '';
  #seq = 0;
  #length = 0;
  #early: Decoded[] = [];
  #attempt = 0;
  #gone = false;
  #cookie = '';
  #timer: NodeJS.Timeout | undefined;
  #onInside: () => void = () => undefined;
  /** In ms of the machine's clock; 0: not yet. */
  firstDeltaAtMs = 0;
  lastDeltaAtMs = 0;
  lostAtMs = 0;
  insideAtMs = 0;
  replyId = '';
  /** By the platform's clock, from when events count as new; and when the first one came. */
  #freshFromMs = Number.POSITIVE_INFINITY;
  freshAtMs = 0;
  /** When text came again after the longest time without any. */
  spokeAgainAtMs = 0;
  #longestSilenceMs = 0;
  #silentSinceMs = 0;

  constructor(options: ViewerOptions) {
    this.#options = options;
    this.#story = new Story(options.person.conversationId);
  }

  get conversationId(): string {
    return this.#options.person.conversationId;
  }

  /** How far it is in the conversation's log. */
  get seq(): number {
    return this.#seq;
  }

  /** The server behind HAProxy, by its cookie. */
  get server(): string {
    return /node=(\w+)/.exec(this.#cookie)?.[1] ?? '';
  }

  /** Resolves when it is connected and, where it joins, has its place. */
  open(): Promise<void> {
    return new Promise((resolve) => {
      this.#onInside = resolve;
      this.#connect();
    });
  }

  #connect(): void {
    const { host, port, localAddress, counts, person, joins } = this.#options;
    const impatient = setTimeout(() => wire.destroy(), CONNECT_MS); // its close follows, and the next try
    const wire = new Wire({
      host,
      port,
      localAddress,
      headers: this.#cookie && `Cookie: ${this.#cookie}\r\n`,
      auth: () => ({ token: person.token, joined: this.#joined() }),
      onHeaders: (headers) => {
        this.#cookie = /^set-cookie: (node=\w+)/im.exec(headers)?.[1] ?? this.#cookie;
      },
      onConnect: () => {
        clearTimeout(impatient);
        this.#attempt = 0;
        if (!joins) this.#inside();
        else if (this.#epoch === '') this.#join(JOIN_TRIES);
      },
      onRefused: () => {
        counts.refused += 1;
      },
      onPacket: (payload) => this.#receive(payload),
      onClose: () => {
        clearTimeout(impatient);
        this.#lost();
      },
    });
    this.#wire = wire;
  }

  #joined() {
    const { conversationId } = this.#options.person;
    return this.#epoch === '' ? undefined : [{ conversationId, epoch: this.#epoch, after: this.#seq }];
  }

  #join(tries: number): void {
    const { kind, counts, person } = this.#options;
    const { conversationId } = person;
    this.#wire?.request(kind === 'ours' ? 'conversation:join' : 'join', { conversationId }, (answer) => {
      const { ok, data } = answer as { ok: boolean; data?: JoinAnswer };
      if (!ok) {
        counts.refused += 1;
        if (tries > 1) setTimeout(() => this.#wire?.connected && this.#join(tries - 1), JOIN_AGAIN_MS);
        return;
      }
      if (data) this.#enter(toAnswer(data, this.#story));
      else this.#epoch = 'peer';
      this.#inside();
    });
  }

  #inside(): void {
    this.insideAtMs = nowMs();
    this.#onInside();
  }

  #receive(payload: Buffer): void {
    const { decoder, counts } = this.#options;
    counts.frames += 1;
    let decoded: Decoded;
    if (decoder) ({ decoded, next: this.#next } = decoder.read(payload, this.#next));
    else decoded = decode(payload, this.#story);
    if (this.#epoch === '' && decoded.name === 'events') this.#early.push(decoded);
    else this.#take(decoded);
  }

  #take(decoded: Decoded): void {
    if (decoded.name === 'events') this.#takeAll(decoded.pieces, false);
    else if (decoded.name === 'token') this.#takeToken(decoded);
    else if (decoded.name === 'resumed') {
      this.#options.counts.resumed += 1;
      this.#enter(decoded.answer);
      if (this.freshAtMs === 0 && this.#freshFromMs < Number.POSITIVE_INFINITY && this.lostAtMs > 0)
        this.freshAtMs = nowMs();
      this.#inside();
    } else if (decoded.name === 'joined') this.#inside();
  }

  #enter({ epoch, seq, reset, length, right, pieces }: Answer): void {
    this.#epoch = epoch;
    if (reset) {
      this.#seq = seq;
      this.#length = length;
      if (!right) this.#options.counts.wrong += 1;
    }
    this.#takeAll(pieces, true);
    const early = this.#early;
    this.#early = [];
    for (const one of early) this.#take(one);
  }

  #takeToken({ seq, chars, right }: Decoded & { name: 'token' }): void {
    const { counts } = this.#options;
    if (this.#seq > 0 && seq !== this.#seq && seq > 0) counts.lost += 1;
    if (!right) counts.wrong += 1;
    this.#seq = seq + 1;
    counts.events += 1;
    counts.chars += chars;
  }

  #takeAll(pieces: Piece[], caughtUp: boolean): void {
    for (const piece of pieces) {
      if (piece.seq <= this.#seq) continue; // what it has is ignored
      if (!caughtUp && piece.first > this.#seq + 1) this.#options.counts.lost += piece.first - this.#seq - 1;
      this.#seq = piece.seq;
      this.#options.counts.events += 1;
      this.#follow(piece, caughtUp);
    }
  }

  #follow({ kind, replyId, index, chars, right, atMs }: Piece, caughtUp: boolean): void {
    const { counts } = this.#options;
    if (!right) counts.wrong += 1;
    const isNew = atMs > this.#freshFromMs;
    if (isNew && this.freshAtMs === 0) this.freshAtMs = nowMs();
    if (kind === 'started') {
      this.#length = chars;
      this.replyId = replyId;
    } else if (kind === 'restarted') this.#length = 0;
    else if (kind === 'delta') {
      if (index !== this.#length && !(caughtUp && index < this.#length)) counts.misplaced += 1;
      counts.chars += index + chars - this.#length;
      this.#length = index + chars;
      this.replyId = replyId;
      this.lastDeltaAtMs = nowMs();
      if (index === 0) this.firstDeltaAtMs ||= this.lastDeltaAtMs;
      this.#breakSilence(this.lastDeltaAtMs);
    }
  }

  #breakSilence(atMs: number): void {
    if (atMs - this.#silentSinceMs > this.#longestSilenceMs) {
      this.#longestSilenceMs = atMs - this.#silentSinceMs;
      this.spokeAgainAtMs = atMs;
    }
    this.#silentSinceMs = atMs;
  }

  #lost(): void {
    if (this.#gone) return;
    this.#options.counts.dropped += 1;
    this.lostAtMs = nowMs();
    if (this.#options.returns) this.#comeBack();
  }

  #comeBack(): void {
    const { first, most, jitter } = RETURN_MS;
    const patience = Math.min(most, first * 2 ** this.#attempt) * (1 + jitter * (2 * Math.random() - 1));
    this.#attempt += 1;
    this.#timer = setTimeout(() => this.#connect(), patience);
  }

  /** The network goes away; resolves when this viewer has its place again. */
  cut(): Promise<void> {
    return new Promise((resolve) => {
      this.#onInside = resolve;
      this.#wire?.destroy();
    });
  }

  request<T>(name: string, payload: unknown, timeoutMs = ANSWER_MS): Promise<T> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`${name} was not answered`)), timeoutMs);
      this.#wire?.request(name, payload, (answer) => {
        clearTimeout(timer);
        resolve(answer as T);
      });
    });
  }

  /** What was before is no news, and nobody was lost. */
  forget(): void {
    this.#freshFromMs = Number.POSITIVE_INFINITY;
    this.freshAtMs = 0;
    this.lostAtMs = 0;
    this.spokeAgainAtMs = 0;
    this.#longestSilenceMs = 0;
    this.#silentSinceMs = nowMs();
  }

  /** What is appended from this instant of the platform's clock on is news. */
  watchForNews(fromMs: number): void {
    this.#freshFromMs = fromMs + ON_ITS_WAY_MS;
  }

  close(): void {
    this.#gone = true;
    clearTimeout(this.#timer);
    this.#wire?.destroy();
  }
}
