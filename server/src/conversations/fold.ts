import type { ConversationEvent } from '@fantwin/shared/events';

/**
 * The same history in fewer events: neighbouring deltas of a reply become one that covers `from..seq`, and the deltas
 * of a reply that has ended further on are left out, because its end carries the text.
 */
export function foldEvents(events: readonly ConversationEvent[]): ConversationEvent[] {
  const ended = new Map<string, number>();
  for (const event of events) if (event.type === 'reply.ended') ended.set(event.replyId, event.seq);

  const folded: ConversationEvent[] = [];
  for (const event of events) {
    if (event.type === 'reply.delta') {
      if ((ended.get(event.replyId) ?? 0) > event.seq) continue;
      const last = folded.at(-1);
      if (
        last?.type === 'reply.delta' &&
        last.replyId === event.replyId &&
        last.index + last.text.length === event.index
      ) {
        folded[folded.length - 1] = {
          ...event,
          index: last.index,
          text: last.text + event.text,
          from: last.from ?? last.seq,
        };
        continue;
      }
    }
    folded.push(event);
  }
  return folded;
}
