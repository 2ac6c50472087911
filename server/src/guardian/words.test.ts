import { describe, expect, test } from 'vitest';
import { glyphs } from './normalise.ts';
import { WordBorders, wordStarts } from './words.ts';

function bordersOf(text: string): number[] {
  const words = new WordBorders();
  const read = (from: number, to: number) => text.slice(from, to);
  for (const { glyph, start, end } of glyphs(text)) words.feed(glyph.kind, start, end, read);
  return words.borders;
}

describe('words', () => {
  test.each([
    ['Hello, dear world', ['Hello', ',', ' ', 'dear', ' ', 'world']],
    ["don't 'quote' me", ["don't", ' ', "'", 'quote', "'", ' ', 'me']],
    ['猫cat猫', ['猫', 'cat', '猫']],
  ])('%s', (text, expected) => {
    const borders = bordersOf(text);
    expect([...borders, text.length].map((end, i) => text.slice(borders[i - 1] ?? 0, end))).toEqual(expected);
  });

  test('of Japanese are borders of its words, and come early', () => {
    const text = '今日は新しい歌を練習してから配信するつもりなので楽しみにしていてくださいね。みんなありがとう';
    const borders = bordersOf(text);
    for (const border of borders) expect(wordStarts(text)).toContain(border);
    expect(borders[0]).toBeLessThan(6);
    expect(borders.length).toBeGreaterThan(5);
  });

  test('of a short text at once', () => {
    expect(wordStarts('今日は feels')).toEqual([0, 2, 3, 4]);
  });
});
