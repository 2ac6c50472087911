import { z } from 'zod';

/** Ids are UUIDv7 text: they sort by the time they were made. */
const id = <Brand extends string>() => z.uuid().brand<Brand>();

export const UserId = id<'UserId'>();
export const CharacterId = id<'CharacterId'>();
export const ConversationId = id<'ConversationId'>();
export const MessageId = id<'MessageId'>();
export const VrmModelId = id<'VrmModelId'>();
export type UserId = z.infer<typeof UserId>;
export type CharacterId = z.infer<typeof CharacterId>;
export type ConversationId = z.infer<typeof ConversationId>;
export type MessageId = z.infer<typeof MessageId>;
export type VrmModelId = z.infer<typeof VrmModelId>;

/** A reply ends as a message with the same id. */
export const ReplyId = MessageId;
export type ReplyId = MessageId;

/** Names one life of a conversation's log; another epoch means: forget what you have and start from a snapshot. */
export const Epoch = z.string().min(8).max(64);

/** Chosen by the sender once per message, kept over its retries. */
export const ClientKey = z
  .string()
  .min(8)
  .max(64)
  .regex(/^[\w-]+$/, 'letters, digits, - and _ only');
