import type { DropReason, StyleLanguage } from '@fantwin/shared/training';

/** A sentence has at least so many words, or characters where a language has no spaces. */
const LEAST = { words: 2, characters: 4 };
/** At most; both are more than anybody says in one breath. */
const MOST = { words: 90, characters: 500, japanese: 200 };
const LETTERS_SHARE_MIN = 0.5;

/** Why a sentence teaches no style; undefined: it does. */
export function unfitness(sentence: string, language: StyleLanguage): DropReason | undefined {
  const letters = sentence.match(/[\p{L}\p{M}]/gu)?.length ?? 0;
  const solid = sentence.replace(/[\s\p{Extended_Pictographic}\p{Emoji_Modifier}\ufe0f\u200d]/gu, '').length;
  if (letters === 0 || letters < solid * LETTERS_SHARE_MIN) return 'not-speech';
  const words = sentence.toLowerCase().match(/[\p{L}\p{M}\p{N}'’]+/gu) ?? [];
  if (isRepetition(words)) return 'not-speech';
  if (language === 'ja') return letters < LEAST.characters ? 'too-short' : tooLong(sentence.length > MOST.japanese);
  const spaceless = /\p{Script=Han}|\p{Script=Thai}/u.test(sentence);
  if (letters < LEAST.characters || (words.length < LEAST.words && !spaceless)) return 'too-short';
  return tooLong(sentence.length > MOST.characters || words.length > MOST.words);
}

const tooLong = (long: boolean): DropReason | undefined => (long ? 'too-long' : undefined);

/** `la la la la`, `あああああ` */
function isRepetition(words: readonly string[]): boolean {
  if (words.length >= 4 && new Set(words).size === 1) return true;
  const [only = ''] = words;
  return words.length === 1 && only.length >= 3 && new Set(only).size === 1;
}
