import { z } from 'zod';
import type { ChatEntry } from './piece.ts';

const Message = z.object({
  type: z.literal('message'),
  subtype: z.string().optional(),
  text: z.string().default(''),
  user: z.string().optional(),
  username: z.string().optional(),
  bot_id: z.string().optional(),
  user_profile: z
    .object({ real_name: z.string().nullish(), display_name: z.string().nullish(), name: z.string().nullish() })
    .optional(),
});

/** People write these too; all other subtypes are written by the app. */
const own = new Set(['thread_broadcast', 'me_message', 'file_share']);

/** A message of a Slack export. */
export function readSlack(value: unknown): ChatEntry {
  const parsed = Message.safeParse(value);
  if (!parsed.success) return undefined;
  const { subtype, text, user, username, bot_id: bot, user_profile: profile } = parsed.data;
  const also = [profile?.display_name, profile?.real_name, profile?.name, username, user].flatMap((name) => name || []);
  const [name] = also;
  if ((subtype && !own.has(subtype)) || bot || !name || text.trim() === '') return { skip: 'system' };
  return { text: plain(text), author: { name, also } };
}

/** `<@U1|ann>`, `<https://a.example|shown>`, `<!here>`, `:wave:` */
function plain(text: string): string {
  return text
    .replace(/<[@#!][^<>]{0,200}>/gu, ' ')
    .replace(/<((?:https?|mailto|tel):[^<>|]{1,2000})(?:\|([^<>]*))?>/gu, (_, link: string, shown?: string) =>
      shown && !/^[^\s]+\.[^\s]+$/u.test(shown) ? shown : link.replace(/^(?:mailto|tel):/u, ''),
    )
    .replace(/:[a-z0-9_+'-]{2,60}:(?::skin-tone-\d:)?/gu, ' ');
}
