import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { maskTexts } from './entities.ts';
import { createGuardian } from './guardian.ts';
import { createRules } from './rules.ts';
import { HOLD_MAX_CHARS, StreamGate } from './stream-gate.ts';
import type { Gate, Released } from './verdict.ts';

const rules = createRules();
const guardian = createGuardian({ rules });
const wordList = ['banana bread', 'バナナ', 'spoiler ending'];
const open = (published?: string) => new StreamGate(rules.match('output', wordList), published);

type Outcome = { text: string; from?: number; rule?: string; action?: string; labels?: string[] };

/** What all the pieces together give. */
function read(gate: StreamGate, pieces: readonly string[]): Outcome {
  let text = '';
  const take = (released: Released): Released => {
    text += released.text;
    return released;
  };
  for (const piece of pieces) if (take(gate.push(piece)).blocked) break;
  const { blocked, verdict } = take(gate.end());
  return { text, from: blocked?.from, rule: verdict?.rule, action: verdict?.action, labels: verdict?.labels };
}

const whole = (text: string): Outcome => read(open(), [text]);

const harmless = [
  ...'hello friend I you kill will die the stream class button survived Essex was so good dot at me in is it example'.split(
    ' ',
  ),
  ...[
    '今日は',
    '配信',
    'ありがとう',
    '楽しみに',
    'しています',
    '死',
    '殺',
    'ころ',
    'おまえ',
    'の',
    'バ',
    'ナナメ',
    '！',
    '。',
    '、',
  ],
  ...[
    'don’t',
    "you're",
    'f',
    'u',
    'k',
    '.',
    ',',
    '!',
    '?',
    '...',
    '-',
    '_',
    '(',
    ')',
    '[',
    ']',
    ':',
    '/',
    '@',
    '2024',
    '10',
    '3.14',
    '+81',
  ],
  ...['😀', '👩‍👩‍👧‍👦', '🏳️‍🌈', '🇯🇵', '🇯', '👍🏽', 'é', 'がぎ', 'ﾊﾞ', '각', 'नमस्ते', 'สวัสดีครับ', '𝒽𝒾', '１２', 'Ａ'],
  ...[
    '\u200b',
    '\u200d',
    '\u00ad',
    '\u202e',
    '\u0301',
    '\r\n',
    '\n',
    '\t',
    '　',
    '  ',
    '[link removed]',
    '[link',
    'removed]',
  ],
];
const blocked = [
  ...[
    'kill yourself',
    'k1ll y0urself',
    'k i l l yourself',
    'kiiill yourself',
    'KYS',
    'k.y.s',
    'ｋｉｌｌ ｙｏｕｒｓｅｌｆ',
    'kill уоurself',
  ],
  ...[
    'ki\u200bll yourself',
    'n1gg3r',
    'send nudes',
    'banana bread',
    'b a n a n a bread',
    'I will kill you',
    'fuck you',
    'spoiler  ending',
  ],
  ...[
    '死ね',
    'シネ',
    '死　ね',
    'おまえしね',
    '殺すぞ',
    'バナナ',
    '小学生のはだか',
    'おっぱい見せて',
    'http://1.2.3.4/x',
    'javascript:alert(1)',
  ],
  ...[
    'https://user:pw@example.com',
    'paypa1.com',
    `kill ${'~'.repeat(4)} yourself`,
    `fuck yo${'u'.repeat(90)}`,
    `k${'\u200b'.repeat(120)}ys`,
  ],
];
const almost = [
  ...[
    '死ねない',
    '尊すぎて死ねる',
    "don't kill yourself",
    "fuck you're great",
    'what the fuck you won',
    'kill your darlings',
    '楽しね',
    'しねば',
  ],
  ...[
    'I will kill you in mario kart',
    'maine coon',
    'polka dot dress',
    'look at me.',
    'Come on. Common',
    'version 1.2.3',
    'コロンブスが',
    '殺虫剤',
  ],
];
const masked = [
  ...[
    'https://evil.example/path?x=1',
    'example.com',
    'example dot com',
    'example[.]com',
    'hxxp://foo.ru',
    'foo . com',
    'http :// foo . net',
  ],
  ...[
    'ann@example.org',
    'ann (at) example (dot) org',
    'ann at gmail dot com',
    '090-1234-5678',
    '+81 90 1234 5678',
    '(555) 234-5678',
  ],
  ...[
    '4111 1111 1111 1111',
    '4111111111111111',
    `https://evil.example/${'a'.repeat(150)}...`,
    `${'sub.'.repeat(30)}evil.com`,
  ],
];
const allowed = [
  'https://youtu.be/dQw4w9WgXcQ',
  'twitch.tv/somebody',
  `https://www.youtube.com/watch?v=${'b'.repeat(150)}`,
];

const part = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom(...harmless) },
  { weight: 2, arbitrary: fc.constantFrom(...almost) },
  { weight: 2, arbitrary: fc.constantFrom(...masked, ...allowed) },
  { weight: 1, arbitrary: fc.constantFrom(...blocked) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 3 }) },
);
const join = fc.constantFrom(' ', ' ', ' ', '', '', ', ', '. ');
const texts = fc
  .array(fc.tuple(part, join), { minLength: 1, maxLength: 24 })
  .map((parts) => parts.map(([word, space]) => word + space).join(''));
const cuts = fc.array(fc.nat(), { maxLength: 20 });

