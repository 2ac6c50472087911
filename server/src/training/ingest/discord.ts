import { z } from 'zod';
import type { ChatEntry } from './piece.ts';

const Message = z.object({
  type: z.union([z.string(), z.number()]),
  content: z.string(),
  author: z.object({
    id: z.string().optional(),
    name: z.string(),
    nickname: z.string().nullish(),
    isBot: z.boolean().optional(),
  }),
});

const placeholder =
  /<(?:@[!&]?|#)\d+>|<\/[^:<>]{1,40}:\d+>|<id:\w+>|<t:-?\d+(?::[a-zA-Z])?>|<a?:\w{1,40}:\d+>|:[a-z0-9_+-]{2,40}:/giu;

/** A message as DiscordChatExporter writes it. */
export function readDiscord(value: unknown): ChatEntry {
  const parsed = Message.safeParse(value);
  if (!parsed.success) return undefined;
  const { type, content, author } = parsed.data;
  const written = ['Default', 'Reply', '0', '19'].includes(String(type));
  if (!written || author.isBot || content.trim() === '') return { skip: 'system' };
  const also = [author.id, author.name, author.nickname].flatMap((name) => name ?? []);
  return { text: content.replace(placeholder, ' '), author: { name: author.nickname || author.name, also } };
}
