import { describe, expect, test } from 'vitest';
import { glyphs } from './normalise.ts';
import { createRules } from './rules.ts';
import type { Direction } from './rules/source.ts';

const rules = createRules();

function judge(text: string, direction: Direction = 'input', wordList: readonly string[] = []): string | undefined {
  const matcher = rules.match(direction, wordList);
  for (const { glyph, start, end } of glyphs(text)) {
    const match = matcher.feed(glyph, start, end);
    if (match) return match.rule.id;
  }
  return matcher.end()?.rule.id;
}

describe('rules', () => {
  test.each([
    ['kill yourself', 'death-wish'],
    ['You should KYS', 'death-wish'],
    ['I know where you live', 'threat'],
    ["I'm going to fucking kill you", 'threat'],
    ['send me nudes', 'sexual'],
    ['14 year old girl nudes', 'minors'],
    ['loli porn', 'minors'],
    ['you stupid bitch', 'insult'],
    ['jews should die', 'hate'],
    ['I want to kill myself', 'self-harm'],
    ['死ね', 'ja-death-wish'],
    ['おまえしね！', 'ja-death-wish'],
    ['お前を殺すぞ', 'ja-threat'],
    ['おっぱい見せて', 'ja-sexual'],
    ['小学生の裸', 'ja-minors'],
    ['もう死にたい', 'ja-self-harm'],
    ['このブスが', 'ja-insult'],
  ])('%s: %s', (text, expected) => {
    expect(judge(text)).toBe(expected);
  });

  test.each([
    'k1ll y0urself',
    'k i l l   y o u r s e l f',
    'k.i.l.l yourself',
    'kiiiiilll yourseeeelf',
    'killyourself',
    'kill_yourself',
    'k\u200bill your\u00adself',
    'кill уоurself',
    'ｋｉｌｌ ｙｏｕｒｓｅｌｆ',
    '𝕜𝕚𝕝𝕝 𝕪𝕠𝕦𝕣𝕤𝕖𝕝𝕗',
    'k!ll yours3lf',
    'k*ll yourself',
    'kíll yoürself',
    '🇰🇮🇱🇱 yourself',
    'k🔥y🔥s',
  ])('is not fooled by %s', (text) => {
    expect(judge(text)).toBe('death-wish');
  });

  test.each([
    ...[
      'The class pressed the button in Essex and Scunthorpe, and we survived',
      'assume the shitake assessment',
      'snigger niggardly',
    ],
    ...[
      'what the fuck you scared me',
      'holy fuck, you won!',
      "fuck you're good at this",
      'I will kill you in Mario Kart',
      'this song kills me',
    ],
    ...[
      "please don't kill yourself",
      'you said you want to kill yourself, please call somebody',
      'I died laughing',
      'a chink in the armor',
    ],
    ...[
      'my maine coon',
      'fire retardant',
      'the rapper keeps rapping',
      'I want to die of laughter',
      'I cut myself shaving',
      'sex education for kids',
    ],
    ...[
      'how do I kill a process',
      'big dick energy',
      'pussy cat',
      'grapes and drapes',
      'Dick Van Dyke',
      'cumulative document circumstances',
    ],
    ...[
      '死ねない',
      '尊すぎて死ねる',
      '死にたくない',
      '楽しね',
      '面白いし、ね',
      'コロンブスの卵',
      '販売ブース',
      'やりたいですね',
      '殺虫剤',
      '必殺技',
      '子供のパンツを買った',
    ],
    ...[
      '朝鮮人参',
      'ガイジン',
      'かわいすぎて死ぬ',
      'ちょんまげ',
      'オムニバス',
      '敵をぶっ殺す',
      '人間みんな殺すつもりではないですね',
    ],
  ])('lets pass: %s', (text) => {
    expect(judge(text)).toBeUndefined();
  });

  test('a character may speak of self-harm, but never push anybody to it', () => {
    expect(judge('It sounds like you want to kill yourself. I am here.', 'output')).toBeUndefined();
    expect(judge('When people say I want to die, they need help.', 'output')).toBeUndefined();
    expect(judge('Just go kill yourself.', 'output')).toBe('death-wish');
  });

  test('a word list holds for its own conversation, at word borders, with the same eyes', () => {
    const words = ['banana', 'spoiler ending', 'ネタバレ'];
    expect(judge('I like b4n4na', 'output', words)).toBe('word-list');
    expect(judge('the SPOILER  ending', 'output', words)).toBe('word-list');
    expect(judge('それはねたばれだよ', 'output', words)).toBe('word-list');
    expect(judge('bananas and spoilers', 'output', words)).toBeUndefined();
    expect(judge('I like banana', 'output', ['cherry'])).toBeUndefined();
  });

  test('signs of the pattern language in a word list are only signs', () => {
    expect(() => judge('anything', 'input', ['a(b', 'c|d)', '*', '^', '..', ''])).not.toThrow();
    expect(judge('so (.)', 'input', ['(.)', '..'])).toBeUndefined();
  });

  test('knows what the tail may still become', () => {
    const matcher = rules.match('output', []);
    const holdAfter = (text: string): number => {
      matcher.reset();
      for (const { glyph, start, end } of glyphs(text)) matcher.feed(glyph, start, end);
      return matcher.hold();
    };
    expect(holdAfter('well, kill your')).toBe(6);
    expect(holdAfter('well, kill your dragon ')).toBe(Infinity);
    expect(holdAfter('死')).toBe(0);
  });
});
