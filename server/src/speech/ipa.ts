import type { VisemeName } from '@fantwin/shared/conversations';
import type { Sound } from './sound.ts';

/** What the lips do for each sound of the phonetic alphabet that eSpeak writes. */
const letters: [viseme: VisemeName, letters: string][] = [
  ['PP', 'pbmɓ'],
  ['FF', 'fvɱʋɸβ'],
  ['TH', 'θð'],
  ['DD', 'tdʈɖɾʔ'],
  ['kk', 'kɡgqɢxɣχŋ'],
  ['CH', 'ʃʒɕʑʂʐç'],
  ['SS', 'sz'],
  ['nn', 'nlɫɬɭɲɳɴʎ'],
  ['RR', 'rɹɻʀʁɽɚɝ'],
  ['aa', 'aɑɐʌæɒə'],
  ['E', 'eɛɜɘœø'],
  ['I', 'iɪɨjy'],
  ['O', 'oɔɤ'],
  ['U', 'uʊɯwʉɥʍ'],
];
const visemeOf = new Map(letters.flatMap(([viseme, all]) => Array.from(all, (letter) => [letter, viseme] as const)));
const vowels = new Set<VisemeName>(['aa', 'E', 'I', 'O', 'U']);
const neutral = new Set('əɚɪʊɨ');
const affricate = /^(?:[td][ʃʒɕʑʂʐ])$/u;
/** "(en)": from here on as in another language. */
const switches = /^\(.*\)$/u;

const weights = { stressed: 1, plain: 0.8, neutral: 0.6, consonant: 0.8 };
/** The first half of a diphthong is held longer. */
const FIRST_PART = 0.6;

/** The lips for one phoneme over its time; none where it has no shape of its own (a breath, a mark). */
export function ipaSounds(ipa: string, ms: number): Sound[] {
  if (switches.test(ipa)) return [];
  const plain = ipa.normalize('NFD').replace(/[^\p{L}]|\p{Lm}/gu, '');
  const spelled = affricate.test(plain) ? plain.slice(1) : plain;
  const parts: { v: VisemeName; w: number }[] = [];
  for (const letter of spelled) {
    const v = visemeOf.get(letter);
    if (!v || parts.at(-1)?.v === v) continue;
    const vowelWeight = ipa.includes('ˈ') ? weights.stressed : neutral.has(letter) ? weights.neutral : weights.plain;
    parts.push({ v, w: vowels.has(v) ? vowelWeight : weights.consonant });
  }
  return parts.map(({ v, w }, index) => ({ v, w, ms: ms * shareOf(index, parts.length) }));
}

function shareOf(index: number, count: number): number {
  if (count === 1) return 1;
  return index === 0 ? FIRST_PART : (1 - FIRST_PART) / (count - 1);
}
