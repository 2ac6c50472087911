import type { Message } from '@fantwin/shared/conversations';
import type { WireError } from '@fantwin/shared/errors';
import type { MessageId, UserId } from '@fantwin/shared/ids';

/** A message of mine on its way. It keeps its key over all retries, so that it is one message however often it is sent. */
export type Outgoing = {
  clientKey: string;
  text: string;
  /** ms since 1970 by the platform's clock */
  sentAt: number;
  state: 'sending' | 'accepted' | 'held' | 'failed';
  messageId?: MessageId;
  error?: WireError;
  /** When it is worth trying again, ms since 1970 by this device. */
  retryAt?: number;
};

export const OUTGOING_MAX = 20;
/** How far the clocks of a sender and the platform may differ when a message is recognised by its text. */
const CLOCK_SLACK_MS = 5_000;

export type OutgoingChange = Partial<Omit<Outgoing, 'clientKey' | 'text'>>;

export const withOutgoing = (list: readonly Outgoing[], message: Outgoing): readonly Outgoing[] =>
  [...list.filter(({ clientKey }) => clientKey !== message.clientKey), message].slice(-OUTGOING_MAX);

export const withChange = (list: readonly Outgoing[], clientKey: string, change: OutgoingChange): readonly Outgoing[] =>
  list.map((message) => (message.clientKey === clientKey ? { ...message, ...change } : message));

export const without = (list: readonly Outgoing[], clientKey: string): readonly Outgoing[] =>
  list.filter((message) => message.clientKey !== clientKey);

/**
 * What is not in the chat yet. The log often brings a message before its acknowledgement tells the id: until then it
 * is known by its author and text.
 */
export function unseen(list: readonly Outgoing[], messages: readonly Message[], me: UserId): readonly Outgoing[] {
  if (list.length === 0) return list;
  return list.filter(({ state, text, sentAt, messageId }) => {
    if (state === 'failed') return true;
    if (messageId) return !messages.some((message) => message.messageId === messageId);
    return !messages.some(
      (message) => message.author.id === me && message.text === text && message.sentAt >= sentAt - CLOCK_SLACK_MS,
    );
  });
}
