import type { VisemeName } from '@fantwin/shared/conversations';
import type { Sound } from './sound.ts';

/** A mora, the beat of Japanese: about 7.5 in a second. */
const MORA_MS = 132;
const CONSONANT_MS = 46;

const vowels = { a: 'aa', i: 'I', u: 'U', e: 'E', o: 'O' } as const satisfies Record<string, VisemeName>;
type Vowel = keyof typeof vowels;
const vowelNames = Object.keys(vowels) as Vowel[];
const openness: Record<Vowel, number> = { a: 0.95, i: 0.7, u: 0.65, e: 0.8, o: 0.85 };

/** Rows in the order a i u e o; `-` where a row has no such kana. */
const rows: [consonant: VisemeName | undefined, kana: string][] = [
  [undefined, 'あいうえお'],
  ['kk', 'かきくけこ'],
  ['kk', 'がぎぐげご'],
  ['SS', 'さ-すせそ'],
  ['CH', '-し---'],
  ['SS', 'ざ-ずぜぞ'],
  ['CH', '-じ---'],
  ['DD', 'た--てと'],
  ['CH', '-ちつ--'],
  ['DD', 'だぢづでど'],
  ['nn', 'なにぬねの'],
  [undefined, 'はひ-へほ'],
  ['FF', '--ふ--'],
  ['PP', 'ばびぶべぼ'],
  ['PP', 'ぱぴぷぺぽ'],
  ['PP', 'まみむめも'],
  ['I', 'や-ゆ-よ'],
  ['RR', 'らりるれろ'],
  ['U', 'わゐ-ゑを'],
  ['FF', '--ゔ--'],
];
const small = 'ぁぃぅぇぉゃ-ゅ-ょゎ----';

type Mora = { consonant: VisemeName | undefined; vowel: Vowel };
const morae = new Map<string, Mora>();
for (const [consonant, kana] of rows) {
  for (const [index, char] of kana.split('').entries()) {
    if (char !== '-') morae.set(char, { consonant, vowel: vowelNames[index] ?? 'a' });
  }
}
const smallVowels = new Map<string, Vowel>(
  small.split('').flatMap((char, index) => (char === '-' ? [] : [[char, vowelNames[index % 5] ?? 'a'] as const])),
);

/** Which sounds stand for a kanji whose reading is not known: two morae of any. */
const consonantsOfKanji: (VisemeName | undefined)[] = ['kk', 'SS', undefined, 'CH', 'nn', 'DD', 'RR', 'PP'];

const kanji = /\p{Script=Han}/u;
const kana = /[\p{Script=Hiragana}\p{Script=Katakana}]/u;

export const hasMorae = (text: string): boolean => kana.test(text) || kanji.test(text);

export function moraSounds(text: string): Sound[] {
  const sounds: Sound[] = [];
  for (const char of toHiragana(text)) {
    const mora = morae.get(char);
    const joined = smallVowels.get(char);
    if (mora) pushMora(sounds, mora);
    else if (joined) joinVowel(sounds, joined);
    else if (char === 'ー') prolong(sounds);
    else if (char === 'っ') sounds.push({ v: 'DD', ms: MORA_MS * 0.8, w: 0.4 });
    else if (char === 'ん') sounds.push({ v: 'nn', ms: MORA_MS, w: 0.6 });
    else if (kanji.test(char)) pushKanji(sounds, char);
  }
  return sounds;
}

/** Katakana lies 96 places after hiragana. */
function toHiragana(text: string): string {
  return text.replace(/[ァ-ヴ]/gu, (char) => String.fromCodePoint((char.codePointAt(0) ?? 0) - 0x60));
}

function pushMora(sounds: Sound[], { consonant, vowel }: Mora): void {
  if (consonant) sounds.push({ v: consonant, ms: CONSONANT_MS, w: 0.8 });
  sounds.push({ v: vowels[vowel], ms: consonant ? MORA_MS - CONSONANT_MS : MORA_MS, w: openness[vowel] });
}

/** きゃ, ファ: the small kana gives its vowel to the mora before it. */
function joinVowel(sounds: Sound[], vowel: Vowel): void {
  const last = sounds.at(-1);
  if (!last) return pushMora(sounds, { consonant: undefined, vowel });
  last.v = vowels[vowel];
  last.w = openness[vowel];
  last.ms += 20;
}

function prolong(sounds: Sound[]): void {
  const last = sounds.at(-1);
  if (last) last.ms += MORA_MS;
}

const vowelOf = (seed: number): Vowel => vowelNames[seed % 5] ?? 'a';

function pushKanji(sounds: Sound[], char: string): void {
  const code = char.codePointAt(0) ?? 0;
  pushMora(sounds, { consonant: consonantsOfKanji[code % 8], vowel: vowelOf(code) });
  if (code % 4 === 0) sounds.push({ v: 'nn', ms: MORA_MS, w: 0.6 });
  else pushMora(sounds, { consonant: consonantsOfKanji[(code >> 3) % 8], vowel: vowelOf(code >> 2) });
}
