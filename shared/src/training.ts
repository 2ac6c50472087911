import { z } from 'zod';

/** One uploaded file. */
export const STYLE_SOURCE_MAX_BYTES = 50 * 1024 * 1024;
/** Style sentences: from `least` up training starts; below `fair` the voice is faint; `recommended` gives a strong one. */
export const styleSentenceGoals = { least: 300, fair: 3_000, recommended: 15_000 } as const;
/** What is trained on at most; of more, an even sample is taken. */
export const STYLE_SENTENCES_MAX = 200_000;
export const DROP_EXAMPLES_MAX = 3;
export const SOURCE_PROBLEMS_MAX = 20;
export const SOURCE_AUTHORS_MAX = 100;

/** What a style source is, found out from its content. */
export const SourceKind = z.enum([
  'webvtt',
  'srt',
  'youtube-json3',
  'discord',
  'slack',
  'telegram',
  'whatsapp',
  'line',
  'twitter',
  'jsonl',
  'text',
]);
export type SourceKind = z.infer<typeof SourceKind>;

export const TextEncoding = z.enum(['utf-8', 'utf-16le', 'utf-16be', 'shift_jis']);
export type TextEncoding = z.infer<typeof TextEncoding>;

export const StyleLanguage = z.enum(['en', 'ja', 'other']);
export type StyleLanguage = z.infer<typeof StyleLanguage>;

/** What is taken out of a text. With a `link` or a `handle` the sentence stays; with any other kind it goes. */
export const PrivateKind = z.enum([
  'email',
  'phone',
  'card',
  'iban',
  'ip',
  'address',
  'number',
  'code',
  'link',
  'handle',
]);
export type PrivateKind = z.infer<typeof PrivateKind>;

/** Why a piece or a sentence is not used. */
export const DropReason = z.enum([
  /** It cannot be read: broken letters, broken JSON, no time. */
  'damaged',
  /** Written by the app: joined, left, missed call, picture. */
  'system',
  'other-author',
  /** Sent by the creator, written by somebody else: retweets, forwards, quotes. */
  'not-own',
  /** Sounds, music and lyrics in captions. */
  'sound',
  'personal-data',
  /** Nothing is left of it without its links and handles. */
  'only-links',
  'not-speech',
  'too-short',
  'too-long',
  'duplicate',
  'near-duplicate',
  'over-limit',
]);
export type DropReason = z.infer<typeof DropReason>;

/** Examples have their personal data masked. There are none of other people's words. */
export const Dropped = z.object({
  reason: DropReason,
  count: z.number().int(),
  examples: z.array(z.string()).max(DROP_EXAMPLES_MAX),
});
export type Dropped = z.infer<typeof Dropped>;

/** A part of a file that could not be used, in plain words. */
export const SourceProblem = z.object({ line: z.number().int().optional(), message: z.string() });
export type SourceProblem = z.infer<typeof SourceProblem>;

const counts = {
  /** Style sentences that are used. */
  kept: z.number().int(),
  /** Of what is used. */
  languages: z.record(StyleLanguage, z.number().int()),
  /** How many of each kind were found and taken out, duplicates included. */
  private: z.partialRecord(PrivateKind, z.number().int()),
  characters: z.number().int(),
  /** A rough estimate: tokenizers differ. */
  tokens: z.number().int(),
};

export const StyleSourceReport = z.object({
  name: z.string(),
  kind: SourceKind,
  encoding: TextEncoding,
  bytes: z.number().int(),
  /** Cues, messages or lines as they stand in the file. */
  pieces: z.number().int(),
  ...counts,
  /** Of all that is used, from 0 to 1. */
  share: z.number().min(0).max(1),
  dropped: z.array(Dropped),
  /** Who wrote in a chat, most messages first. Nothing of a chat is used before somebody is chosen. */
  authors: z
    .array(z.object({ name: z.string(), pieces: z.number().int(), chosen: z.boolean() }))
    .max(SOURCE_AUTHORS_MAX),
  problems: z.array(SourceProblem).max(SOURCE_PROBLEMS_MAX),
  /** Problems beyond those that are listed. */
  moreProblems: z.number().int(),
});
export type StyleSourceReport = z.infer<typeof StyleSourceReport>;

export const StyleWarning = z.object({
  code: z.enum(['few-sentences', 'below-recommended', 'one-source', 'other-language', 'choose-authors', 'damaged']),
  /** The source that it is about; absent: all of them. */
  source: z.string().optional(),
  message: z.string(),
});
export type StyleWarning = z.infer<typeof StyleWarning>;

/** What a creator reads before training starts. */
export const StyleReport = z.object({
  sources: z.array(StyleSourceReport),
  ...counts,
  dropped: z.array(Dropped),
  train: z.number().int(),
  heldOut: z.number().int(),
  /** Sentences missing to what is recommended. */
  missing: z.number().int(),
  verdict: z.enum(['ready', 'too-little']),
  /** The verdict in plain words. */
  message: z.string(),
  warnings: z.array(StyleWarning),
});
export type StyleReport = z.infer<typeof StyleReport>;
