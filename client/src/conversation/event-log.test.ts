import type { ConversationEvent, EventBody } from '@fantwin/shared/events';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { catchUp, epoch, kinds, legalLog, steps } from '../../test/legal-log.ts';
import {
  AHEAD_MAX,
  applyCatchUp,
  applyEvents,
  applyJoin,
  applyUnreadable,
  emptyLog,
  type LogState,
  need,
} from './event-log.ts';
import { chatItems, MESSAGES_KEPT, withMessage } from './view.ts';

const log = (...script: Parameters<typeof legalLog>[0]) => legalLog(script);
const join = (of: ReturnType<typeof legalLog>, seq = 0, readAt = seq) => applyJoin(emptyLog, of.snapshot(seq, readAt));
const plain = (of: ReturnType<typeof legalLog>) =>
  of.events.reduce((state, event) => applyEvents(state, { epoch, events: [event] }), join(of));

/** What a person sees and hears at the end; speech that is over by then is silence. */
function seen({ view, seq, epoch: inEpoch }: LogState, events: readonly ConversationEvent[]) {
  const { removed: _, speech, ...rest } = view ?? { removed: [] };
  const over = speech?.until !== undefined && speech.until <= (events.at(-1)?.at ?? 0);
  return { ...rest, speech: over ? undefined : speech, seq, epoch: inEpoch };
}

/** Asks, as follow.ts does, until nothing is missing; answers have at most `limit` events. */
function settle(state: LogState, events: readonly ConversationEvent[], choose: (n: number) => boolean, limit: number) {
  let next = state;
  for (let asked = 0; need(next) === 'events'; asked++) {
    expect(asked).toBeLessThan(events.length + 2);
    const answer = catchUp(events, next.seq, events.length, choose).slice(0, limit);
    next = applyCatchUp(next, next.seq, { epoch, events: answer });
  }
  return next;
}

/** What the network does to a log: each delivery is a stretch of it. */
const deliveries = fc.array(
  fc.record({
    from: fc.nat(80),
    length: fc.integer({ min: 1, max: 12 }),
    act: fc.constantFrom('deliver', 'deliver', 'deliver', 'fold', 'unreadable', 'ask', 'rejoin', 'reset'),
  }),
  { maxLength: 40, size: 'max' },
);
const chooser = fc.func<[number], boolean>(fc.boolean());

describe('laws', () => {
  test('any order, duplicate, gap or fold of a legal log gives the state of the plain log', () => {
    fc.assert(
      fc.property(steps(), deliveries, chooser, fc.integer({ min: 1, max: 9 }), (script, network, choose, limit) => {
        const { events, snapshot } = legalLog(script);
        const end = events.length;
        let state = emptyLog;
        for (const { from, length, act } of network) {
          const start = Math.min(from, end);
          const stretch = events.slice(start, start + length);
          if (act === 'deliver' && stretch.length > 0) state = applyEvents(state, { epoch, events: stretch });
          if (act === 'fold') {
            const folded = catchUp(events, start, Math.min(start + length, end), choose);
            if (folded.length > 0) state = applyEvents(state, { epoch, events: folded });
          }
          if (act === 'unreadable') state = applyUnreadable(state);
          if (act === 'ask') {
            const after = Math.min(state.seq, start);
            state = applyCatchUp(state, after, { epoch, events: catchUp(events, after, end, choose).slice(0, limit) });
          }
          if (act === 'rejoin' && state.epoch) {
            const upTo = Math.max(state.seq, start);
            const rest = catchUp(events, state.seq, upTo, choose);
            const { reply: _, ...head } = snapshot(upTo, upTo);
            state = applyJoin(state, { ...head, messages: [], seq: state.seq, reset: false, events: rest });
          }
          if (act === 'reset') {
            const upTo = Math.min(start + length, end);
            const rest = catchUp(events, start, upTo, choose);
            state = applyJoin(state, { ...snapshot(start, upTo), events: rest });
          }
        }
        if (need(state) === 'join') state = applyJoin(state, snapshot(0, end));
        state = settle(applyUnreadable(state), events, choose, limit);

        expect(seen(state, events)).toEqual(seen(plain(legalLog(script)), events));
        expect(state.ahead).toEqual([]);
      }),
      { numRuns: 600 },
    );
  });

  test('a join at any moment, with messages read later, shows what the plain log shows', () => {
    fc.assert(
      fc.property(steps(), fc.nat(60), fc.nat(60), (script, a, b) => {
        const of = legalLog(script);
        const seq = Math.min(a, of.events.length);
        const readAt = Math.min(seq + b, of.events.length);
        const state = applyEvents(join(of, seq, readAt), { epoch, events: [...of.events] });
        expect(seen(state, of.events)).toEqual(seen(plain(of), of.events));
      }),
      { numRuns: 600 },
    );
  });

  test('every prefix shows each id once and the streaming text as the server has it', () => {
    fc.assert(
      fc.property(steps(), (script) => {
        const of = legalLog(script);
        of.events.forEach((_, i) => {
          const state = applyEvents(join(of), { epoch, events: of.events.slice(0, i + 1) });
          const ids = chatItems(state.view as NonNullable<LogState['view']>).map(({ id }) => id);
          expect(new Set(ids).size).toBe(ids.length);
          expect(ids).toEqual(ids.toSorted());
          const { reply } = of.snapshot(i + 1, i + 1);
          expect(state.view?.reply?.text).toEqual(reply?.speaksUntil === undefined ? reply?.text : undefined);
        });
      }),
      { numRuns: 100 },
    );
  });

  test('the generator reaches every kind of step', () => {
    const types = new Set<string>();
    for (const script of fc.sample(steps(), { numRuns: 300, seed: 1 })) {
      for (const { type } of legalLog(script).events) types.add(type);
    }
    expect(types.size).toBe(new Set(kinds).size - 1); // a take-over is a second `reply.started`
  });
});

