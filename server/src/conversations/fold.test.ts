import type { ConversationEvent } from '@fantwin/shared/events';
import { describe, expect, test } from 'vitest';
import { foldEvents } from './fold.ts';

const replyId = '0190aaaa-0000-7000-8000-000000000001' as never;
const delta = (seq: number, index: number, text: string): ConversationEvent => ({
  seq,
  at: seq,
  type: 'reply.delta',
  replyId,
  index,
  text,
});
const ended = (seq: number, text: string): ConversationEvent => ({
  seq,
  at: seq,
  type: 'reply.ended',
  replyId,
  finish: 'complete',
  text,
});
const other = (seq: number): ConversationEvent => ({
  seq,
  at: seq,
  type: 'message.removed',
  messageId: replyId,
  reason: '',
});

describe('folding', () => {
  test('neighbouring deltas become one that says what it covers', () => {
    expect(foldEvents([delta(1, 0, 'Hel'), delta(2, 3, 'lo '), delta(3, 6, 'you')])).toEqual([
      { ...delta(3, 0, 'Hello you'), from: 1 },
    ]);
  });

  test('an event between them keeps its place', () => {
    expect(foldEvents([delta(1, 0, 'a'), other(2), delta(3, 1, 'b')])).toEqual([
      delta(1, 0, 'a'),
      other(2),
      delta(3, 1, 'b'),
    ]);
  });

  test('deltas of a reply that ended further on are left out', () => {
    expect(foldEvents([delta(1, 0, 'a'), other(2), delta(3, 1, 'b'), ended(4, 'ab')])).toEqual([
      other(2),
      ended(4, 'ab'),
    ]);
  });

  test('folding twice is folding once, also over pages', () => {
    const all = [delta(1, 0, 'a'), delta(2, 1, 'b'), delta(3, 2, 'c'), other(4), delta(5, 3, 'd')];
    const once = foldEvents(all);
    expect(foldEvents(once)).toEqual(once);
    expect(foldEvents([...foldEvents(all.slice(0, 2)), ...all.slice(2)])).toEqual(once);
  });
});
