import { z } from 'zod';
import type { ChatEntry } from './piece.ts';

const Tweet = z.object({ full_text: z.string().optional(), text: z.string().optional() });
const Entry = z.union([z.object({ tweet: Tweet }), Tweet]);

/** A post of the archive that X (Twitter) hands out: the creator's own, so that it has no author to choose. */
export function readTweet(value: unknown): ChatEntry {
  const parsed = Entry.safeParse(value);
  const tweet = parsed.data && ('tweet' in parsed.data ? parsed.data.tweet : parsed.data);
  const text = tweet?.full_text ?? tweet?.text;
  if (text === undefined) return undefined;
  if (/^RT @\w/u.test(text)) return { skip: 'not-own' };
  return { text };
}
