import { z } from 'zod';
import { CharacterId, UserId } from './ids.ts';

export const Language = z.enum(['en', 'ja']);
export type Language = z.infer<typeof Language>;

/** What a fan sees of a character. The persona stays on the server. */
export const Character = z.object({
  id: CharacterId,
  creatorId: UserId,
  name: z.string(),
  tagline: z.string(),
  greeting: z.string(),
  language: Language,
  /** A VRM file, immutable: its address carries its hash. */
  avatarUrl: z.string(),
});
export type Character = z.infer<typeof Character>;
