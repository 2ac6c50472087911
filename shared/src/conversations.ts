import { z } from 'zod';
import { Character, Language, VoiceId } from './characters.ts';
import { CharacterId, ConversationId, MessageId, ReplyId, UserId } from './ids.ts';
import { GREETING_MAX_CHARS } from './limits.ts';

export const ConversationKind = z.enum(['live', 'private']);
export type ConversationKind = z.infer<typeof ConversationKind>;

/** Who answers: the character, the character after a person's approval, a person, nobody. */
export const ConversationMode = z.enum(['ai', 'suggest', 'human', 'paused']);
export type ConversationMode = z.infer<typeof ConversationMode>;

/**
 * Who is heard. `unread`: what this voice cannot read, sentences with it are said without sound. `silent`: nobody is heard,
 * because no voice is set up, none speaks this language, or it does not answer for now.
 */
export const Voice = z.union([
  z.object({ name: z.string(), unread: z.enum(['kanji']).optional() }),
  z.object({ silent: z.enum(['none', 'language', 'away']) }),
]);
export type Voice = z.infer<typeof Voice>;

export const Conversation = z.object({
  id: ConversationId,
  kind: ConversationKind,
  title: z.string(),
  character: Character,
  mode: ConversationMode,
  /** The person who took the conversation over. */
  ownerId: UserId.optional(),
  /** Grows with every take-over and hand-back; an old one is refused with `conflict`. */
  ownerEpoch: z.number().int().nonnegative(),
  slowModeSeconds: z.number().int().nonnegative(),
  /** Whether an engine is configured that could answer. */
  canReply: z.boolean(),
  voice: Voice.optional(),
  /** False: it has ended, and may be opened again. Only those who were there are still told of it. */
  open: z.boolean().optional(),
});
export type Conversation = z.infer<typeof Conversation>;

export const Author = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.enum(['fan', 'creator', 'character', 'system']),
});
export type Author = z.infer<typeof Author>;

export const Message = z.object({
  messageId: MessageId,
  author: Author,
  text: z.string(),
  /** ms since 1970 */
  sentAt: z.number().int(),
  replyTo: MessageId.optional(),
  tip: z.object({ amount: z.number().int().positive(), currency: z.string().length(3) }).optional(),
  /** How the reply ended, where the message is one. */
  finish: z.enum(['complete', 'stopped', 'blocked', 'failed', 'takeover']).optional(),
});
export type Message = z.infer<typeof Message>;

export const MoodName = z.enum(['neutral', 'happy', 'angry', 'sad', 'relaxed', 'surprised']);
export type MoodName = z.infer<typeof MoodName>;
export const Mood = z.object({ name: MoodName, intensity: z.number().min(0).max(1) });
export type Mood = z.infer<typeof Mood>;

/** The 15 Oculus visemes. */
export const visemeNames = [
  'sil',
  'PP',
  'FF',
  'TH',
  'DD',
  'kk',
  'CH',
  'SS',
  'nn',
  'RR',
  'aa',
  'E',
  'I',
  'O',
  'U',
] as const;
export const VisemeName = z.enum(visemeNames);
export type VisemeName = z.infer<typeof VisemeName>;

/** Times in ms from the sentence's `startsAt`; `w` is the weight from 0 to 1. */
export const Viseme = z.object({ t: z.number(), d: z.number(), v: VisemeName, w: z.number().min(0).max(1) });
export type Viseme = z.infer<typeof Viseme>;
/** A word's time in ms from `startsAt`, and `i`, its UTF-16 offset in the sentence. */
export const Word = z.object({ t: z.number(), d: z.number(), i: z.number().int() });
export type Word = z.infer<typeof Word>;

/** A whole sentence of a reply with its speech. */
export const Sentence = z.object({
  /** From 0, in the reply. */
  index: z.number().int().nonnegative(),
  text: z.string(),
  mood: Mood,
  /** ms since 1970 by the platform's clock: when everyone's avatar starts to say it. */
  startsAt: z.number().int(),
  durationMs: z.number().int().nonnegative(),
  visemes: z.array(Viseme),
  words: z.array(Word),
  /** A WAV file, immutable: its address carries its hash. No address: no voice, the mouth still moves. */
  url: z.string().optional(),
});
export type Sentence = z.infer<typeof Sentence>;

/** A reply while it is made and spoken. */
export const RunningReply = z.object({
  replyId: ReplyId,
  replyTo: MessageId.optional(),
  author: Author,
  text: z.string(),
  sentences: z.array(Sentence),
  /** Set once its text is whole: the avatar speaks until then. */
  speaksUntil: z.number().int().optional(),
});
export type RunningReply = z.infer<typeof RunningReply>;

/** How the one who asks stands in the conversation. */
export const You = z.object({
  userId: UserId,
  canModerate: z.boolean(),
  restricted: z.object({ kind: z.enum(['timeout', 'ban']), until: z.number().int().optional() }).optional(),
});
export type You = z.infer<typeof You>;

export const ConversationSummary = z.object({
  id: ConversationId,
  kind: ConversationKind,
  title: z.string(),
  character: Character,
  people: z.number().int().nonnegative(),
});
export type ConversationSummary = z.infer<typeof ConversationSummary>;

/** What its creator can change of a live conversation. `open: false` ends it for everybody; it can be opened again. */
export const ConversationChange = z.object({ open: z.boolean(), title: z.string().trim().min(1).max(80) }).partial();
export type ConversationChange = z.infer<typeof ConversationChange>;

/** A sentence to be heard by one person before others do. */
export const SpeechPreviewInput = z.object({
  text: z.string().trim().min(1).max(GREETING_MAX_CHARS),
  language: Language,
  voice: VoiceId.nullable().default(null),
});

export const CreateConversationInput = z.object({
  characterId: CharacterId,
  kind: ConversationKind,
  title: z.string().trim().min(1).max(80).optional(),
});