const delta = (text: string) => ({ kind: 'delta' as const, pick: 0, text });

describe('one thing at a time', () => {
  const started = log({ kind: 'start', pick: 0, text: '' }, ...['Good', ' eve', 'ning'].map(delta));
  test('events before the answer of the join wait for it', () => {
    const early = applyEvents(emptyLog, { epoch, events: started.events.slice(2) });
    expect(need(early)).toBe('join');
    const state = applyJoin(early, { ...started.snapshot(1, 1), events: started.events.slice(1, 2) });
    expect(state.view?.reply?.text).toBe('Good evening');
    expect(need(state)).toBe('nothing');
  });

  test('a gap is kept aside, asked for and filled', () => {
    const gap = applyEvents(join(started, 1), { epoch, events: started.events.slice(3) });
    expect([need(gap), gap.seq, gap.view?.reply?.text]).toEqual(['events', 1, '']);
    const filled = applyCatchUp(gap, 1, { epoch, events: started.events.slice(1, 3) });
    expect([need(filled), filled.seq, filled.view?.reply?.text]).toEqual(['nothing', 4, 'Good evening']);
  });

  test('of a folded delta the new part is used', () => {
    const [, first] = started.events;
    const state = applyEvents(join(started, 1), { epoch, events: [first as ConversationEvent] });
    const body: EventBody = { type: 'reply.delta', replyId: replyId(), index: 0, text: 'Good evening', from: 2 };
    expect(applyEvents(state, { epoch, events: [{ ...body, seq: 4, at: 9 }] }).view?.reply?.text).toBe('Good evening');
  });

  test('a delta past the end of the text is a gap; where the answer has it too, only a join helps', () => {
    const body: EventBody = { type: 'reply.delta', replyId: replyId(), index: 40, text: 'x' };
    const events = [{ ...body, seq: 2, at: 9 }];
    const gap = applyEvents(join(started, 1), { epoch, events });
    expect([need(gap), gap.seq]).toEqual(['events', 1]);
    const answered = applyCatchUp(gap, 1, { epoch, events });
    expect(need(answered)).toBe('join');
    expect(answered.view).toBeDefined();
  });

  test('another epoch means join again, and what came of it is not lost', () => {
    const next = 'another-epoch';
    const early = applyEvents(plain(started), { epoch: next, events: started.events.slice(0, 2) });
    expect(need(early)).toBe('join');
    const state = applyJoin(early, { ...started.snapshot(1, 1), epoch: next });
    expect([need(state), state.epoch, state.seq, state.view?.reply?.text]).toEqual(['nothing', next, 2, 'Good']);
  });

  test('a buffer that runs over loses nothing: what was not kept is asked for', () => {
    const many = log(
      ...Array.from({ length: AHEAD_MAX + 50 }, (_, i) => ({ kind: 'post' as const, pick: i, text: 'x' })),
    );
    const gap = applyEvents(join(many), { epoch, events: many.events.slice(1) });
    expect(gap.ahead.length).toBe(AHEAD_MAX);
    const filled = applyCatchUp(gap, 0, { epoch, events: many.events.slice(0, 1) });
    expect(need(filled)).toBe('events');
    expect(need(applyCatchUp(filled, filled.seq, { epoch, events: many.events.slice(filled.seq) }))).toBe('nothing');
  });

  test('an ended conversation stays so through other changes, and can be opened again', () => {
    const change = { type: 'conversation.changed', mode: 'ai', ownerEpoch: 0, slowModeSeconds: 0 } as const;
    const changes: EventBody[] = [
      { ...change, open: false },
      { ...change, mode: 'paused' },
      { ...change, open: true },
    ];
    let state = join(log());
    expect(state.view?.ended).toBe(false);
    const ended = changes.map((body, i) => {
      state = applyEvents(state, { epoch, events: [{ ...body, seq: i + 1, at: 9 }] });
      return state.view?.ended;
    });
    expect(ended).toEqual([true, true, false]);
  });

  test('memory is bounded: the newest messages stay', () => {
    const many = log(...Array.from({ length: 700 }, (_, i) => ({ kind: 'post' as const, pick: i, text: String(i) })));
    const messages = plain(many).view?.messages ?? [];
    expect(messages.length).toBeLessThanOrEqual(MESSAGES_KEPT + 100);
    expect(messages.at(-1)?.text).toBe('699');
    expect(withMessage(messages, messages.at(-1) as (typeof messages)[number])).toEqual(messages);
  });

  function replyId() {
    const [first] = started.events;
    if (first?.type !== 'reply.started') throw new Error('the log begins with a reply');
    return first.replyId;
  }
});
