import type { ConversationEvent } from '@fantwin/shared/events';
import { describe, expect, test } from 'vitest';
import type { Taken } from '../fan.ts';
import { judge, type KnownLog } from './judge.ts';

const epoch = 'e1';
const replyId = 'r1' as never;
const author = { id: 'twin', name: 'Twin', kind: 'character' } as const;
const events: ConversationEvent[] = [
  { seq: 1, at: 1, type: 'reply.started', replyId, author, model: 'm' },
  { seq: 2, at: 2, type: 'reply.delta', replyId, index: 0, text: 'One ' },
  { seq: 3, at: 3, type: 'reply.delta', replyId, index: 4, text: 'two ' },
  { seq: 4, at: 4, type: 'reply.delta', replyId, index: 8, text: 'three.' },
  { seq: 5, at: 5, type: 'reply.ended', replyId, finish: 'complete', text: 'One two three.' },
];
const log: KnownLog = new Map([[epoch, new Map(events.map((event) => [event.seq, event]))]]);
const end = { epoch, seq: 5 };

const entered = {
  kind: 'join',
  atMs: 0,
  answer: { reset: true, epoch, seq: 0, messages: [], events: [] },
} as unknown as Taken;
const took = (event: ConversationEvent | undefined, caughtUp = false): Taken[] =>
  event ? [{ kind: 'event', atMs: 0, epoch, event, caughtUp }] : [];
const [started, one, two, three, ended] = events;
const judged = (...taken: Taken[][]) => judge([entered, ...taken.flat()], log, end);
const clean = { lost: 0, twice: 0, outOfOrder: 0, wrong: [] };

describe('the judge of the chaos suite', () => {
  test('finds nothing where there is nothing: live, folded, or with an ended reply left out', () => {
    const folded = { ...(three as ConversationEvent), index: 0, text: 'One two three.', from: 2 } as ConversationEvent;
    expect(judged(took(started), took(one), took(two), took(three), took(ended))).toMatchObject(clean);
    expect(judged(took(started), took(folded, true), took(ended))).toMatchObject(clean);
    expect(judged(took(started), took(one), took(ended, true))).toMatchObject(clean);
  });

  test('counts what is lost, in the middle and at the end', () => {
    expect(judged(took(started), took(one), took(three), took(ended))).toMatchObject({ lost: 1, outOfOrder: 1 });
    expect(judged(took(started), took(one), took(two))).toMatchObject({ lost: 2 });
    expect(judged(took(one, true), took(two), took(three), took(ended))).toMatchObject({ lost: 1 });
  });

  test('counts what comes twice, and what comes out of order', () => {
    expect(judged(took(started), took(one), took(one), took(two), took(three), took(ended))).toMatchObject({
      twice: 1,
    });
    expect(judged(took(started), took(two), took(one), took(three), took(ended)).outOfOrder).toBeGreaterThan(0);
  });

  test('sees another text, another epoch, and a fold that does not add up', () => {
    const other = { ...(two as ConversationEvent), text: 'TWO ' } as ConversationEvent;
    expect(judged(took(started), took(one), took(other), took(three), took(ended)).wrong).toHaveLength(1);
    const short = { ...(three as ConversationEvent), index: 0, text: 'One three.', from: 2 } as ConversationEvent;
    expect(judged(took(started), took(short, true), took(ended)).wrong).toHaveLength(1);
    expect(judge([entered, ...took(started)], log, { epoch: 'e2', seq: 1 }).wrong).toHaveLength(1);
  });
});
