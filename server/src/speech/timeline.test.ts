import { Sentence } from '@fantwin/shared/conversations';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createTextTimedSpeech } from './speech.ts';
import { timeText } from './timeline.ts';

const mouth = (text: string, language: 'en' | 'ja' = 'en'): string =>
  timeText(text, language)
    .visemes.filter(({ v }) => v !== 'sil')
    .map(({ v }) => v)
    .join(' ');

describe('the mouth follows the letters', () => {
  test.each([
    ['mom', 'PP O PP'],
    ['thin', 'TH I nn'],
    ['shop', 'CH O PP'],
    ['phone', 'FF O U nn'],
    ['make', 'PP E I kk'],
    ['time', 'DD aa I PP'],
    ['night', 'nn aa I DD'],
    ['lamb', 'nn aa PP'],
    ['knee', 'nn I'],
    ['city', 'SS I DD I'],
    ['food', 'FF U DD'],
    ['VRM', 'FF I aa RR E PP'],
    ['señor', 'SS E nn O RR'],
    ['2', 'DD U'],
  ])('%s', (text, expected) => {
    expect(mouth(text)).toBe(expected);
  });

  test.each([
    ['まみむ', 'PP aa PP I PP U'],
    ['きょう', 'kk O U'],
    ['ファン', 'FF aa nn'],
    ['ラーメン', 'RR aa PP E nn'],
    ['がっこう', 'kk aa DD kk O U'],
    ['ﾊﾛｰ', 'aa RR O'],
  ])('%s', (text, expected) => {
    expect(mouth(text, 'ja')).toBe(expected);
  });
});

describe('the pace is that of a speaker', () => {
  const english =
    'I went to the market this morning and bought some bread. It was a lovely day, so I walked home along the river. ' +
    'Do you like to walk? Tell me about your favourite place, and I will try to picture it.';
  const japanese = 'きょうはいいてんきですね。さんぽにいきたいとおもいます。いっしょにどうですか？';

  test('English: 13 to 16 characters in a second', () => {
    const perSecond = (english.length / timeText(english, 'en').durationMs) * 1000;
    expect(perSecond).toBeGreaterThan(13);
    expect(perSecond).toBeLessThan(16);
  });

  test('Japanese: 7 to 8 morae in a second, pauses apart', () => {
    const { visemes } = timeText(japanese, 'ja');
    const voicedMs = visemes.filter(({ v }) => v !== 'sil').reduce((sum, { d }) => sum + d, 0);
    const morae = japanese.replace(/[。？ょ]/gu, '').length;
    expect((morae / voicedMs) * 1000).toBeGreaterThan(7);
    expect((morae / voicedMs) * 1000).toBeLessThan(8);
  });

  test('kanji take the time of their likely readings', () => {
    const written = timeText('今日は学校へ行って友達と話しました。', 'ja').durationMs;
    const spoken = timeText('きょうはがっこうへいってともだちとはなしました。', 'ja').durationMs;
    expect(written / spoken).toBeGreaterThan(0.75);
    expect(written / spoken).toBeLessThan(1.25);
  });

  test('marks make pauses', () => {
    const plain = timeText('well now then', 'en').durationMs;
    expect(timeText('well, now then', 'en').durationMs).toBeGreaterThan(plain + 100);
    expect(timeText('well. now then', 'en').durationMs).toBeGreaterThan(timeText('well, now then', 'en').durationMs);
  });
});

test('words carry their place in the text', () => {
  const text = '😊 Hi, it is 2.5 km!';
  const { words } = timeText(text, 'en');
  expect(words.map(({ i }) => text.slice(i, i + 2))).toEqual(['Hi', 'it', 'is', '2.', 'km']);
  const japanese = '今日は、良い天気です。';
  expect(timeText(japanese, 'ja').words.map(({ i }) => i)[0]).toBe(0);
});

test('what cannot be said takes no time', () => {
  for (const text of ['', '  \n', '😊', '...']) {
    expect(timeText(text, 'en')).toEqual({ durationMs: 0, visemes: [], words: [] });
  }
});

test('any text: visemes in order without overlap, inside the duration, whole milliseconds, at rest in the end', () => {
  const piece = fc.constantFrom(
    'Hello',
    ' ',
    ', ',
    '. ',
    '今日は',
    'ラーメン',
    '2026',
    "don't",
    '…',
    'Привет',
    '한국어',
    'ッャー',
    '👍🏽',
  );
  const text = fc.oneof(
    fc.array(piece, { maxLength: 30 }).map((parts) => parts.join('')),
    fc.string({ unit: 'binary' }),
  );
  fc.assert(
    fc.property(text, fc.constantFrom('en', 'ja'), (said, language) => {
      const { durationMs, visemes, words } = timeText(said, language);
      for (const list of [visemes, words]) {
        let free = 0;
        for (const { t, d } of list) {
          expect(t).toBeGreaterThanOrEqual(free);
          expect(d).toBeGreaterThan(0);
          expect(Number.isInteger(t) && Number.isInteger(d)).toBe(true);
          free = t + d;
        }
        expect(free).toBeLessThanOrEqual(durationMs);
      }
      if (visemes.length > 0) expect(visemes.at(-1)).toMatchObject({ v: 'sil', w: 0 });
      for (const { i } of words) expect(i).toBeLessThan(said.length);
      Sentence.pick({ durationMs: true, visemes: true, words: true }).parse({ durationMs, visemes, words });
    }),
    { numRuns: 500 },
  );
});

test('speech without a voice: times and no sound; a stopped reply is not timed', async () => {
  const speech = createTextTimedSpeech();
  const spoken = await speech.speak('Hello.', 'en', new AbortController().signal);
  expect(spoken).toEqual(timeText('Hello.', 'en'));
  await expect(speech.speak('Hello.', 'en', AbortSignal.abort())).rejects.toThrow();
});
