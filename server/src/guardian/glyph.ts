import { lookalikes } from './confusables.ts';

/** What a character is to word borders and links. `dictionary`: scripts written without spaces. */
export type GlyphKind = 'space' | 'newline' | 'word' | 'apostrophe' | 'dictionary' | 'punctuation' | 'symbol';

/** What a character is to a rule. `joiner` may stand between the letters of a word, `stop` ends every phrase. */
export type Sign = {
  kind: 'letter' | 'space' | 'joiner' | 'dot' | 'stop';
  /** The folded letter; 0 where it is none. */
  code: number;
  /** Letters that it may stand for: `1` for i and l. */
  alts: readonly number[];
  script: 'latin' | 'kanji' | 'hiragana' | 'katakana' | 'other';
};

/** One grapheme. No signs: invisible to the rules. */
export type Glyph = { kind: GlyphKind; signs: readonly Sign[]; plain: string };

/** A grapheme grows no further than this, however many marks are piled up on it. */
const GLYPH_MAX_CHARS = 48;
const CACHE_MAX = 4096;

const leet: Record<string, string> = {
  0: 'o',
  1: 'il',
  2: 'z',
  3: 'e',
  4: 'a',
  5: 's',
  6: 'g',
  7: 't',
  8: 'b',
  9: 'g',
  $: 's',
  '@': 'a',
  '!': 'i',
  '|': 'il',
  '+': 't',
  '*': 'aeiou',
  '€': 'e',
  '£': 'l',
  '¢': 'c',
  '¥': 'y',
};
const letterOf = new Map(
  Object.entries(lookalikes).flatMap(([letters, alike]) => Array.from(alike, (char) => [char, letters] as const)),
);

const extender = /[\p{M}\p{Cf}\p{Emoji_Modifier}\p{Variation_Selector}\u{ff9e}\u{ff9f}\u{e33}\u{eb3}\u{3164}]/u;
const invisible = /[\p{Default_Ignorable_Code_Point}\p{Cf}\u{2800}]/gu;
const marks = /[^\P{M}\u{3099}\u{309a}]/gu;
const dictionary =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}ー々〆]/u;
const word = /[\p{L}\p{N}\p{M}_]/u;
const stop = /[,!?;:"()[\]{}<>\n\r、。！？「」『』（）…‥“”«»]/u;
const apostrophe = /['’‘ʼ`´]/u;
const pictographic = /\p{Extended_Pictographic}/u;

const isJamo = (code: number) => code >= 0x1100 && code <= 0x11ff;
const isRegional = (code: number) => code >= 0x1f1e6 && code <= 0x1f1ff;

/** Whether the character belongs to the grapheme before it. Errs on the side of holding together. */
export function joinsGlyph(glyph: string, code: number): boolean {
  if (code < 0x80) return code === 10 && glyph === '\r';
  if (glyph.length >= GLYPH_MAX_CHARS) return false;
  if (code >= 0x3041 && code <= 0x9fff) return code === 0x3099 || code === 0x309a;
  if (isJamo(code)) return /[\u{1100}-\u{11ff}\u{ac00}-\u{d7a3}]$/u.test(glyph);
  const char = String.fromCodePoint(code);
  if (isRegional(code)) return (/[\u{1f1e6}-\u{1f1ff}]+$/u.exec(glyph)?.[0].length ?? 0) % 4 === 2;
  return extender.test(char) || (glyph.endsWith('\u200d') && pictographic.test(char));
}

const ascii: Glyph[] = Array.from({ length: 128 }, (_, code) => readGlyph(String.fromCharCode(code)));
const cache = new Map<string, Glyph>();

export function glyphOf(text: string): Glyph {
  if (text.length === 1) {
    const known = ascii[text.charCodeAt(0)];
    if (known) return known;
  }
  let glyph = cache.get(text);
  if (!glyph) {
    if (cache.size >= CACHE_MAX) cache.clear();
    glyph = readGlyph(text);
    cache.set(text, glyph);
  }
  return glyph;
}

function readGlyph(text: string): Glyph {
  const plain = text.replace(invisible, '').normalize('NFKC').toLowerCase();
  const signs = Array.from(plain.normalize('NFKD').replace(marks, '').normalize('NFC'), readSigns).flat();
  return { kind: kindOf(plain || text), signs: plain.match(apostrophe) ? [] : signs.slice(0, 8), plain };
}

function kindOf(plain: string): GlyphKind {
  const first = String.fromCodePoint(plain.codePointAt(0) ?? 0);
  if ('\n\r\v\f\u2028\u2029'.includes(first)) return 'newline';
  if (/\s/u.test(first)) return 'space';
  if (apostrophe.test(first)) return 'apostrophe';
  if (dictionary.test(first)) return 'dictionary';
  // A lone invisible character neither ends nor begins a word.
  if (word.test(first) || first.search(invisible) === 0 || extender.test(first)) return 'word';
  return /[!-~]/u.test(first) ? 'punctuation' : 'symbol';
}

function readSigns(char: string): Sign[] {
  const latin = letterOf.get(char);
  if (latin) return Array.from(latin, (letter) => letterSign(letter.charCodeAt(0), 'latin'));
  const alts = Array.from(leet[char] ?? '', (letter) => letter.charCodeAt(0));
  const code = char.codePointAt(0) ?? 0;
  if (isRegional(code)) return [letterSign(code - 0x1f1e6 + 97, 'latin')];
  if (code >= 0x1f130 && code <= 0x1f189) return [letterSign(((code - 0x1f130) % 32) + 97, 'latin')];
  if (char === '_') return [{ kind: 'joiner', code: 0, alts, script: 'other' }];
  if (!word.test(char)) {
    const kind =
      /\s/u.test(char) && !/[\n\r]/u.test(char) ? 'space' : char === '.' ? 'dot' : stop.test(char) ? 'stop' : 'joiner';
    return [{ kind, code: 0, alts, script: 'other' }];
  }
  if (/[a-z0-9]/u.test(char)) return [{ kind: 'letter', code, alts, script: 'latin' }];
  if (char === 'ー' || /\p{Script=Katakana}/u.test(char)) return [letterSign(toHiragana(code), 'katakana')];
  if (/\p{Script=Hiragana}/u.test(char)) return [letterSign(toHiragana(code), 'hiragana')];
  if (/[\p{Script=Han}々〆]/u.test(char)) return [letterSign(code, 'kanji')];
  return [letterSign(code, dictionary.test(char) ? 'other' : 'latin')];
}

const letterSign = (code: number, script: Sign['script']): Sign => ({ kind: 'letter', code, alts: [], script });

/** Katakana and small vowels become plain hiragana; the long mark stays. */
function toHiragana(code: number): number {
  const hiragana = code >= 0x30a1 && code <= 0x30f6 ? code - 0x60 : code;
  return hiragana >= 0x3041 && hiragana <= 0x3049 && hiragana % 2 === 1 ? hiragana + 1 : hiragana;
}
