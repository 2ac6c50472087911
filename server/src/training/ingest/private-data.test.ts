import { describe, expect, test } from 'vitest';
import { ibanLength, isCardNumber } from './check-digits.ts';
import { findPrivate, maskPrivate } from './private-data.ts';

const kinds = (text: string) => findPrivate(text).map(({ kind }) => kind);

describe('found, whole, wherever it stands', () => {
  test.each([
    ['ann.lee+chat@mail.example.org', 'email'],
    ['ann (at) example (dot) org', 'email'],
    ['ann at gmail dot com', 'email'],
    ['ann at gmail.com', 'email'],
    ['ann アットマーク example ドット jp', 'email'],
    ['ａｎｎ＠example.co.jp', 'email'],
    ['090-1234-5678', 'phone'],
    ['09012345678', 'phone'],
    ['０９０－１２３４－５６７８', 'phone'],
    ['090ー1234ー5678', 'phone'],
    ['090の1234の5678', 'phone'],
    ['03 (1234) 5678', 'phone'],
    ['+81 90 1234 5678', 'phone'],
    ['(555) 234-5678', 'phone'],
    ['555.234.5678', 'phone'],
    ['555-0199', 'phone'],
    ['+49 (0)30 12345678', 'phone'],
    ['020 7946 0958', 'phone'],
    ['4111 1111 1111 1111', 'card'],
    ['378282246310005', 'card'],
    ['DE89 3704 0044 0532 0130 00', 'iban'],
    ['gb29nwbk60161331926819', 'iban'],
    ['192.168.10.24', 'ip'],
    ['2001:0db8:85a3:0000:0000:8a2e:0370:7334', 'ip'],
    ['fe80::1ff:fe23:4567:890a', 'ip'],
    ['1234567', 'number'],
    ['5550-1234-9876', 'number'],
    ['five five five oh one two three', 'number'],
    ['〒100-0001', 'address'],
    ['東京都千代田区丸の内1-9-1', 'address'],
    ['渋谷区神南二丁目3番', 'address'],
    ['221b Baker Street', 'address'],
    ['1600 pine tree avenue', 'address'],
    ['SW1A 2AA', 'address'],
    ['Hauptstraße 12', 'address'],
    ['https://a.example/b?c=d', 'link'],
    ['www.example.org/x', 'link'],
    ['twitch.tv/somebody', 'link'],
    ['example.co.jp', 'link'],
    ['@some_body', 'handle'],
    ['somebody#1234', 'handle'],
    ['u/somebody', 'handle'],
    ['LINE ID: some.body', 'handle'],
    ['Discord: some_body1', 'handle'],
    ['code SAVE20NOW', 'code'],
    ['sk_live_4f9aK2LmQ8xZt71bVc', 'code'],
  ])('%s is a %s', (text, kind) => {
    for (const sentence of [text, `It is ${text}, all right`, `これは ${text} です`]) {
      expect(kinds(sentence)).toEqual([kind]);
      expect(maskPrivate(sentence)).toBe(sentence.replace(text, `[${kind}]`));
    }
  });
});

test.each([
  'We won 3 to 2 on 2024-01-15 at 10:30:45.',
  'It costs 1,000,000 yen or 12.500.000 pesos.',
  'Pi is 3.14159265 and more.',
  'The years 2019 2020 2021 were long.',
  'I walked 100 yards down the road.',
  '5 minutes to the court, no more.',
  'Node.js and e.g. this one.I like it.',
  'See you @ home, 残り@3人です。',
  'He said :: nothing.',
  'He stretched it by line: they shall fall to some discord: you are late.',
  '令和6年1月15日は月曜日です。',
  '第3話は面白い、全12巻です。',
  'My code is good and the password was long.',
  'one or two, three at most',
  'and/or, w/o, 24/7',
])('%s is nobody’s', (text) => {
  expect(findPrivate(text)).toEqual([]);
});

test('check digits', () => {
  expect(isCardNumber('4111111111111112')).toBe(false);
  expect(isCardNumber('0000000000000000')).toBe(false);
  expect(ibanLength('DE89 3704 0044 0532 0130 00 thanks')).toBe(27);
  expect(ibanLength('DE88 3704 0044 0532 0130 00')).toBe(0);
});

test('hostile texts take no time', () => {
  const from = performance.now();
  for (const text of [
    'a.'.repeat(50_000),
    '@'.repeat(100_000),
    '1 '.repeat(50_000),
    'a-'.repeat(50_000),
    'x'.repeat(100_000) + '1',
    '東京都市'.repeat(20_000) + '1',
    'one '.repeat(25_000),
  ])
    findPrivate(text);
  expect(performance.now() - from).toBeLessThan(10_000);
});
