import { expect, test } from 'vitest';
import { japaneseSentence, sentence } from '../../../test/style-corpus/speech.ts';
import { Pacer } from '../../core/pacer.ts';
import { keyOf, likeness } from './duplicates.ts';
import { findNearDuplicates, NEAR_SIMILARITY, similarity } from './near-duplicates.ts';

const toSentence = (text: string, language: 'en' | 'ja' = 'en') => ({
  text,
  language,
  key: keyOf(likeness(text), language),
});

test('what makes no difference is the same sentence', () => {
  expect(likeness('SOOOO good!!! 😂')).toBe(likeness('soo good'));
  expect(likeness('ｶﾞﾝﾊﾞﾚ！！')).toBe(likeness('ガンバレ'));
  expect(keyOf('same', 'en')).not.toBe(keyOf('same', 'ja'));
});

test.each([
  ['Thanks for watching, see you next time', 'Thanks for watching, see you next week', true],
  ['The weather is beautiful this morning', 'The wether is beautiful this morning', true],
  ['i love this game so much', 'i love this song so much', false],
  ['今日も見てくれてありがとうございました', '今日も見てくださってありがとうございました', true],
  ['今日はケーキを焼きます', '明日はパンを焼きません', false],
])('%s / %s', (a, b, near) => {
  const language = /[ぁ-ん]/u.test(a) ? 'ja' : 'en';
  expect(similarity(toSentence(a, language), toSentence(b, language)) >= NEAR_SIMILARITY).toBe(near);
});

test('the order changes nothing, and hardly a pair is missed', async () => {
  const different = Array.from({ length: 160 }, (_, i) => sentence(i * 37));
  const alike = different.slice(0, 50).map((text) => text.replace(/time\.$/u, 'time, you know.'));
  const japanese = Array.from({ length: 30 }, (_, i) => toSentence(japaneseSentence(i), 'ja'));
  const all = [...[...different, ...alike].map((text) => toSentence(text)), ...japanese];
  const kept = async (list: typeof all) => {
    const firsts = await findNearDuplicates(list, new Pacer());
    return list.filter((_, i) => firsts[i] === i);
  };
  const once = await kept(all);
  const again = await kept([...all].reverse());
  expect(new Set(again)).toEqual(new Set(once));

  let missed = 0;
  for (const [i, a] of once.entries())
    for (const b of once.slice(i + 1)) if (similarity(a, b) >= NEAR_SIMILARITY) missed += 1;
  expect(missed).toBe(0);
  expect(all.length - once.length).toBeGreaterThanOrEqual(50);
});
