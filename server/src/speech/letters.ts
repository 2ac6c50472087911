import type { VisemeName } from '@fantwin/shared/conversations';
import type { Sound } from './sound.ts';

const VOWEL_MS = 106;
/** Half of a diphthong. */
const GLIDE_MS = 74;
const CONSONANT_MS = 72;
/** Words that are too short for their letters to tell how they sound, spelled as they do. */
const spelledAs: Record<string, string> = {
  a: 'uh',
  i: 'ie',
  the: 'dhu',
  of: 'uv',
  are: 'ar',
  was: 'wuz',
  is: 'iz',
  you: 'yoo',
  your: 'yor',
  who: 'hoo',
  one: 'wun',
  two: 'too',
  eye: 'ie',
  have: 'hav',
  give: 'giv',
  live: 'liv',
  some: 'sum',
  come: 'cum',
  love: 'luv',
  people: 'peepul',
  said: 'sed',
  says: 'sez',
  do: 'doo',
  to: 'too',
  what: 'wut',
  because: 'becoz',
};
const letterNames =
  'ay bee see dee ee ef jee aych ie jay kay el em en oa pee kyoo ar es tee yoo vee dubulyoo ex wie zee'.split(' ');

/**
 * How letters look on the lips, the first rule that fits at a place in the word. Small letters of the result are
 * visemes that are over quickly: the halves of diphthongs.
 */
const rules: [letters: RegExp, mouth: string][] = [
  [/(?:tion|sion|cian)/y, 'CH nn'],
  [/(?:ture)$/y, 'CH RR'],
  [/(?<=^)(?:kn|gn)/y, 'nn'],
  [/(?<=^)wr/y, 'RR'],
  [/eigh/y, 'e i'],
  [/igh/y, 'a i'],
  [/(?:augh|ough)t/y, 'O DD'],
  [/ough/y, 'o u'],
  [/gh(?=[aeiou])/y, 'kk'],
  [/gh/y, ''],
  [/tch|dge|[sc]h/y, 'CH'],
  [/th|dh/y, 'TH'],
  [/ph|ff/y, 'FF'],
  [/wh/y, 'U'],
  [/ck|cc|kk|gg/y, 'kk'],
  [/ng(?=[^aeiouy]|$)|nk/y, 'nn kk'],
  [/qu/y, 'kk u'],
  [/x/y, 'kk SS'],
  [/ar(?![aeiou])/y, 'aa RR'],
  [/(?:or|oor|our)(?![aeiou])/y, 'O RR'],
  [/(?:er|ir|ur|ear)(?![aeiou])/y, 'E RR'],
  [/ee|ea|ie(?=[a-z])|ey$/y, 'I'],
  [/oo|ue|ew|ou(?=p)/y, 'U'],
  [/ai|ay|ei|ey/y, 'e i'],
  [/oi|oy/y, 'o i'],
  [/ou|ow(?=[a-z])/y, 'a u'],
  [/oa|ow|oe$/y, 'o u'],
  [/au|aw/y, 'O'],
  [/ie$|(?<=^[^aeiou]*)y$/y, 'a i'],
  [/ei/y, 'I'],
  [/a(?=[bcdfgjklmnpstvz]e(?:s|d)?$)/y, 'e i'],
  [/i(?=[bcdfgjklmnpstvz]e(?:s|d)?$)/y, 'a i'],
  [/o(?=[bcdfgjklmnpstvz]e(?:s|d)?$|$)/y, 'o u'],
  [/u(?=[bcdfgjklmnpstvz]e(?:s|d)?$)/y, 'U'],
  [/e(?=[bcdfgjklmnpstvz]e$)/y, 'I'],
  [/(?<=[aeiouy][^aeiouy]+)e$/y, ''],
  [/(?<=[aeiouy][^aeiouyst]+)e(?=[sd]$)/y, ''],
  [/(?<=^[^aeiouy]+)e$/y, 'I'],
  [/(?<=[aeiou])y|y$/y, 'I'],
  [/y(?=[aeiou])/y, 'i'],
  [/y/y, 'I'],
  [/a/y, 'aa'],
  [/e/y, 'E'],
  [/i/y, 'I'],
  [/o/y, 'O'],
  [/u/y, 'aa'],
  [/c(?=[eiy])|s+|z+/y, 'SS'],
  [/g(?=[eiy])|j/y, 'CH'],
  [/c|k|g|q/y, 'kk'],
  [/b$(?<=mb)/y, ''],
  [/[bmp]+/y, 'PP'],
  [/[fv]+/y, 'FF'],
  [/t+|d+/y, 'DD'],
  [/n+|l+/y, 'nn'],
  [/r+/y, 'RR'],
  [/w/y, 'U'],
  [/h/y, ''],
];

const glides: Record<string, VisemeName> = { a: 'aa', e: 'E', i: 'I', o: 'O', u: 'U' };
const vowels = new Set<VisemeName>(['aa', 'E', 'I', 'O', 'U']);

/** The mouth for a word in Latin letters, as English reads it. Letters of other scripts are vowels of any kind. */
export function letterSounds(word: string): Sound[] {
  const plain = word.normalize('NFD').replace(/\p{M}/gu, '');
  const letters = plain.replace(/[^\p{L}]/gu, '');
  if (/^[A-Z]{2,3}$/u.test(letters)) return spellOut(letters);
  const lower = letters.toLowerCase();
  return readLetters(spelledAs[lower] ?? lower);
}

const spellOut = (letters: string): Sound[] =>
  letters.split('').flatMap((letter) => readLetters(letterNames[letter.charCodeAt(0) - 65] ?? ''));

function readLetters(word: string): Sound[] {
  const sounds: Sound[] = [];
  let stressed = false;
  for (let index = 0; index < word.length; ) {
    const [length, mouth] = ruleAt(word, index);
    for (const name of mouth.split(' ').filter(Boolean)) {
      const glide = glides[name];
      const v = glide ?? (name as VisemeName);
      const isVowel = vowels.has(v);
      const w = isVowel ? (stressed ? 0.75 : 1) : 0.8;
      sounds.push({ v, w, ms: glide ? GLIDE_MS : isVowel ? VOWEL_MS : CONSONANT_MS });
      if (isVowel && !glide) stressed = true;
    }
    index += length;
  }
  return sounds;
}

function ruleAt(word: string, index: number): [length: number, mouth: string] {
  for (const [letters, mouth] of rules) {
    letters.lastIndex = index;
    const match = letters.exec(word);
    if (match && match[0].length > 0) return [match[0].length, mouth];
  }
  const code = word.charCodeAt(index);
  return [1, ['aa', 'E', 'O', 'I'][code % 4] ?? 'aa'];
}
