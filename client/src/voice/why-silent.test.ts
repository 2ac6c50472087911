import { expect, test } from 'vitest';
import { whySilent } from './why-silent.ts';

const espeak = { name: 'eSpeak NG', unread: 'kanji' as const };

test.each([
  [espeak, undefined, undefined],
  [espeak, { text: 'Hello.', url: '/speech/b.wav' }, undefined],
  [espeak, { text: 'Hello.' }, 'missing'],
  [espeak, { text: '今日は。' }, 'kanji'],
  [{ name: 'another' }, { text: '今日は。' }, 'missing'],
  [{ silent: 'none' as const }, undefined, 'none'],
  [{ silent: 'away' as const }, { text: 'It is back.', url: '/speech/b.wav' }, undefined],
  [{ silent: 'language' as const }, { text: 'Hello.' }, 'language'],
])('%o %o: %s', (voice, sentence, reason) => {
  expect(whySilent(voice, sentence)).toBe(reason);
});
