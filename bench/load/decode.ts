import type { ConversationEvent } from '@fantwin/shared/events';
import type { Broadcast, JoinAnswer } from '@fantwin/shared/live';
import { type Story, TOKEN_CHARS } from '../stories.ts';
import { BODY_AT } from './wire.ts';

/** One event, with what a viewer needs of it. `first`: a folded one covers `first..seq`. */
export type Piece = {
  first: number;
  seq: number;
  atMs: number;
  kind: 'started' | 'delta' | 'restarted' | 'ended' | 'other';
  replyId: string;
  index: number;
  chars: number;
  /** The text is what the engine said at this place. */
  right: boolean;
};

/** What a frame of either server says. */
export type Decoded =
  | { name: 'events'; epoch: string; pieces: Piece[] }
  | { name: 'resumed'; answer: Answer }
  | { name: 'token'; seq: number; chars: number; right: boolean }
  | { name: 'joined' }
  | { name: 'other' };

/** Of a join or a resume. */
export type Answer = { epoch: string; seq: number; reset: boolean; length: number; right: boolean; pieces: Piece[] };

const other: Decoded = { name: 'other' };

export function decode(payload: Buffer, story: Story): Decoded {
  const [name, body] = JSON.parse(payload.toString('utf8', BODY_AT)) as [string, unknown];
  if (name === 'events') {
    const { epoch, events } = body as Broadcast<'events'>;
    return { name, epoch, pieces: events.map((event) => toPiece(event, story)) };
  }
  if (name === 'resumed') return { name, answer: toAnswer(body as Broadcast<'resumed'>, story) };
  if (name === 'joined') return { name };
  if (name !== 'token') return other;
  const { seq, text } = body as { seq: number; text: string };
  return { name, seq, chars: text.length, right: story.has(text, seq * TOKEN_CHARS) };
}

export function toAnswer({ epoch, seq, reset, reply, events }: Omit<JoinAnswer, 'you'>, story: Story): Answer {
  const text = reply?.text ?? '';
  return {
    epoch,
    seq,
    reset,
    length: text.length,
    right: story.has(text, 0),
    pieces: events.map((event) => toPiece(event, story)),
  };
}

function toPiece(event: ConversationEvent, story: Story): Piece {
  const piece: Piece = {
    first: event.seq,
    seq: event.seq,
    atMs: event.at,
    kind: 'other',
    replyId: 'replyId' in event ? event.replyId : '',
    index: 0,
    chars: 0,
    right: true,
  };
  switch (event.type) {
    case 'reply.started':
      return { ...piece, kind: 'started', chars: event.text?.length ?? 0, right: story.has(event.text ?? '', 0) };
    case 'reply.delta': {
      const { index, text, from } = event;
      const right = story.has(text, index);
      return { ...piece, kind: 'delta', first: from ?? event.seq, index, chars: text.length, right };
    }
    case 'reply.restarted':
      return { ...piece, kind: 'restarted' };
    case 'reply.ended':
      return { ...piece, kind: 'ended', right: story.has(event.text, 0) };
    default:
      return piece;
  }
}

const KEPT = 256;
const LOOK_BACK = 64;

/**
 * Everybody in a room gets the same bytes: they are read once, and compared for all others, which leaves the processor to the server.
 */
export class SharedDecoder {
  readonly #kept: { payload: Buffer; decoded: Decoded }[] = [];
  #count = 0;
  readonly #story: Story;

  constructor(story: Story) {
    this.#story = story;
  }

  /** `expected`: which payload this viewer should get next; answers it with the number of the one after. */
  read(payload: Buffer, expected: number): { decoded: Decoded; next: number } {
    const oldest = Math.max(0, this.#count - LOOK_BACK);
    const likely = this.#at(expected);
    if (likely?.payload.equals(payload)) return { decoded: likely.decoded, next: expected + 1 };
    for (let n = this.#count - 1; n >= oldest; n -= 1) {
      const known = this.#at(n);
      if (known?.payload.equals(payload)) return { decoded: known.decoded, next: n + 1 };
    }
    const decoded = decode(payload, this.#story);
    this.#kept[this.#count % KEPT] = { payload: Buffer.from(payload), decoded };
    this.#count += 1;
    return { decoded, next: this.#count };
  }

  #at(n: number) {
    return n < this.#count && n > this.#count - KEPT ? this.#kept[n % KEPT] : undefined;
  }
}
