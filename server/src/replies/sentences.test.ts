import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createSentenceSplitter, PIECE_MAX_CHARS, splitSentences } from './sentences.ts';

/** A string with half of a pair has a lone surrogate. */
const broken = /\p{Surrogate}/u;

describe('splitSentences', () => {
  test.each([
    ['Hello there, how are you? I am fine.', ['Hello there, ', 'how are you? ', 'I am fine.']],
    ['Oh, it is 2.5 km. Then 3,000 more.', ['Oh, it is 2.5 km. ', 'Then 3,000 more.']],
    ['Ask Dr. Smith or Mrs. Jones. They know.', ['Ask Dr. Smith or Mrs. Jones. ', 'They know.']],
    ['See https://a.example.com/x?y=1.2, ok? Good.', ['See https://a.example.com/x?y=1.2, ', 'ok? ', 'Good.']],
    ['Well... I wonder. . . maybe… Yes!', ['Well... I wonder. . . maybe… Yes!']],
    [
      'Use e.g. tea, fruit, etc. and rest. Done at 5 p.m. Nice!',
      ['Use e.g. tea, ', 'fruit, etc. and rest. ', 'Done at 5 p.m. ', 'Nice!'],
    ],
    ['He said "Stop!" and left. "Really?" Yes.', ['He said "Stop!" ', 'and left. ', '"Really?" ', 'Yes.']],
    ['What?! No way!!! 😊 Great 👍🏽. Bye', ['What?! ', 'No way!!! 😊 ', 'Great 👍🏽. ', 'Bye']],
    ['1. Bread\n2. Milk\n\nThat is all', ['1. Bread\n', '2. Milk\n\n', 'That is all']],
    [
      'J. K. Rowling wrote it. No. 5 is mine. No. It is not.',
      ['J. K. Rowling wrote it. ', 'No. 5 is mine. ', 'No. ', 'It is not.'],
    ],
    [
      'そうですね、今日は晴れです。散歩に行こう！いい？うん',
      ['そうですね、', '今日は晴れです。', '散歩に行こう！', 'いい？', 'うん'],
    ],
    ['「行こう。」と彼は言った。「うん。」それだけ。', ['「行こう。」と彼は言った。', '「うん。」', 'それだけ。']],
    ['Hi.こんにちは。', ['Hi.', 'こんにちは。']],
    ['...', ['...']],
    ['', []],
  ])('%j', (text, pieces) => {
    expect(splitSentences(text)).toEqual(pieces);
  });

  test('a text without an end is cut at a space, and where there is none, anywhere but inside a character', () => {
    const words = splitSentences('word '.repeat(200));
    expect(Math.max(...words.map((piece) => piece.length))).toBeLessThanOrEqual(PIECE_MAX_CHARS);
    expect(words.every((piece) => piece.endsWith('word '))).toBe(true);
    const faces = splitSentences(`a${'😊'.repeat(300)}`);
    expect(faces.length).toBeGreaterThan(2);
    expect(faces.some((piece) => broken.test(piece))).toBe(false);
  });

  test('a sentence is given as soon as the next one begins', () => {
    const splitter = createSentenceSplitter();
    expect(splitter.push('Hello there')).toEqual([]);
    expect(splitter.push(', ')).toEqual([]);
    expect(splitter.push('f')).toEqual(['Hello there, ']);
    expect(splitter.push('riend. ')).toEqual([]);
    expect(splitter.push('It')).toEqual(['friend. ']);
    expect(splitter.end()).toEqual(['It']);
  });
});

const words =
  'Hello Dr e.g etc No p.m U.S A 1 2.5 . .. … ! ? , 、 。 ！ 」 「 " ) * 😊 👍🏽 👩‍👩‍👧 🇯🇵 か゛ と言う 今日は https://a.b/c?d';
const spaces = [' ', '  ', '\n', ' '.repeat(100)];
const fragment = fc.constantFrom(...words.split(' '), ...spaces, 'x'.repeat(130), '!'.repeat(230));
const prose = fc.array(fragment, { maxLength: 60 }).map((parts) => parts.join(''));
const anyText = fc.oneof(prose, fc.string({ unit: 'binary', maxLength: 600 }));

describe('laws', () => {
  test('pieces do not depend on the frames that the text came in, joined they are the text, none is too long', () => {
    fc.assert(
      fc.property(anyText, fc.array(fc.nat(12), { minLength: 1, maxLength: 40 }), (text, sizes) => {
        const splitter = createSentenceSplitter();
        const pieces: string[] = [];
        for (let from = 0, turn = 0; from < text.length; turn += 1) {
          const size = sizes[turn % sizes.length] || 1;
          pieces.push(...splitter.push(text.slice(from, from + size)));
          from += size;
        }
        pieces.push(...splitter.end());
        expect(pieces).toEqual(splitSentences(text));
        expect(pieces.join('')).toBe(text);
        if (!broken.test(text)) expect(pieces.some((piece) => broken.test(piece))).toBe(false);
        expect(pieces.every((piece) => piece.length > 0 && piece.length <= PIECE_MAX_CHARS)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  test('what was given for a part of a text is the beginning of what the whole gives', () => {
    fc.assert(
      fc.property(anyText, fc.nat(), (text, cut) => {
        const early = createSentenceSplitter().push(text.slice(0, cut % (text.length + 1)));
        expect(splitSentences(text).slice(0, early.length)).toEqual(early);
      }),
      { numRuns: 2000 },
    );
  });
});
