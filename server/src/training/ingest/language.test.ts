import { expect, test } from 'vitest';
import { languageOf } from './language.ts';

test.each([
  ['I have no idea what you mean.', 'en'],
  ['Great stream everyone', 'en'],
  ['That café was lovely', 'en'],
  ['今日はいい天気ですね。', 'ja'],
  ['本日休業', 'ja'],
  ['OBSの設定を変えたらfpsが上がった', 'ja'],
  ['ｶﾞﾝﾊﾞﾘﾏｽ', 'ja'],
  ['你们今天吃什么？', 'other'],
  ['오늘은 날씨가 좋네요', 'other'],
  ['Сегодня хорошая погода', 'other'],
  ['Hoy estoy muy cansado pero feliz', 'other'],
  ['Das ist nicht so schlimm, oder?', 'other'],
  ['Je suis très content de vous voir', 'other'],
])('%s is %s', (text, language) => {
  expect(languageOf(text)).toBe(language);
});
