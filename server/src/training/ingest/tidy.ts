import { ownMarks } from './private-data.ts';

/** How often a sign, a letter or an emoji may stand in a row: three say as much as thirty. */
const inARow = /([!?！？.。〜~ー…wｗ、,\p{L}])\1{3,}/gu;
const emoji =
  /((?:\p{Regional_Indicator}{2}|\p{Extended_Pictographic}(?:\ufe0f|[\u{1f3fb}-\u{1f3ff}])*(?:\u200d\p{Extended_Pictographic}(?:\ufe0f|[\u{1f3fb}-\u{1f3ff}])*)*))(?:\s*\1)+/gu;
const trailingTags = /(?:\s*[#＃][\p{L}\p{N}_ー]*\p{L}[\p{L}\p{N}_ー]*)+\s*$/u;
const tag = /(?<![\p{L}\p{N}&])[#＃](?=[\p{N}_]*\p{L})/gu;

/**
 * A sentence as it is kept: without marks, without the hashtags at its end (those inside are words of it), with emoji, of
 * which the same one stands once in a row.
 */
export function tidy(sentence: string): string {
  const plain = sentence
    .replace(ownMarks, ' ')
    .replace(trailingTags, '')
    .replace(tag, '')
    .replace(emoji, '$1')
    .replace(inARow, '$1$1$1')
    .replace(/[(（[［「『]\s*[)）\]］」』]/gu, ' ')
    .replace(/\s+/gu, ' ')
    .replace(/ ([,.!?;:])(?=\s|$)/gu, '$1')
    .replace(/^[\s,.;:、。・|/\\=_–—→>-]+(?=[^\s\d])|^\s+/u, '')
    .replace(/[\s:：;=|\\/_–—→>-]+$/u, '')
    .trim();
  return withoutLoneQuote(plain);
}

/** A quotation over several sentences leaves one mark with its first and one with its last. */
function withoutLoneQuote(text: string): string {
  const marks = text.match(/["“”]/gu) ?? [];
  return marks.length === 1 ? text.replace(/^["“”]\s*|\s*["“”]$/u, '') : text;
}
