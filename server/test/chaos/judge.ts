import type { ConversationEvent } from '@fantwin/shared/events';
import type { Taken } from '../fan.ts';

/** The log as it was: for each epoch its events by `seq`. */
export type KnownLog = Map<string, Map<number, ConversationEvent>>;
export type Count = { events: number; lost: number; twice: number; outOfOrder: number; wrong: string[] };

export const none = (): Count => ({ events: 0, lost: 0, twice: 0, outOfOrder: 0, wrong: [] });

export function add(total: Count, more: Count): Count {
  return {
    events: total.events + more.events,
    lost: total.lost + more.lost,
    twice: total.twice + more.twice,
    outOfOrder: total.outOfOrder + more.outOfOrder,
    wrong: [...total.wrong, ...more.wrong],
  };
}

export function learn(log: KnownLog, epoch: string, events: readonly ConversationEvent[]): void {
  const known = log.get(epoch) ?? new Map<number, ConversationEvent>();
  for (const event of events) if (!known.has(event.seq)) known.set(event.seq, event);
  log.set(epoch, known);
}

/** Where a log stands; undefined where Redis lost it and nobody wrote since. */
export type End = { epoch: string; seq: number } | undefined;

/** Compares what one fan took with the log, event by event. */
export function judge(taken: readonly Taken[], log: KnownLog, end: End): Count {
  const count = none();
  const texts = new Map<string, string>();
  let at = { epoch: '', seq: 0 };

  for (const entry of taken) {
    if (entry.kind === 'join') {
      const { answer } = entry;
      if (!answer.reset) continue;
      at = { epoch: answer.epoch, seq: answer.seq };
      texts.clear();
      if (answer.reply) texts.set(answer.reply.replyId, answer.reply.text);
      continue;
    }
    const { event, caughtUp } = entry;
    const known = log.get(entry.epoch);
    count.events += 1;
    if (entry.epoch !== at.epoch) count.wrong.push(`event ${event.seq} is of another epoch`);
    if (event.seq <= at.seq) count.twice += 1;
    const first = (event.type === 'reply.delta' && event.from) || event.seq;
    for (let seq = at.seq + 1; seq < first; seq += 1)
      if (!(caughtUp && mayBeLeftOut(known?.get(seq), taken))) count.lost += 1;
    at.seq = Math.max(at.seq, event.seq);
    const stands = known && whatStands(known, first, event);
    if (stands !== undefined && stands !== JSON.stringify(event))
      count.wrong.push(`event ${event.seq} is not the log's`);
    if (!follows(event, texts)) count.outOfOrder += 1;
  }

  const last = end?.seq ?? Math.max(at.seq, ...(log.get(at.epoch)?.keys() ?? []));
  if (end && at.epoch !== end.epoch) count.wrong.push('the fan is in an epoch that is over');
  else count.lost += last - at.seq;
  return count;
}

/** A catch-up leaves out the deltas of replies whose end it brings. */
function mayBeLeftOut(missing: ConversationEvent | undefined, taken: readonly Taken[]): boolean {
  if (missing?.type !== 'reply.delta') return false;
  const { replyId } = missing;
  return taken.some((one) => one.kind === 'event' && one.event.type === 'reply.ended' && one.event.replyId === replyId);
}

/** What the log has for an event as it was taken, a folded one put together; undefined where nobody knows. */
function whatStands(
  known: Map<number, ConversationEvent>,
  first: number,
  event: ConversationEvent,
): string | undefined {
  const parts: ConversationEvent[] = [];
  for (let seq = first; seq <= event.seq; seq += 1) {
    const part = known.get(seq);
    if (!part) return undefined;
    parts.push(part);
  }
  const [start] = parts;
  const last = parts.at(-1);
  if (event.type !== 'reply.delta' || event.from === undefined || start?.type !== 'reply.delta')
    return JSON.stringify(last);
  const text = parts.map((part) => (part.type === 'reply.delta' ? part.text : '')).join('');
  return JSON.stringify({ ...event, ...last, index: start.index, text, from: first });
}

/** Puts the replies together, and tells whether the piece fits where the fan's copy stands. */
function follows(event: ConversationEvent, texts: Map<string, string>): boolean {
  if (!('replyId' in event)) return true;
  const { replyId } = event;
  const text = texts.get(replyId);
  if (event.type === 'reply.started') texts.set(replyId, event.text ?? '');
  if (event.type === 'reply.restarted') texts.set(replyId, '');
  if (event.type === 'reply.delta') {
    texts.set(replyId, (text ?? '').slice(0, event.index) + event.text);
    return event.index === (text ?? '').length;
  }
  if (event.type === 'reply.ended') texts.delete(replyId);
  return true;
}
