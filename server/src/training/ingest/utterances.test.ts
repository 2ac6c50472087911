import { expect, test } from 'vitest';
import { youtubeJson } from '../../../test/style-corpus/captions.ts';
import { parserFor } from './parse-source.ts';
import { SourceNotes } from './source-notes.ts';

function said(file: string): string[] {
  const parser = parserFor(file.startsWith('{') ? 'youtube-json3' : 'srt', new SourceNotes());
  return [...parser.push(file), ...parser.end()].map(({ text }) => text);
}

/** Each cue: from and to in tenths of a second, and its text. */
function srt(...cues: [number, number, string][]): string {
  const clock = (tenths: number) => `00:00:${String(Math.floor(tenths / 10)).padStart(2, '0')},${tenths % 10}00`;
  return cues.map(([from, to, text], i) => `${i + 1}\n${clock(from)} --> ${clock(to)}\n${text}\n`).join('\n');
}

test('with full stops, sentences go over cues and pauses end paragraphs', () => {
  const file = srt([0, 20, 'I met Mr.'], [20, 40, 'Lee today. He was'], [40, 60, 'late.'], [100, 120, 'Next one.']);
  expect(said(file)).toEqual(['I met Mr. Lee today. He was late.', 'Next one.']);
});

test('without full stops, a pause ends a sentence, and so does its length', () => {
  const file = srt(
    [0, 20, 'so today we bake'],
    [20, 40, 'a very tall cake'],
    [50, 70, 'with lemon in it and sugar'],
    [70, 90, 'and a bit more lemon for taste'],
    [90, 110, 'because I like it'],
  );
  expect(said(file)).toEqual([
    'so today we bake a very tall cake',
    'with lemon in it and sugar and a bit more lemon for taste',
    'because I like it',
  ]);
});

test('Japanese without full stops ends with its endings', () => {
  const file = srt(
    [0, 20, '今日はですね'],
    [20, 40, '新しい傘を買いました'],
    [40, 60, '軽いんですよ'],
    [60, 80, 'それで'],
  );
  expect(said(file)).toEqual(['今日はですね', '新しい傘を買いました', '軽いんですよ', 'それで']);
});

test('a song stands by itself', () => {
  const file = srt([0, 20, '♪〜'], [20, 40, 'back to the cake'], [40, 60, '♪ la la la ♪'], [60, 80, 'and the bread']);
  expect(said(file)).toEqual(['♪〜', 'back to the cake', '♪ la la la ♪', 'and the bread']);
});

test('the times of words show a pause inside a cue', () => {
  const segs = [{ utf8: 'this is it' }, { utf8: ' and', tOffsetMs: 2_500 }, { utf8: ' then', tOffsetMs: 2_700 }];
  const file = youtubeJson([]).replace(
    '"events":[',
    `"events":[${JSON.stringify({ tStartMs: 0, dDurationMs: 4_000, segs })},`,
  );
  expect(said(file)).toEqual(['this is it', 'and then']);
});
