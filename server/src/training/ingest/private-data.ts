import { PrivateKind } from '@fantwin/shared/training';
import { ibanLength } from './check-digits.ts';
import { afterLink, codes, emails, handles, ibans, links, machines } from './link-rules.ts';
import { digitRuns, kindOfDigits, spokenDigits } from './number-rules.ts';
import { postalAddresses } from './postal-addresses.ts';

export type PrivateSpan = { start: number; end: number; kind: PrivateKind };

/** Characters of Unicode's private area stand for what was found while a text is cut; no text has them of its own. */
const FIRST_MARK = 0xe000;
export const ownMarks = /[\ue000-\uf8ff]/gu;

const digitWord = 'zero|oh|one|two|three|four|five|six|seven|eight|nine|double|triple';
/** Anything that a rule could begin with: most sentences have nothing of it. */
const suspicious = new RegExp(
  `[\\p{N}@＠#＃:：=＝/／．]|[\\p{L}_-]\\.[a-z]|丁目|番地|アット|クーポン|コード|パスワード|暗証|合言葉|\\b(?:dot|code|coupon|password|passcode|id)\\b|\\b(?:${digitWord})[\\s,-]+(?:${digitWord})\\b`,
  'iu',
);

/** Links, handles, personal data and numbers in a text, in order, none overlapping. Finds rather too much than too little. */
export function findPrivate(original: string): PrivateSpan[] {
  if (!suspicious.test(original)) return [];
  const text = fold(original);
  const spans: PrivateSpan[] = [];
  const all = (rules: readonly RegExp[], kind: PrivateKind) => {
    for (const rule of rules)
      for (const { 0: found, index } of text.matchAll(rule))
        add(spans, { start: index, end: index + found.length, kind });
  };
  const hasDigit = /\d/u.test(text);
  if (/@|アット|[([]at[)\]]|\bdot\b| at [a-z]+\.[a-z]/iu.test(text)) all(emails, 'email');
  if (/[\p{L}\p{N}_-]\.[a-z]|:\/\//iu.test(text)) findLinks(text, spans);
  if (hasDigit) {
    if (/[a-z]{2}\d\d/iu.test(text)) findIbans(text, spans);
    if (/\d\.\d|[\da-f][:-][\da-f]/iu.test(text)) all(machines, 'ip');
  }
  if (hasDigit || /丁目|番地/u.test(text)) all(postalAddresses, 'address');
  if (hasDigit) findNumbers(text, spans);
  if (text.includes('::')) all(machines, 'ip');
  if (/[@#/:=：]|\bid\b/iu.test(text)) all(handles, 'handle');
  if (hasDigit || /code|coupon|pass|コード|パス|暗証|合言葉|クーポン/iu.test(text)) all(codes, 'code');
  all([spokenDigits], 'number');
  return spans.sort((a, b) => a.start - b.start);
}

/** For people to read: `[email]` in place of an address. */
export function maskPrivate(text: string): string {
  return replaceSpans(text, findPrivate(text), ({ kind }) => `[${kind}]`);
}

/** With a mark of one character in place of everything private, for `kindOfMark`. */
export function markPrivate(text: string): { text: string; kinds: PrivateKind[] } {
  const spans = findPrivate(text);
  const marked = replaceSpans(text, spans, ({ kind }) =>
    String.fromCharCode(FIRST_MARK + PrivateKind.options.indexOf(kind)),
  );
  return { text: marked, kinds: spans.map(({ kind }) => kind) };
}

/** What a mark stands for. */
export function kindOfMark(mark: string): PrivateKind | undefined {
  return PrivateKind.options[mark.charCodeAt(0) - FIRST_MARK];
}

/** A text with marks for people to read. */
export function showMarks(text: string): string {
  return text.replace(ownMarks, (mark) => `[${kindOfMark(mark) ?? ''}]`);
}

function replaceSpans(text: string, spans: readonly PrivateSpan[], write: (span: PrivateSpan) => string): string {
  let [result, from] = ['', 0];
  for (const span of spans) {
    result += text.slice(from, span.start) + write(span);
    from = span.end;
  }
  return from === 0 ? text : result + text.slice(from);
}

/** What overlaps is one finding, of the kind that was found first. */
function add(spans: PrivateSpan[], { start, end, kind }: PrivateSpan): void {
  if (end <= start) return;
  const other = spans.find((span) => start < span.end && end > span.start);
  if (!other) spans.push({ start, end, kind });
  else {
    spans.splice(spans.indexOf(other), 1);
    add(spans, { start: Math.min(start, other.start), end: Math.max(end, other.end), kind: other.kind });
  }
}

function findLinks(text: string, spans: PrivateSpan[]): void {
  for (const rule of links)
    for (const { 0: found, index } of text.matchAll(rule)) {
      const link = found.replace(afterLink, '');
      add(spans, { start: index, end: index + link.length, kind: 'link' });
    }
}

function findIbans(text: string, spans: PrivateSpan[]): void {
  for (const { 0: found, index } of text.matchAll(ibans))
    add(spans, { start: index, end: index + ibanLength(found), kind: 'iban' });
}

function findNumbers(text: string, spans: PrivateSpan[]): void {
  for (const { 0: run, index } of text.matchAll(digitRuns)) {
    const end = index + run.length;
    const kind = kindOfDigits(run, text.slice(end, end + 3));
    if (kind) add(spans, { start: index, end, kind });
  }
}

const plainAlready = /^[\0-\u007f\u3001-\u3002\u3040-\u309f\u30a0-\u30fb\u4e00-\u9fff]*$/u;

/** The same length, with ASCII digits, letters and hyphens: a full-width number is a number, and `090の1234` is one read aloud. */
function fold(text: string): string {
  return (plainAlready.test(text) ? text : narrow(text)).replace(/(?<=\d ?)[ーの](?= ?\d)/gu, '-');
}

function narrow(text: string): string {
  return text
    .replace(/[^\0-\u007f\u3001-\u30ff\u4e00-\u9fff]/gu, (char) => {
      const plain = char.normalize('NFKC');
      return plain.length === char.length ? plain : char;
    })
    .replace(/\u3000/gu, ' ')
    .replace(/[‐‑‒–—―−﹣]/gu, '-');
}
