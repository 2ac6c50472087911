import { Mood } from '@fantwin/shared/conversations';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { moodOf } from './mood.ts';

describe('moodOf', () => {
  test.each([
    ['The train leaves at nine.', 'neutral'],
    ['I like the blue one, it goes with the table.', 'neutral'],
    ['What is your name?', 'neutral'],
    ['Read the next page!', 'neutral'],
    ['That is wonderful news, I am so happy for you!', 'happy'],
    ["I can't wait to see it.", 'happy'],
    ['Not bad at all.', 'happy'],
    ['I love this song', 'happy'],
    ["I'm not happy about it.", 'neutral'],
    ["I don't really love it at all.", 'sad'],
    ["I'm sorry to hear that.", 'sad'],
    ['It was a sad day, I miss him.', 'sad'],
    ["I'm not sad any more.", 'neutral'],
    ['That is ridiculous, I hate it!', 'angry'],
    ['I understand why you are so angry.', 'sad'],
    ['No worries, take your time.', 'relaxed'],
    ['Breathe slowly and relax.', 'relaxed'],
    ['Wow, no way!', 'surprised'],
    ['See you tomorrow 😢', 'sad'],
    ['See you tomorrow 😊', 'happy'],
  ] as const)('en %s -> %s', (text, mood) => {
    expect(moodOf(text, 'en').name).toBe(mood);
  });

  test.each([
    ['電車は九時に出ます。', 'neutral'],
    ['会えて嬉しいです！', 'happy'],
    ['あまり嬉しくないです。', 'sad'],
    ['楽しくありませんでした。', 'neutral'],
    ['とても悲しいお話ですね。', 'sad'],
    ['もう悲しくないよ。', 'relaxed'],
    ['それはひどい、許せません。', 'angry'],
    ['ゆっくり休んで、落ち着いてくださいね。', 'relaxed'],
    ['えっ、まさか！', 'surprised'],
    ['好きかもしれない', 'happy'],
  ] as const)('ja %s -> %s', (text, mood) => {
    expect(moodOf(text, 'ja').name).toBe(mood);
  });

  test('marks and boosters strengthen a feeling, and alone make none', () => {
    expect(moodOf('I am happy', 'en').intensity).toBeLessThan(moodOf('I am so happy!!', 'en').intensity);
    expect(moodOf('I am a bit sad', 'en').intensity).toBeLessThan(moodOf('I am sad', 'en').intensity);
    expect(moodOf('Sit down!!!', 'en')).toEqual({ name: 'neutral', intensity: 0 });
  });

  test('any text has a mood of the contract, and neutral has no intensity', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), fc.constantFrom('en', 'ja'), (text, language) => {
        const mood = moodOf(text, language);
        expect(Mood.parse(mood)).toEqual(mood);
        expect(mood.name === 'neutral').toBe(mood.intensity === 0);
      }),
    );
  });
});
