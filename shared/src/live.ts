import { z } from 'zod';
import { Conversation, Message, RunningReply, You } from './conversations.ts';
import { ConversationEvent } from './events.ts';
import { ClientKey, ConversationId, Epoch, MessageId, ReplyId } from './ids.ts';
import { JOINED_MAX, PAGE_EVENTS, TEXT_MAX_CHARS } from './limits.ts';

/** The namespace of fans, and of everyone else who is in a conversation. */
export const namespace = '/live';

const Seq = z.number().int().nonnegative();
const none = z.object({});

/** What a connecting client had of a conversation. */
export const Joined = z.object({ conversationId: ConversationId, epoch: Epoch, after: Seq });
export const Handshake = z.object({
  /** An access token; absent when the session cookie speaks for the client. */
  token: z.string().max(4096).optional(),
  joined: z.array(Joined).max(JOINED_MAX).optional(),
});
export type Handshake = z.infer<typeof Handshake>;

export const JoinInput = z.object({ conversationId: ConversationId, after: Seq.optional(), epoch: Epoch.optional() });

/** `messages` and `reply` stand for the log up to `seq`, `events` follow it. Without a reset both are empty. */
export const JoinAnswer = z.object({
  conversation: Conversation,
  epoch: Epoch,
  seq: Seq,
  reset: z.boolean(),
  messages: z.array(Message),
  reply: RunningReply.optional(),
  events: z.array(ConversationEvent),
  you: You,
});
export type JoinAnswer = z.infer<typeof JoinAnswer>;

export const MessageText = z
  .string()
  .transform((text) => text.normalize('NFC').replace(/\r\n?/g, '\n').trim())
  .pipe(z.string().min(1, 'write something').max(TEXT_MAX_CHARS));

export const SendMessage = z.object({ conversationId: ConversationId, clientKey: ClientKey, text: MessageText });
export const MessageAccepted = z.object({
  messageId: MessageId,
  epoch: Epoch.optional(),
  seq: Seq.optional(),
  held: z.boolean().optional(),
  /** How many messages are answered before it. */
  place: z.number().int().nonnegative().optional(),
});

export const requests = {
  'conversation:join': { input: JoinInput, output: JoinAnswer },
  'conversation:leave': { input: z.object({ conversationId: ConversationId }), output: none },
  'conversation:events': {
    input: z.object({
      conversationId: ConversationId,
      epoch: Epoch,
      after: Seq,
      limit: z.number().int().min(1).max(PAGE_EVENTS).optional(),
    }),
    output: z.object({ epoch: Epoch, events: z.array(ConversationEvent) }),
  },
  'message:send': { input: SendMessage, output: MessageAccepted },
  'reply:stop': { input: z.object({ replyId: ReplyId }), output: none },
  'clock:read': { input: none, output: z.object({ now: z.number().int() }) },
} as const;

export const Notice = z.object({
  kind: z.enum(['place', 'held', 'muted', 'warned', 'signed-out']),
  text: z.string(),
  until: z.number().int().optional(),
  conversationId: ConversationId.optional(),
  messageId: MessageId.optional(),
  place: z.number().int().nonnegative().optional(),
});
export type Notice = z.infer<typeof Notice>;

export const broadcasts = {
  /** One or more, in order of `seq`. */
  events: z.object({ conversationId: ConversationId, epoch: Epoch, events: z.array(ConversationEvent).min(1) }),
  /** As the answer to `conversation:join`: after a reconnect, or when the log began a new epoch. */
  resumed: z.object({
    conversationId: ConversationId,
    ...JoinAnswer.omit({ you: true }).shape,
    you: You.optional(),
  }),
  presence: z.object({ conversationId: ConversationId, count: z.number().int().nonnegative() }),
  notice: Notice,
} as const;

export type RequestName = keyof typeof requests;
export type Input<R extends RequestName> = z.infer<(typeof requests)[R]['input']>;
export type Output<R extends RequestName> = z.infer<(typeof requests)[R]['output']>;
export type BroadcastName = keyof typeof broadcasts;
export type Broadcast<B extends BroadcastName> = z.infer<(typeof broadcasts)[B]>;
