import type { Sentence } from '@fantwin/shared/conversations';
import type { ConversationEvent, EventOf } from '@fantwin/shared/events';
import { type Speech, type StreamingReply, type View, withMessage, withRemoved } from './view.ts';

/** What an event means. It is the next one of its log; `undefined` when it does not fit what we have. */
export function applyEvent(view: View, event: ConversationEvent): View | undefined {
  switch (event.type) {
    case 'message.posted':
    case 'message.restored': {
      const { message } = event;
      const removed = view.removed.filter((id) => id !== message.messageId);
      return { ...view, messages: withMessage(view.messages, message), removed };
    }
    case 'message.removed': {
      const messages = view.messages.filter(({ messageId }) => messageId !== event.messageId);
      return { ...view, messages, removed: withRemoved(view.removed, event.messageId) };
    }
    case 'reply.started':
      return started(view, event);
    case 'reply.delta':
      return grown(view, event);
    case 'reply.sentence':
      return spoken(view, event);
    case 'reply.restarted':
      if (view.reply?.replyId !== event.replyId) return view;
      return { ...view, reply: { ...view.reply, text: '' }, speech: { replyId: event.replyId, sentences: [] } };
    case 'reply.ended':
      return ended(view, event);
    case 'reply.silenced':
      return view.speech?.replyId === event.replyId ? { ...view, speech: undefined } : view;
    case 'member.restricted': {
      if (event.userId !== view.you.userId) return view;
      const { kind, until } = event;
      return { ...view, you: { ...view.you, restricted: { kind, until } } };
    }
    case 'conversation.changed': {
      const { mode, ownerId, ownerEpoch, slowModeSeconds, open } = event;
      const conversation = { ...view.conversation, mode, ownerId, ownerEpoch, slowModeSeconds };
      return { ...view, conversation, ended: open === undefined ? view.ended : !open };
    }
    case 'tip.received': // the message that carries it says so
      return view;
    default:
      return event satisfies never;
  }
}

/** A reply that is taken over starts again with the text it had; what was already said stays said. */
function started(view: View, event: EventOf<'reply.started'>): View {
  const { replyId, replyTo, author, text = '' } = event;
  const reply: StreamingReply = { replyId, author, text, ...(replyTo && { replyTo }) };
  const continued = view.speech?.replyId === replyId && text !== '';
  return { ...view, reply, speech: continued ? view.speech : { replyId, sentences: [] } };
}

/** By offset, not by adding: a folded delta may begin with what we have. */
function grown(view: View, { replyId, index, text }: EventOf<'reply.delta'>): View | undefined {
  const { reply } = view;
  if (reply?.replyId !== replyId) return view;
  if (index > reply.text.length) return undefined;
  return { ...view, reply: { ...reply, text: reply.text.slice(0, index) + text } };
}

function spoken(view: View, event: EventOf<'reply.sentence'>): View {
  const { type: _type, seq: _seq, at: _at, replyId, ...sentence } = event;
  if (view.speech?.replyId !== replyId) return view;
  const others: readonly Sentence[] = view.speech.sentences.filter(({ index }) => index !== sentence.index);
  const sentences = [...others, sentence].sort((a, b) => a.index - b.index);
  return { ...view, speech: { ...view.speech, sentences } };
}

/** The reply becomes a message with the same id. It may be among them already, when they were read after the log. */
function ended(view: View, event: EventOf<'reply.ended'>): View {
  const { replyId, finish, text, speaksUntil, at } = event;
  const running = view.reply?.replyId === replyId ? view.reply : undefined;
  const { character } = view.conversation;
  const messages = withMessage(view.messages, {
    messageId: replyId,
    author: running?.author ?? { id: character.id, name: character.name, kind: 'character' },
    text,
    sentAt: at,
    finish,
    ...(running?.replyTo && { replyTo: running.replyTo }),
  });
  return {
    ...view,
    messages,
    reply: running ? undefined : view.reply,
    speech: view.speech?.replyId === replyId ? afterEnd(view.speech, finish, speaksUntil) : view.speech,
  };
}

/** Who stops a reply stops its voice; a reply that ended by itself is spoken to its end. */
function afterEnd(speech: Speech, finish: EventOf<'reply.ended'>['finish'], until?: number): Speech | undefined {
  const goesOn = (finish === 'complete' || finish === 'failed') && until !== undefined;
  return goesOn ? { ...speech, until } : undefined;
}
