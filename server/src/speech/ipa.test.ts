import { expect, test } from 'vitest';
import { ipaSounds } from './ipa.ts';

test.each([
  ['h', ''],
  ['ˈoʊ', 'O U'],
  ['aɪ', 'aa I'],
  ['eɪ', 'E I'],
  ['ɔɪ', 'O I'],
  ['ˈɪɹ', 'I RR'],
  ['uː', 'U'],
  ['tʃ', 'CH'],
  ['dʒ', 'CH'],
  ['tɕ', 'CH'],
  ['θ', 'TH'],
  ['ŋ', 'kk'],
  ['ɚ', 'RR'],
  ['ɾ', 'DD'],
  ['ɡ', 'kk'],
  ['ɴ', 'nn'],
  ['ɯᵝ', 'U'],
  ['ˈo̞', 'O'],
  ['ʲ', ''],
  ['(en)', ''],
  ['', ''],
])('%s', (ipa, expected) => {
  const sounds = ipaSounds(ipa, 100);
  expect(sounds.map(({ v }) => v).join(' ')).toBe(expected);
  if (sounds.length > 0) expect(sounds.reduce((sum, { ms }) => sum + ms, 0)).toBeCloseTo(100);
});

test('a stressed vowel opens the mouth further', () => {
  const [stressed, plain, neutral] = ['ˈɛ', 'ɛ', 'ə'].map((ipa) => ipaSounds(ipa, 100)[0]?.w ?? 0);
  expect(stressed).toBeGreaterThan(plain ?? 1);
  expect(plain).toBeGreaterThan(neutral ?? 1);
});
