import { expect, test } from 'vitest';
import { splitSentences } from './split-sentences.ts';

test.each([
  ['Mr. Lee paid $3.50. He left.', ['Mr. Lee paid $3.50.', 'He left.']],
  ['Wait... what? No way!! I know', ['Wait... what?', 'No way!!', 'I know']],
  ['It ends here... Then it starts.', ['It ends here...', 'Then it starts.']],
  ['"Why?" she said. "Because." Then silence.', ['"Why?" she said.', '"Because."', 'Then silence.']],
  ['See example.com/a.b for v1.2.3. It works.', ['See example.com/a.b for v1.2.3.', 'It works.']],
  [
    'We met at 5 p.m. on Monday. She came at 6 p.m. He did not.',
    ['We met at 5 p.m. on Monday.', 'She came at 6 p.m.', 'He did not.'],
  ],
  [
    'J. R. Smith wrote No. 5, e.g. this one. So do I. Fine.',
    ['J. R. Smith wrote No. 5, e.g. this one.', 'So do I.', 'Fine.'],
  ],
  ['i went home. then i slept. etc. and so on', ['i went home.', 'then i slept.', 'etc. and so on']],
  ['What a day! 😂😂 And now sleep', ['What a day! 😂😂', 'And now sleep']],
  ['(He left.) We stayed.', ['(He left.)', 'We stayed.']],
  ['今日は休みです。明日は？頑張る！', ['今日は休みです。', '明日は？', '頑張る！']],
  ['「行こう。」と彼は言った。え？！マジで！？', ['「行こう。」と彼は言った。', 'え？！', 'マジで！？']],
  ['「本当？」「うん」でもね。そうなの…うん。', ['「本当？」', '「うん」でもね。', 'そうなの…うん。']],
  ['「今日は晴れ。明日は雨。」次の話です。', ['「今日は晴れ。明日は雨。」', '次の話です。']],
  ['楽しかった！笑 次は負けないw', ['楽しかった！笑', '次は負けないw']],
  ['すごい（本当に。）と思った。見て！(笑)次', ['すごい（本当に。）と思った。', '見て！(笑)', '次']],
  ['Hi.こんにちは。OK', ['Hi.', 'こんにちは。', 'OK']],
  [`「${'長い話。'.repeat(120)}`, 301],
])('%s', (text, sentences) => {
  const found = splitSentences(text);
  if (typeof sentences === 'number') expect(found[0]?.length).toBeLessThan(sentences + 10);
  else expect(found).toEqual(sentences);
  expect(found.join('').replace(/\s/gu, '')).toBe(text.replace(/\s/gu, ''));
});

test('a long text takes a time that grows with its length', () => {
  const took = (copies: number) => {
    const text = 'Dr. Who said "no...". And 「それは。」と… '.repeat(copies);
    const from = performance.now();
    expect(splitSentences(text).length).toBeGreaterThan(copies);
    return performance.now() - from;
  };
  took(500);
  expect(took(10_000)).toBeLessThan(3_000); // a time that grows with the square would be far above
});
