import { describe, expect, test } from 'vitest';
import { glyphs } from './normalise.ts';
import { WordBorders, wordStarts } from './words.ts';

function bordersOf(text: string): string[] {
  const words = new WordBorders();
  const read = (from: number, to: number) => text.slice(from, to);
  for (const { glyph, start, end } of glyphs(text)) words.feed(glyph.kind, start, end, read);
  return [...words.borders, text.length].map((end, i) => text.slice(words.borders[i - 1] ?? 0, end));
}

describe('words', () => {
  test.each([
    ['Hello, dear world', ['Hello', ',', ' ', 'dear', ' ', 'world']],
    ["don't 'quote' me", ["don't", ' ', "'", 'quote', "'", ' ', 'me']],
    ['猫cat', ['猫', 'cat']],
    ['今日は、うた。', ['今日', 'は', '、', 'うた', '。']],
  ])('%s', (text, expected) => {
    expect(bordersOf(text).filter(Boolean)).toEqual(expected.filter(Boolean));
  });

  test('of a short text at once', () => {
    expect(wordStarts('今日は feels')).toEqual([0, 2, 3, 4]);
  });
});
