import type { Output } from '@fantwin/shared/live';
import type { EventLog } from './events.log.ts';
import type { Delivery, MessageStore } from './messages.store.ts';

/** Puts a message in line for an answer; `place` is how many come before it. */
export type AskForReply = (conversationId: string, message: Delivery['message']) => Promise<{ place: number }>;

type Deps = {
  messages: Pick<MessageStore, 'delivered' | 'owed' | 'sweepDelivered'>;
  log: Pick<EventLog, 'append'>;
  askForReply: AskForReply;
  now: () => number;
  onSwept: (count: number) => void;
};

/** A message younger than this is still being delivered by the one who stored it. */
const SWEEP_AFTER_MS = 2_000;
const SWEEP_MAX = 100;
/** How long a delivered row is kept, so that a late retry of its client key learns its place. */
const KEEP_MS = 24 * 3_600_000;

/** What was stored is delivered: appended, the reply asked for, marked. Every step may be repeated. */
export function createOutbox({ messages, log, askForReply, now, onSwept }: Deps) {
  async function deliver(delivery: Delivery): Promise<Output<'message:send'>> {
    const { conversationId, message, done } = delivery;
    if (done) return { messageId: message.messageId, ...done };
    const appended = await log.append(conversationId, { type: 'message.posted', message });
    if (appended.state === 'fenced' || appended.state === 'wait') throw new Error('a message needs no fence');
    const asked = delivery.wantsReply ? await askForReply(conversationId, message) : undefined;
    const place = { epoch: appended.epoch, seq: appended.seq };
    await messages.delivered(message.messageId, now(), place);
    return { messageId: message.messageId, ...place, ...asked };
  }

  /** Delivers what its writer could not: it died, or Redis was away. */
  async function sweep(): Promise<void> {
    const owed = await messages.owed(now() - SWEEP_AFTER_MS, SWEEP_MAX);
    for (const delivery of owed) await deliver(delivery);
    if (owed.length > 0) onSwept(owed.length);
    await messages.sweepDelivered(now() - KEEP_MS);
  }

  return { deliver, sweep };
}

export type Outbox = ReturnType<typeof createOutbox>;
