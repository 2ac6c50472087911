import { z } from 'zod';
import { CharacterId, ConversationId, UserId, VrmModelId } from './ids.ts';
import { GREETING_MAX_CHARS, NAME_MAX_CHARS, PERSONA_MAX_CHARS, TAGLINE_MAX_CHARS } from './limits.ts';

export const Language = z.enum(['en', 'ja']);
export type Language = z.infer<typeof Language>;

/** A voice of one engine, by the engine's own name for it: `espeak:en-us+f3`, `openai:coral`, `voicevox:3`. */
export const VoiceId = z
  .string()
  .max(80)
  .regex(/^[a-z]+:[\w+-]+$/);
export type VoiceId = z.infer<typeof VoiceId>;

/** A voice that this server can speak with. */
export const VoiceChoice = z.object({ id: VoiceId, name: z.string(), engine: z.string() });
export type VoiceChoice = z.infer<typeof VoiceChoice>;

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
  /** A portrait, immutable: its address carries its hash. */
  pictureUrl: z.string().optional(),
});
export type Character = z.infer<typeof Character>;

/** No character that cannot be seen, but the one that joins two emoji into one. */
const joiner = String.raw`(?<=\p{Extended_Pictographic}\ufe0f?\p{Emoji_Modifier}?)\u200d`;
const visible = new RegExp(String.raw`^(?:\P{C}|${joiner})*$`, 'u');
const visibleLines = new RegExp(String.raw`^(?:\P{C}|[\n\t]|${joiner})*$`, 'u');

/** One line for people. */
const line = (maxChars: number) =>
  z
    .string()
    .transform((text) => text.normalize('NFC').replace(/\s+/gu, ' ').trim())
    .pipe(z.string().min(1, 'write something').max(maxChars).regex(visible, 'no invisible or control characters'));
const paragraphs = (maxChars: number) =>
  z
    .string()
    .transform((text) => text.normalize('NFC').replaceAll('\r\n', '\n').trim())
    .pipe(z.string().min(1, 'write something').max(maxChars).regex(visibleLines, 'no invisible or control characters'));

export const CharacterInput = z.object({
  name: line(NAME_MAX_CHARS),
  tagline: line(TAGLINE_MAX_CHARS),
  greeting: line(GREETING_MAX_CHARS),
  /** What the language model is told about who it is. */
  persona: paragraphs(PERSONA_MAX_CHARS),
  language: Language,
  /** Null: the server's usual voice for the language. */
  voice: VoiceId.nullable().default(null),
  vrmModelId: VrmModelId,
});
export type CharacterInput = z.infer<typeof CharacterInput>;

/** Only what is given changes. */
export const CharacterChange = CharacterInput.extend({ voice: VoiceId.nullable() }).partial();
export type CharacterChange = z.infer<typeof CharacterChange>;

/** A character as its creator sees it. */
export const OwnCharacter = Character.extend({
  persona: z.string(),
  voice: VoiceId.nullable(),
  vrmModelId: VrmModelId,
  /** Its newest live conversation. */
  live: z
    .object({ id: ConversationId, title: z.string(), open: z.boolean(), people: z.number().int().nonnegative() })
    .optional(),
});
export type OwnCharacter = z.infer<typeof OwnCharacter>;
