import { z } from 'zod';
import { Author, ConversationMode, Message, Sentence } from './conversations.ts';
import { MessageId, ReplyId, UserId } from './ids.ts';

/** Every event has its place in the log and its time, ms since 1970 by the platform's clock. */
const placed = { seq: z.number().int().positive(), at: z.number().int() };

export const finishes = ['complete', 'stopped', 'blocked', 'failed', 'takeover'] as const;
export const Finish = z.enum(finishes);
export type Finish = z.infer<typeof Finish>;

const bodies = [
  z.object({ type: z.literal('message.posted'), message: Message }),
  z.object({ type: z.literal('message.removed'), messageId: MessageId, reason: z.string() }),
  z.object({ type: z.literal('message.restored'), message: Message }),
  z.object({
    type: z.literal('reply.started'),
    replyId: ReplyId,
    replyTo: MessageId.optional(),
    author: Author,
    model: z.string(),
    adapter: z.string().optional(),
    degraded: z.boolean().optional(),
    /** Already published, after a take-over. */
    text: z.string().optional(),
  }),
  z.object({
    type: z.literal('reply.delta'),
    replyId: ReplyId,
    /** UTF-16 offset in the reply's text. */
    index: z.number().int().nonnegative(),
    text: z.string(),
    /** A folded event stands for `from..seq`. */
    from: z.number().int().positive().optional(),
  }),
  z.object({ type: z.literal('reply.sentence'), replyId: ReplyId, ...Sentence.shape }),
  z.object({
    type: z.literal('reply.ended'),
    replyId: ReplyId,
    finish: Finish,
    text: z.string(),
    speaksUntil: z.number().int().optional(),
  }),
  z.object({ type: z.literal('reply.silenced'), replyId: ReplyId }),
  /** Discard its deltas and sentences, they come again. */
  z.object({ type: z.literal('reply.restarted'), replyId: ReplyId }),
  z.object({
    type: z.literal('member.restricted'),
    userId: UserId,
    kind: z.enum(['timeout', 'ban']),
    until: z.number().int().optional(),
  }),
  z.object({
    type: z.literal('conversation.changed'),
    mode: ConversationMode,
    ownerId: UserId.optional(),
    ownerEpoch: z.number().int().nonnegative(),
    slowModeSeconds: z.number().int().nonnegative(),
    /** False: it has ended; nobody writes any more. Absent: as before. */
    open: z.boolean().optional(),
  }),
  z.object({
    type: z.literal('tip.received'),
    transferId: z.string(),
    author: Author,
    amount: z.number().int().positive(),
    currency: z.string().length(3),
    messageId: MessageId.optional(),
  }),
] as const;

/** What a writer hands to the log; the log gives it its place. */
export const EventBody = z.discriminatedUnion('type', bodies);
export type EventBody = z.infer<typeof EventBody>;
export type EventType = EventBody['type'];

/** One entry of a conversation's log: everything that a client can see. */
export const ConversationEvent = z.intersection(EventBody, z.object(placed));
export type ConversationEvent = EventBody & { seq: number; at: number };
export type EventOf<T extends EventType> = Extract<ConversationEvent, { type: T }>;
