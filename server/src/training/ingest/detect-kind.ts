import type { SourceKind } from '@fantwin/shared/training';
import { AppError } from '../../core/errors.ts';
import { isLinePlaceholder, readLineChatLine } from './line-chat.ts';
import { readWhatsAppLine } from './whatsapp.ts';

/** Characters of a file that are looked at. */
export const HEAD_CHARS = 16 * 1024;
const SAMPLE_LINES = 200;

/** Files that are text but not the text, with what to do. */
const strangers: [RegExp, string][] = [
  [
    /^\s*(?:<!doctype html|<html|<head|<body)/iu,
    'This is a web page. Export the chat as JSON, or save the page as plain text, and upload that.',
  ],
  [/^\s*<(?:\?xml|tt\b|transcript|timedtext)/iu, 'This is XML. Download the captions as VTT, SRT or json3 instead.'],
  [/^\s*\[Script Info\]/iu, 'These are captions in the format ASS. Save them as SRT and upload that.'],
  [/^%PDF-/u, 'This is a PDF. Save its text as a plain text file and upload that.'],
  [/^\s*-{5}BEGIN /u, 'This is a key or certificate. Do not upload it anywhere; choose a text of yours.'],
];

/** What a file is, by its beginning. Throws `bad-request` for what is no source of style. */
export function detectKind(head: string): SourceKind {
  const stranger = strangers.find(([pattern]) => pattern.test(head));
  if (stranger) throw new AppError('bad-request', stranger[1]);
  if (head.trim() === '') throw new AppError('bad-request', 'The file is empty. Choose another one.');
  if (/^\s*WEBVTT(?:[ \t\r\n]|$)/u.test(head)) return 'webvtt';
  if (/^\s*window\.YTD\.tweets?\.part\d+\s*=/u.test(head)) return 'twitter';
  if (/^\s*[{[]/u.test(head)) {
    const json = detectJson(head);
    if (json) return json;
  }
  const lines = head.split(/\r\n|\n|\r/u).slice(0, SAMPLE_LINES);
  if (lines.some((line) => /^\s{0,9}(?:\d{1,4}:)?\d{1,2}:\d{1,2}[,.]\d{1,3}\s{0,9}-->/u.test(line))) return 'srt';
  return detectLines(head, lines);
}

/** One object a line, at least one of the first with what we look for; the first may be longer than the head. */
function isJsonl(head: string): boolean {
  const lines = head.trimStart().split(/\r?\n/u).slice(0, 5);
  const known = lines.some((line) => /"(?:text|messages|completion)"\s*:/u.test(line));
  return known && lines.every((line) => line.trim() === '' || /^\{\s*"/u.test(line));
}

/** Undefined: it only looks like JSON, as `[12:03] Hi` does. */
function detectJson(head: string): SourceKind | undefined {
  if (/^\s*\[[^\]{"]/u.test(head) && !/^\s*\[\s*\{/u.test(head)) return undefined;
  if (/"wireMagic"\s*:\s*"pb3"|"events"\s*:\s*\[\s*\{[^{}]*"tStartMs"/u.test(head)) return 'youtube-json3';
  if (/^\s*\{\s*"guild"\s*:|"messageCount"|"timestampEdited"/u.test(head) && /"messages"\s*:/u.test(head))
    return 'discord';
  if (/"from_id"\s*:|"text_entities"\s*:|"date_unixtime"\s*:|"personal_information"\s*:/u.test(head)) return 'telegram';
  if (/^\s*\[\s*\{/u.test(head)) {
    if (/"(?:tweet|full_text)"\s*:/u.test(head)) return 'twitter';
    if (/"type"\s*:\s*"message"/u.test(head) && /"ts"\s*:/u.test(head)) return 'slack';
  }
  if (isJsonl(head)) return 'jsonl';
  if (!/^\s*(?:\{\s*["}]|\[\s*[{"\]])/u.test(head)) return undefined;
  throw new AppError(
    'bad-request',
    'This JSON is of no kind that we know: captions of YouTube (json3), exports of Discord, Slack, Telegram or X, or JSONL with "text" or "messages". Export it again as one of these, or save the text itself.',
  );
}

function detectLines(head: string, lines: readonly string[]): SourceKind {
  const written = lines.filter((line) => line.trim() !== '');
  const begins = (read: (line: string) => unknown) => written.filter((line) => read(line) !== 'more').length;
  const enough = Math.max(1, written.length * 0.2);
  if (/^\ufeff?\s*(?:\[LINE\]|Chat history with )/u.test(head)) return 'line';
  if (written.some((line) => line.includes('\t')) && begins(readLineChatLine) >= Math.max(2, enough)) return 'line';
  if (begins(readWhatsAppLine) >= enough) return 'whatsapp';
  if (written.filter((line) => isLinePlaceholder(line)).length > 2 && begins(readLineChatLine) >= enough) return 'line';
  return 'text';
}
