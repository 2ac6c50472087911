/** Somebody else's words, repeated before an answer. */
const quoted =
  /^\s*(?:>{1,3}\s|＞\s?\S)|^(?:On .{6,80} wrote:|.{4,60}さんが書きました[:：]|-{3,}\s?(?:Original Message|Forwarded message))/u;
const wholeTime = /^[[(（【]?(?:\d{1,2}:)?\d{1,2}:\d{2}(?:[.,]\d{1,3})?[\])）】]?$/u;
const leadingTime =
  /^(?:[[(（【](?:\d{1,2}:)?\d{1,2}:\d{2}(?:[.,]\d{1,3})?[\])）】]|\d{1,2}:\d{2}:\d{2}(?:[.,]\d{1,3})?(?=\s))\s*[-–—:：]?\s*/u;
const listSign = /^(?:#{1,6}\s+|[-*+•・●■◆▶►※]\s+|\d{1,2}[.)]\s+)/u;
const label = /^(?:(?:\p{Lu}[\p{Lu} .'’-]{1,24}|(?:speaker|host|guest|話者|司会|ゲスト)\s?[\dA-Z]{0,2})\s?[:：]\s*)/iu;
/** Names before a quotation: 山田：「はい」 */
const japaneseLabel =
  /^[\p{Script=Han}\p{Script=Katakana}\p{L}ー・]{1,10}[：:]\s*(?=[「『])|^[（(][\p{Script=Han}\p{Script=Katakana}ー・]{1,8}[)）]\s*(?=\S)/u;
const speakerChange = /^(?:>>+|≫|--?|–|—)\s*(?=\S)/u;

/** Whether a line repeats somebody else's words. */
export const isQuoted = (line: string): boolean => quoted.test(line);

/** A line of a text without the time, the sign of a list or the speaker before it. */
export function stripLineMarks(line: string, spoken: boolean): string {
  let rest = line.trim();
  if (wholeTime.test(rest)) return '';
  rest = rest.replace(leadingTime, '');
  if (spoken) rest = rest.replace(speakerChange, '').replace(japaneseLabel, '');
  else rest = rest.replace(listSign, '');
  return stripLabel(rest);
}

/** `ANN:` and `Speaker 2:`, not `Note:` */
function stripLabel(text: string): string {
  const found = label.exec(text)?.[0];
  if (!found) return text;
  const name = found.replace(/[:：\s]+$/u, '');
  const known = /^(?:speaker|host|guest|話者|司会|ゲスト)/iu.test(name);
  return known || name === name.toUpperCase() ? text.slice(found.length) : text;
}