/** Cut at UTF-16 units, so also inside surrogate pairs and graphemes. */
function cut(text: string, places: readonly number[]): string[] {
  const at = [...new Set(places.map((place) => place % (text.length + 1)))].sort((a, b) => a - b);
  return [...at, text.length].map((end, i) => text.slice(at[i - 1] ?? 0, end));
}

const cost = (words: number): number => {
  const text = 'I really liked the song that you sang yesterday, it was lovely. '.repeat(words / 12);
  const gate = open();
  const startedAt = performance.now();
  for (let at = 0; at < text.length; at += 12) gate.push(text.slice(at, at + 12));
  gate.end();
  return performance.now() - startedAt;
};

const shownOf = (gate: Gate, ...pieces: string[]) => pieces.map((piece) => (gate.push(piece) as Released).text);

describe('[P6] the gate, for any way of cutting a text', () => {
  test('gives the same text, the same verdict and the same place', () => {
    fc.assert(
      fc.property(texts, cuts, (text, places) => {
        const expected = whole(text);
        expect(read(open(), cut(text, places))).toEqual(expected);
        expect(read(open(), text.split(''))).toEqual(expected);
      }),
      { numRuns: 600 },
    );
  });

  test('never gives out a match that is blocked, and changes nothing where there is none', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const { text: shown, action } = whole(text);
        expect(whole(shown).action).not.toBe('block');
        if (action === 'allow') expect(shown).toBe(text);
      }),
      { numRuns: 600 },
    );
  });

  test('judges a text as the screen of messages does', async () => {
    await fc.assert(
      fc.asyncProperty(texts, async (text) => {
        const { verdict, text: shown } = await guardian.screenInput(text, { wordList });
        fc.pre(!['spam', 'injection', 'self_harm'].includes(verdict.labels[0] ?? ''));
        const outcome = whole(text);
        expect(outcome.rule).toBe(verdict.rule);
        if (!outcome.rule?.startsWith('rules/') && verdict.action !== 'block') expect(outcome.text).toBe(shown);
      }),
      { numRuns: 300 },
    );
  });

  test('holds little, gives it out in whole graphemes, and gives out everything at the end', () => {
    const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom(...harmless), join), { maxLength: 60 }), (parts) => {
        const text = parts.map(([word, space]) => word + space).join('');
        const borders = new Set([...graphemes.segment(text)].map(({ index }) => index)).add(text.length);
        const gate = open();
        let shown = '';
        let pushed = 0;
        for (const char of text) {
          pushed += char.length;
          shown += gate.push(char).text;
          if (!text.startsWith(shown)) return; // something was masked
          expect(pushed - shown.length).toBeLessThanOrEqual(HOLD_MAX_CHARS + 48);
          expect(borders).toContain(shown.length);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('goes on after a take-over from the shown text alone', () => {
    fc.assert(
      fc.property(texts, fc.nat(), (text, place) => {
        const expected = whole(text);
        const first = open();
        const head = text.slice(0, place % (text.length + 1));
        const { text: shown, blocked: stopped } = first.push(head);
        fc.pre(!stopped);
        const { tail, dropping } = first as unknown as { tail: string; dropping?: unknown };
        fc.pre(!dropping);
        const rest = tail + text.slice(head.length);
        const second = read(open(shown), [rest]);
        expect(shown + second.text).toBe(expected.text);
        expect(second.from).toBe(expected.from);
        if (expected.from !== undefined) expect(second.rule).toBe(expected.rule);
      }),
      { numRuns: 600 },
    );
  });

  test('costs what the length of the reply is', () => {
    cost(12_000);
    expect(cost(96_000)).toBeLessThan(Math.max(50, cost(12_000)) * 24);
  });
});

describe('the gate', () => {
  test('lets plain words go with the next one', () => {
    expect(shownOf(open(), 'Hello', ' there', ', how', ' is', ' it')).toEqual(['', 'Hello ', 'there, ', 'how ', 'is ']);
  });

  test('lets Japanese go word by word, long before the sentence ends', () => {
    const gate = open();
    const shown = Array.from('今日は新しい歌を練習してから配信するつもりです', (char) => gate.push(char).text);
    expect(shown.filter(Boolean).length).toBeGreaterThan(2);
    expect(shown.findIndex(Boolean)).toBeLessThan(8);
  });

  test('stops before the first word of the match', () => {
    expect(whole('Please go and kill yourself, friend')).toMatchObject({
      text: 'Please go and ',
      from: 14,
      action: 'block',
      labels: ['harassment'],
    });
    expect(whole('今日は死ね')).toMatchObject({ text: '今日は', from: 3 });
  });

  test('shows links and personal data masked, and goes on behind them', () => {
    expect(whole('See https://evil.example/a?b=1. Or write to ann@example.org, ok?')).toMatchObject({
      text: `See ${maskTexts.link}. Or write to ${maskTexts.email}, ok?`,
      action: 'mask',
      labels: ['url', 'pii'],
    });
  });

  test('says where a match began that was shown already when it became one', () => {
    const { text, from } = whole(`so fuck yo${'u'.repeat(100)} bye`);
    expect(from).toBe(3);
    expect(text).toBe('so ');
  });

  test('stays shut once it has blocked', () => {
    const gate = open();
    expect(gate.push('kill yourself now').blocked?.from).toBe(0);
    expect(gate.push(' and more').text).toBe('');
    expect(gate.end()).toMatchObject({ text: '', blocked: { from: 0 } });
  });
});
