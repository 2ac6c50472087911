import { z } from 'zod';
import type { ChatEntry } from './piece.ts';

const Part = z.union([z.string(), z.object({ type: z.string(), text: z.string() })]);
const Message = z.object({
  type: z.string(),
  from: z.string().nullish(),
  from_id: z.union([z.string(), z.number()]).optional(),
  text: z.union([z.string(), z.array(Part)]).default(''),
  forwarded_from: z.unknown().optional(),
  via_bot: z.unknown().optional(),
});

/** What nobody says: programs, commands, names of others. */
const unsaid = new Set(['code', 'pre', 'bot_command', 'mention_name', 'blockquote']);

/** A message of Telegram's JSON export. */
export function readTelegram(value: unknown): ChatEntry {
  const parsed = Message.safeParse(value);
  if (!parsed.success) return undefined;
  const { type, from, from_id: id, text, forwarded_from: forwarded, via_bot: bot } = parsed.data;
  if (forwarded !== undefined) return { skip: 'not-own' };
  const said = typeof text === 'string' ? text : text.map(textOf).join('');
  if (type !== 'message' || !from || bot !== undefined || said.trim() === '') return { skip: 'system' };
  return { text: said, author: { name: from, also: id === undefined ? [] : [String(id)] } };
}

function textOf(part: z.infer<typeof Part>): string {
  if (typeof part === 'string') return part;
  return unsaid.has(part.type) ? ' ' : part.text;
}
