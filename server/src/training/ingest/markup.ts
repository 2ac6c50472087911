import { decodeEntities } from './entities.ts';
import { ownMarks } from './private-data.ts';

/** Joiners stay inside emoji. */
const invisible =
  /[\u00ad\u180e\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]|(?![\t\n\r\u0085])\p{Cc}/gu;
const loneJoiner =
  /(?<!\p{Extended_Pictographic}[\ufe0f\p{Emoji_Modifier}]?)\u200d|\u200d(?!\p{Extended_Pictographic})/gu;
/** Letters drawn as mathematics: 𝓱𝓲, 𝟏𝟐. */
const drawn = /[\u{1d400}-\u{1d7ff}]+/gu;

/** The text itself: no tags, entities, Markdown or invisible characters; lines stay lines. */
export function stripMarkup(text: string): string {
  return stripMarkdown(stripTags(toPlainCharacters(text)));
}

/** NFC, with spaces that are spaces. */
function toPlainCharacters(text: string): string {
  if (/^[\t\n -~]*$/u.test(text)) return text;
  return text
    .normalize('NFC')
    .replace(ownMarks, '')
    .replace(invisible, '')
    .replace(loneJoiner, '')
    .replace(drawn, (letters) => letters.normalize('NFKC'))
    .replace(/[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/gu, ' ')
    .replace(/\r\n?|[\u2028\u2029\u0085]/gu, '\n');
}

function stripTags(text: string): string {
  if (!/[<&]/u.test(text)) return text;
  const plain = text
    .replace(/<br\s*\/?>|<\/(?:p|div|li|tr|h[1-6])>/giu, '\n')
    .replace(/<(script|style|code|pre)\b[^>]{0,200}>[^<]{0,20000}<\/\1>/giu, ' ')
    .replace(/<\/?[a-z][a-z0-9]{0,15}(?:[\s.][^<>]{0,300})?\/?>/giu, '')
    .replace(/<(?:\d{1,2}:)?\d{1,2}:\d{2}\.\d{3}>/gu, '');
  const decoded = decodeEntities(plain);
  // What was written with entities may have been tags once; a heart is none.
  return decoded === plain
    ? plain
    : decoded.replace(/<\/?[a-z]{1,10}(?:\s[^<>]{0,300})?>/giu, '').replace(ownMarks, '');
}

function stripMarkdown(text: string): string {
  if (!/[`*_~|[\]#>]/u.test(text)) return text;
  return text
    .replace(/```[^`]{0,20000}(?:```|$)/gu, ' ')
    .replace(/`([^`\n]{1,500})`/gu, '$1')
    .replace(/!\[[^\]\n]{0,300}\]\([^()\s]{1,2000}\)/gu, ' ')
    .replace(/\[([^\]\n]{1,300})\]\([^()\s]{1,2000}\)/gu, '$1')
    .replace(/\*\*([^*\n]{1,2000})\*\*/gu, '$1')
    .replace(/(?<![\p{L}\p{N}_])__([^_\n]{1,2000})__(?![\p{L}\p{N}_])/gu, '$1')
    .replace(/~~([^~\n]{1,2000})~~/gu, '$1')
    .replace(/\|\|([^|\n]{1,2000})\|\|/gu, '$1');
}
