import type { MessageId } from '@fantwin/shared/ids';
import type { View } from './view.ts';

/** How many messages are answered before the first of mine that waits; `undefined` when none does. */
export function myPlace(
  places: Readonly<Record<MessageId, number>>,
  view: Pick<View, 'messages' | 'reply'>,
): number | undefined {
  const waiting = (Object.entries(places) as [MessageId, number][]).filter(([messageId]) => {
    const answered = view.reply?.replyTo === messageId || view.messages.some(({ replyTo }) => replyTo === messageId);
    return !answered && view.messages.some((message) => message.messageId === messageId);
  });
  return waiting.length === 0 ? undefined : Math.min(...waiting.map(([, place]) => place));
}
