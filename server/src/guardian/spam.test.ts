import { describe, expect, test } from 'vitest';
import { findSpam } from './spam.ts';

describe('spam', () => {
  test.each([
    ['a'.repeat(200), 'spam/flood'],
    ['BUY FOLLOWERS NOW '.repeat(12), 'spam/repeats'],
    [`${'\u0301'.repeat(8)}z`.repeat(12), 'spam/marks'],
    ['\u200b'.repeat(60), 'spam/invisible'],
    ['x\n'.repeat(40), 'spam/lines'],
    ['@ann '.repeat(12), 'spam/mentions'],
  ])('%#: %s', (text, rule) => {
    expect(findSpam(text)).toBe(rule);
  });

  test.each([
    ...[
      'wwwwwwwwwwwwwwwwwwwwwwwwwwwww',
      '8888888888888888',
      'gogogogogogogo',
      'LETS GO '.repeat(8),
      '❤️'.repeat(100),
      '👏🏽'.repeat(60),
      'a'.repeat(60),
    ],
    ...[
      'ナイス！'.repeat(10),
      'हिन्दी में बहुत अच्छा लगा धन्यवाद '.repeat(2),
      'a perfectly normal and rather long message '.repeat(3),
    ],
  ])('cheering is none: %s', (text) => {
    expect(findSpam(text)).toBeUndefined();
  });
});
