import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { growingVtt, rollingJson, rollingSrt, youtubeJson, youtubeVtt } from '../../../test/style-corpus/captions.ts';
import { parserFor } from './parse-source.ts';
import { SourceNotes } from './source-notes.ts';

type Kind = 'webvtt' | 'srt' | 'youtube-json3';

function spoken(kind: Kind, file: string): string {
  const parser = parserFor(kind, new SourceNotes());
  const pieces = [...parser.push(file), ...parser.end()];
  return pieces.map(({ text }) => text).join(' ');
}

const word = fc.integer({ min: 0, max: 40 }).map((n) => ['no', 'well', 'the', 'cake', "it's"][n] ?? `word${n}`);
const line = fc.array(word, { minLength: 1, maxLength: 6 }).map((words) => words.join(' '));
/** A line three times in a row looks in a window of two like one that stays. */
const lines = fc
  .array(line, { minLength: 8, maxLength: 150 })
  .map((all) => all.filter((one, i) => one !== all[i - 1]))
  .filter((all) => all.length > 4);

describe('rolling captions give what was said, whatever the window', () => {
  const law = (write: (said: string[], window: number) => string, kind: Kind, least = 1) =>
    fc.assert(
      fc.property(lines, fc.integer({ min: least, max: 4 }), (said, window) => {
        expect(spoken(kind, write(said, window))).toBe(said.join(' '));
      }),
      { numRuns: 40, seed: 7 },
    );

  test('as SRT', () => law(rollingSrt, 'srt'));
  test('as json3', () => law(rollingJson, 'youtube-json3'));
  test('as WebVTT of YouTube', () => law(youtubeVtt, 'webvtt'));
  test('as json3 of YouTube, which repeats nothing', () => law(youtubeJson, 'youtube-json3'));
});

test('live captions that grow word by word', () => {
  const said = ['so today we bake', 'a very tall cake', 'with lemon and sugar', 'and then it fell over'];
  for (const window of [1, 2, 3]) expect(spoken('webvtt', growingVtt(said, window))).toBe(said.join(' '));
});

test('Japanese lines that roll are joined without spaces', () => {
  const said = ['今日はみんなで', 'ケーキを作ります', '最後まで見てね', 'いくよ'];
  expect(spoken('srt', rollingSrt(said, 2)).replaceAll(' ', '')).toBe(said.join(''));
});

test('a part that rolls after a part that does not', () => {
  const [still, rolling] = ['quiet', 'rolling'].map((name) =>
    Array.from({ length: 128 }, (_, i) => `${name} line ${i}`),
  );
  const file = rollingSrt(still ?? [], 1) + rollingSrt(rolling ?? [], 2);
  expect(spoken('srt', file)).toBe([...(still ?? []), ...(rolling ?? [])].join(' '));
});

test('captions that do not roll keep a word said twice', () => {
  const said = ['I said no', 'no way', 'way too late', 'for cake today', 'so we went', 'home by bus'];
  expect(spoken('srt', rollingSrt(said, 1))).toBe(said.join(' '));
});
