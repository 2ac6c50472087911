import type { Author, Message } from '@fantwin/shared/conversations';

export type Writer = Pick<Author, 'id' | 'name'> & { kind: 'fan' | 'creator' };

/** People who wrote since `since`, the newest first, each once and by the name of their newest message. */
export function recentWriters(messages: readonly Message[], since: number, most: number): Writer[] {
  const writers = new Map<string, Writer>();
  for (const { author, sentAt } of messages.toReversed()) {
    if (sentAt < since || writers.size === most) break;
    const { id, name, kind } = author;
    if ((kind === 'fan' || kind === 'creator') && !writers.has(id)) writers.set(id, { id, name, kind });
  }
  return [...writers.values()];
}
