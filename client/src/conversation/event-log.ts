import type { ConversationEvent } from '@fantwin/shared/events';
import type { Broadcast, JoinAnswer, Output } from '@fantwin/shared/live';
import { applyEvent } from './apply-event.ts';
import { snapshotView, type View } from './view.ts';

/** Events kept aside until what comes before them is here. What does not fit is asked for later. */
export const AHEAD_MAX = 1_000;

type Batch = Pick<Broadcast<'events'>, 'epoch' | 'events'>;
type Kept = { epoch: string; event: ConversationEvent };

/** One client's copy of a conversation's log: every event is applied once, in order of `seq`. */
export type LogState = {
  /** Absent before the first join's answer. */
  view?: View;
  /** Absent when we must join, and nothing we have can be carried on from. */
  epoch?: string;
  /** All up to here is applied. */
  seq: number;
  /** The highest that we have heard of in this epoch. */
  known: number;
  ahead: readonly Kept[];
  /** Another epoch was seen; or something was missed that has no number: it could not be read or kept. */
  doubt?: 'epoch' | 'missed';
};

export const emptyLog: LogState = { seq: 0, known: 0, ahead: [] };

/** What has to be asked of the server for the copy to be whole again. */
export function need(state: LogState): 'nothing' | 'events' | 'join' {
  if (state.epoch === undefined || state.doubt === 'epoch') return 'join';
  return state.seq < state.known || state.doubt === 'missed' ? 'events' : 'nothing';
}

/** Events as they are broadcast: one that does not follow on is kept aside, one that we have is ignored. */
export function applyEvents(state: LogState, { epoch, events }: Batch): LogState {
  if (epoch !== state.epoch) {
    const ahead = keep(state.ahead, events, epoch);
    return state.epoch === undefined ? { ...state, ahead } : { ...state, ahead, doubt: 'epoch' };
  }
  let next = state;
  for (const event of events) {
    if (event.seq <= next.seq) continue;
    next = follow(next, event) ?? { ...next, ahead: keep(next.ahead, [event], epoch) };
  }
  return drain({ ...next, known: Math.max(next.known, events.at(-1)?.seq ?? 0) });
}

/** The answer to `conversation:events`: all that follows `after`, so a number that is missing in it is not a gap. */
export function applyCatchUp(state: LogState, after: number, answer: Output<'conversation:events'>): LogState {
  if (state.epoch === undefined) return state;
  if (answer.epoch !== state.epoch) return { ...state, doubt: 'epoch' };
  if (after > state.seq) return state;
  const next = drain(applyComplete(state, answer.events));
  // A page may be full: only one that brings nothing new says that nothing is left.
  return next.doubt === 'missed' && next.seq === state.seq ? { ...next, doubt: undefined } : next;
}

/** The answer to `conversation:join`, also as it comes in `resumed`. */
export function applyJoin(
  state: LogState,
  answer: Omit<JoinAnswer, 'you'> & Partial<Pick<JoinAnswer, 'you'>>,
): LogState {
  const { conversation, epoch, seq } = answer;
  const you = answer.you ?? state.view?.you;
  if (!you) return state;
  if (!answer.reset) {
    if (epoch !== state.epoch || seq > state.seq || !state.view) return lost(state);
    const view = { ...state.view, conversation: newer(state, answer), you };
    return drain(applyComplete({ ...state, view, doubt: undefined }, answer.events));
  }
  const known = epoch === state.epoch ? state.known : 0;
  const ahead = state.ahead.filter((kept) => kept.epoch === epoch);
  const heard = ahead.reduce((highest, { event }) => Math.max(highest, event.seq), Math.max(known, seq));
  const view = snapshotView({ ...answer, conversation, you });
  const doubt = state.ahead.length >= AHEAD_MAX ? 'missed' : undefined;
  return drain(applyComplete({ view, epoch, seq, known: heard, ahead, doubt }, answer.events));
}

/** Something for this conversation came that could not be read: whatever it was, the log has it. */
export const applyUnreadable = (state: LogState): LogState => (state.doubt ? state : { ...state, doubt: 'missed' });

/** The copy cannot be carried on; what it shows stays until a join replaces it. */
export const lost = (state: LogState): LogState => ({ view: state.view, seq: 0, known: 0, ahead: state.ahead });

/** A folded event stands for more than its own number. */
const first = (event: ConversationEvent): number =>
  event.type === 'reply.delta' && event.from !== undefined ? event.from : event.seq;

/** What a join says of the conversation is as old as the events that it brings. */
function newer(state: LogState, answer: Pick<JoinAnswer, 'conversation' | 'seq' | 'events'>) {
  const answerSeq = answer.events.at(-1)?.seq ?? answer.seq;
  return state.view && answerSeq < state.seq ? state.view.conversation : answer.conversation;
}

function applyComplete(state: LogState, events: readonly ConversationEvent[]): LogState {
  let next = state;
  for (const event of events) if (event.seq > next.seq) next = step(next, event) ?? lost(next);
  return { ...next, known: Math.max(next.known, next.seq) };
}

/** Applies an event that follows on; `undefined` when something before it is missing. */
const follow = (state: LogState, event: ConversationEvent): LogState | undefined =>
  first(event) > state.seq + 1 ? undefined : step(state, event);

/** A delta may not fit although the number does: those before it were left out, its reply having ended. */
function step(state: LogState, event: ConversationEvent): LogState | undefined {
  if (!state.view) return state;
  const view = applyEvent(state.view, event);
  return view && { ...state, view, seq: event.seq };
}

/** Applies what was kept aside and now follows on; drops what is behind us. */
function drain(state: LogState): LogState {
  let next = state;
  for (const { event, epoch } of state.ahead) {
    if (epoch !== next.epoch || event.seq <= next.seq) continue;
    const followed = follow(next, event);
    if (!followed) break;
    next = followed;
  }
  const ahead = next.ahead.filter(({ event, epoch }) => epoch !== next.epoch || event.seq > next.seq);
  return ahead.length === next.ahead.length ? next : { ...next, ahead };
}

/** In order of `seq`; when it is full the newest are left out, and asked for after the others. */
function keep(ahead: readonly Kept[], events: readonly ConversationEvent[], epoch: string): readonly Kept[] {
  const others = ahead.filter((kept) => kept.epoch === epoch);
  const strangers = ahead.filter((kept) => kept.epoch !== epoch);
  const fresh = events.filter(({ seq }) => !others.some((kept) => kept.event.seq === seq));
  const own = [...others, ...fresh.map((event) => ({ epoch, event }))].sort((a, b) => a.event.seq - b.event.seq);
  return [...strangers, ...own].slice(0, AHEAD_MAX);
}
