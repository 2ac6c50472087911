import { describe, expect, test } from 'vitest';
import { arriving } from '../../../test/style-corpus/bytes.ts';
import * as chats from '../../../test/style-corpus/chats.ts';
import { ingestSource } from './ingest-source.ts';

const ingest = (file: string, authors?: string[]) => ingestSource(arriving(file, 100), { name: 'chat', authors });

const exports: [string, string, string][] = [
  ['discord', chats.discord(), '1001'],
  ['slack', chats.slack(), 'Ann Baker'],
  ['telegram', chats.telegram(), 'user1001'],
  ['line', chats.line(), 'ann'],
  ...Object.keys(chats.whatsAppStyles).map((style): [string, string, string] => [
    'whatsapp',
    chats.whatsApp(style as keyof typeof chats.whatsAppStyles),
    'Ann',
  ]),
];

describe.each(exports)('%s', (kind, file, alsoCalled) => {
  test('only the creator’s lines count, by name or id', async () => {
    for (const name of ['Ann', alsoCalled]) {
      const { report, sentences } = await ingest(file, [name]);
      expect(report.kind).toBe(kind);
      expect(sentences.map(({ text }) => text)).toEqual(chats.annSaid);
      expect(report.dropped).toContainEqual({ reason: 'other-author', count: 2, examples: [] });
      expect(report.problems).toEqual([]);
    }
  });

  test('with no name nothing is used, and the report says who wrote', async () => {
    const { report, sentences } = await ingest(file);
    expect(sentences).toEqual([]);
    expect(report.authors).toEqual([
      { name: 'Ann', pieces: 3, chosen: false },
      { name: 'Ben', pieces: 2, chosen: false },
    ]);
  });
});

test('posts of X: own ones, without whom they answer', async () => {
  const file = chats.twitter([
    '@ben that was the best cake of my life https://t.co/abc123',
    'RT @ben: look at my cake everybody',
    'Baking &amp; singing all day long #cake #sunday',
    '#今日のケーキ はレモンです。おいしかった！',
  ]);
  const { report, sentences } = await ingest(file);
  expect(report.kind).toBe('twitter');
  expect(sentences.map(({ text }) => text)).toEqual([
    'that was the best cake of my life',
    'Baking & singing all day long',
    '今日のケーキ はレモンです。',
    'おいしかった！',
  ]);
  expect(report.private).toEqual({ handle: 1, link: 1 });
  expect(report.dropped).toContainEqual({ reason: 'not-own', count: 1, examples: [] });
});

test('damage in a JSON export costs one message, or what comes after', async () => {
  const file = chats.discord();
  const broken = file.replace('"content": "The lemon one!', '"content": The lemon one!');
  const damaged = await ingest(broken, ['Ann']);
  expect(damaged.sentences).toHaveLength(chats.annSaid.length - 2);
  expect(damaged.report.problems[0]?.line).toBeGreaterThan(20);

  const cut = await ingest(file.slice(0, file.indexOf('third time')), ['Ann']);
  expect(cut.sentences.map(({ text }) => text)).toEqual(chats.annSaid.slice(0, 1));
  expect(cut.report.problems[0]?.message).toContain('ends in the middle');
});
