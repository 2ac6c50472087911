import type { Sentence } from '@fantwin/shared/conversations';
import { expect, test } from 'vitest';
import { captionAt, LINGER_MS } from './captions.ts';

const sentence = (index: number, startsAt: number): Sentence => ({
  index,
  text: 'Good evening.',
  mood: { name: 'neutral', intensity: 0 },
  startsAt,
  durationMs: 1_000,
  visemes: [],
  words: [
    { t: 0, d: 300, i: 0 },
    { t: 400, d: 500, i: 5 },
  ],
});
const said = (at: number) => {
  const { caption } = captionAt([sentence(0, 1_000), sentence(1, 2_500)], at);
  return caption?.word && caption.sentence.text.slice(caption.word.start, caption.word.end);
};

test('the word that is being said is marked, and none in a pause', () => {
  expect([1_000, 1_299, 1_350, 1_400, 1_899, 1_950].map(said)).toEqual([
    'Good ',
    'Good ',
    undefined,
    'evening.',
    'evening.',
    undefined,
  ]);
});

test('a sentence shows from its start until the next one, or for a while after the last', () => {
  const sentences = [sentence(0, 1_000), sentence(1, 2_500)];
  const shown = (at: number) => captionAt(sentences, at).caption?.sentence.index;
  expect([999, 1_000, 2_499, 2_500, 3_500 + LINGER_MS - 1, 3_500 + LINGER_MS].map(shown)).toEqual([
    undefined,
    0,
    0,
    1,
    1,
    undefined,
  ]);
});

test('following `changesAt` meets every change and ends', () => {
  const sentences = [sentence(0, 1_000), sentence(1, 2_500)];
  const seen: string[] = [];
  let at: number | undefined = 0;
  while (at !== undefined) {
    const { caption, changesAt } = captionAt(sentences, at);
    seen.push(`${at}:${caption?.sentence.index ?? '-'}:${caption?.word?.start ?? '-'}`);
    if (changesAt !== undefined) expect(changesAt).toBeGreaterThan(at);
    at = changesAt;
  }
  expect(seen).toEqual([
    '0:-:-',
    '1000:0:0',
    '1300:0:-',
    '1400:0:5',
    '1900:0:-',
    '2500:1:0',
    '2800:1:-',
    '2900:1:5',
    '3400:1:-',
    `${3_500 + LINGER_MS}:-:-`,
  ]);
});
