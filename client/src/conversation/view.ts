import type { Author, Conversation, Message, RunningReply, Sentence, You } from '@fantwin/shared/conversations';
import type { MessageId, ReplyId } from '@fantwin/shared/ids';

/** The newest messages that stay in memory; the list may grow to the second number before it is cut. */
export const MESSAGES_KEPT = 500;
const MESSAGES_CUT_AT = 600;
const REMOVED_KEPT = 500;

/** A reply while its text comes. */
export type StreamingReply = { replyId: ReplyId; replyTo?: MessageId; author: Author; text: string };

/** What the avatar says: it goes on after the text is whole, until `until`. */
export type Speech = { replyId: ReplyId; sentences: readonly Sentence[]; until?: number };

/** All that is to be seen of a conversation. */
export type View = {
  conversation: Conversation;
  you: You;
  /** Nobody writes any more; it may be opened again. */
  ended: boolean;
  /** In order of their ids, which is the order of the server's pages. */
  messages: readonly Message[];
  /** Taken away by a moderator: also hidden where an older page still has them. */
  removed: readonly MessageId[];
  reply?: StreamingReply;
  speech?: Speech;
};

/** Ids sort by time. Most messages are the newest, so the place is looked for from the end. */
export function withMessage(messages: readonly Message[], message: Message): readonly Message[] {
  let place = messages.length;
  while (place > 0 && (messages[place - 1]?.messageId ?? '') > message.messageId) place--;
  const known = messages[place - 1]?.messageId === message.messageId;
  const grown = messages.toSpliced(known ? place - 1 : place, known ? 1 : 0, message);
  return grown.length > MESSAGES_CUT_AT ? grown.slice(-MESSAGES_KEPT) : grown;
}

export const withRemoved = (removed: readonly MessageId[], messageId: MessageId): readonly MessageId[] =>
  [...removed.filter((id) => id !== messageId), messageId].slice(-REMOVED_KEPT);

export function snapshotView(snapshot: {
  conversation: Conversation;
  you: You;
  messages: readonly Message[];
  reply?: RunningReply;
}): View {
  const { conversation, you, messages, reply } = snapshot;
  const view: View = {
    conversation,
    you,
    ended: conversation.open === false,
    messages: messages.toSorted((a, b) => (a.messageId < b.messageId ? -1 : 1)),
    removed: [],
  };
  if (!reply) return view;

  const { replyId, replyTo, author, text, sentences, speaksUntil } = reply;
  const speech: Speech = { replyId, sentences, ...(speaksUntil !== undefined && { until: speaksUntil }) };
  // With `speaksUntil` its text is whole and among the messages; it is still being spoken.
  if (speaksUntil !== undefined) return { ...view, speech };
  return { ...view, speech, reply: { replyId, author, text, ...(replyTo && { replyTo }) } };
}

/** A line of the chat: a message, or the reply that is being made, in its place. */
export type ChatItem = { id: MessageId; message: Message } | { id: ReplyId; reply: StreamingReply };

export function chatItems(view: Pick<View, 'messages' | 'reply'>): ChatItem[] {
  const items: ChatItem[] = view.messages.map((message) => ({ id: message.messageId, message }));
  const { reply } = view;
  if (!reply || view.messages.some(({ messageId }) => messageId === reply.replyId)) return items;
  const after = items.findLastIndex(({ id }) => id < reply.replyId);
  return items.toSpliced(after + 1, 0, { id: reply.replyId, reply });
}
