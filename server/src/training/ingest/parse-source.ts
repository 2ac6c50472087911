import type { SourceKind } from '@fantwin/shared/training';
import { parseCaptions, parseYoutubeJson } from './captions.ts';
import { parseJsonChat } from './json-chats.ts';
import { parseJsonl } from './jsonl.ts';
import { isLinePlaceholder, readLineChatLine } from './line-chat.ts';
import type { Parser } from './piece.ts';
import { parsePlainText } from './plain-text.ts';
import type { SourceNotes } from './source-notes.ts';
import { parseTextChat } from './text-chats.ts';
import { isWhatsAppPlaceholder, readWhatsAppLine } from './whatsapp.ts';

/** Kinds in which several people write, so that the creator says who they are. */
export const hasAuthors: ReadonlySet<SourceKind> = new Set(['discord', 'slack', 'telegram', 'whatsapp', 'line']);

/** Spoken, not written: sounds and speakers are noted in them. */
export const isSpoken: ReadonlySet<SourceKind> = new Set(['webvtt', 'srt', 'youtube-json3']);

const parsers: Record<SourceKind, (notes: SourceNotes) => Parser> = {
  webvtt: (notes) => parseCaptions(notes, 'webvtt'),
  srt: (notes) => parseCaptions(notes, 'srt'),
  'youtube-json3': parseYoutubeJson,
  discord: (notes) => parseJsonChat(notes, 'discord'),
  slack: (notes) => parseJsonChat(notes, 'slack'),
  telegram: (notes) => parseJsonChat(notes, 'telegram'),
  twitter: (notes) => parseJsonChat(notes, 'twitter'),
  whatsapp: (notes) => parseTextChat(notes, readWhatsAppLine, isWhatsAppPlaceholder),
  line: (notes) => parseTextChat(notes, readLineChatLine, isLinePlaceholder),
  jsonl: parseJsonl,
  text: parsePlainText,
};

/** The reader for a kind of file. */
export const parserFor = (kind: SourceKind, notes: SourceNotes): Parser => parsers[kind](notes);
