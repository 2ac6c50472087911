import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { glyphs, normalise } from './normalise.ts';

describe('normalise', () => {
  test.each([
    ['Ｉｇｎｏｒｅ', 'ignore'],
    ['1gn0re a11', 'ignore all'],
    ['іgnоrе', 'ignore'],
    ['i\u200bg\u00adn\u2060ore', 'ignore'],
    ['i g n o r e', 'ignore'],
    ['i.g.n.o.r.e', 'ignore'],
    ['stooooop', 'stop'],
    ['𝓲𝓰𝓷𝓸𝓻𝓮', 'ignore'],
    ['ïgnörê', 'ignore'],
    ['シネ', 'しね'],
    ['ﾊﾞｶ', 'ばか'],
    ['50,000 points', '50,000 points'],
    ["don't", "don't"],
  ])('%s reads %s', (text, expected) => {
    expect(normalise(text).text).toBe(expected);
  });

  test('every character knows where it came from', () => {
    const { text, offsets } = normalise('a😀 i\u200bg n\u200bo');
    expect(offsets).toHaveLength(text.length);
    expect(offsets[text.indexOf('g')]).toBe(6);
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (original) => {
        const read = normalise(original);
        expect(read.offsets).toHaveLength(read.text.length);
        expect([...read.offsets].sort((a, b) => a - b)).toEqual(read.offsets);
        for (const offset of read.offsets) expect(offset).toBeLessThan(original.length);
      }),
    );
  });
});

describe('glyphs', () => {
  test('cut no grapheme apart', () => {
    const parts = ['a', 'é', '\r\n', '👩‍👩‍👧‍👦', '🇯🇵🇩🇪', '👍🏽', '1️⃣', 'が', 'ﾊﾞ', '각', '각', 'कि', 'ก็', '🏴󠁧󠁢󠁥󠁮󠁧󠁿', 'z͑ͫ̓ͪ'];
    const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...parts), { maxLength: 12 }), (chosen) => {
        const text = chosen.join('');
        const borders = new Set([...segmenter.segment(text)].map(({ index }) => index));
        for (const { start } of glyphs(text)) expect(borders).toContain(start);
      }),
    );
  });
});
