const syllables = [
  'ba',
  'den',
  'ki',
  'lor',
  'mu',
  'nas',
  'pe',
  'rin',
  'so',
  'tul',
  'ga',
  'hem',
  'wi',
  'fos',
  'yu',
  'zar',
];
const kana = ['カ', 'ミ', 'ト', 'サ', 'ネ', 'ロ', 'フ', 'ベ', 'ジ', 'ヨ', 'ワ', 'モ'];
const endings = ['を見つけました', 'を直しています', 'は苦手です', 'が好きだった', 'を忘れないで'];

/** The same numbers in the same order for the same seed. */
function* numbers(seed: number): Generator<number, never> {
  let state = (seed + 1) * 2_654_435_761;
  for (;;) {
    state = Math.imul(state ^ (state >>> 15), 2_246_822_519) + 0x9e3779b9;
    yield (state ^ (state >>> 13)) >>> 0;
  }
}

/** English sentences with invented nouns, one for each number, none like another. */
export function sentence(i: number): string {
  const random = numbers(i);
  const word = () => Array.from({ length: 3 }, () => syllables[random.next().value % syllables.length]).join('');
  return `The ${word()} took my ${word()} ${word()} and ${word()} for a ${word()} in ${word()}.`;
}

/** The same in Japanese. */
export function japaneseSentence(i: number): string {
  const random = numbers(i);
  const word = () => Array.from({ length: 4 }, () => kana[random.next().value % kana.length]).join('');
  return `${word()}の${word()}と${word()}${endings[i % endings.length]}。`;
}
