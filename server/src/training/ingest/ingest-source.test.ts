import { readFileSync } from 'node:fs';
import { StyleSourceReport } from '@fantwin/shared/training';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { arriving } from '../../../test/style-corpus/bytes.ts';
import { rollingSrt, youtubeJson, youtubeVtt } from '../../../test/style-corpus/captions.ts';
import { japaneseSentence, sentence } from '../../../test/style-corpus/speech.ts';
import { ingestSource } from './ingest-source.ts';
import { findPrivate } from './private-data.ts';

const ingest = (file: string | Uint8Array, chunkBytes?: number) =>
  ingestSource(arriving(file, chunkBytes), { name: 'file' });
const texts = async (file: string | Uint8Array) => (await ingest(file)).sentences.map(({ text }) => text);
const sample = (name: string) => readFileSync(new URL(`../../../test/style-corpus/${name}`, import.meta.url));

describe('kinds are told by their content', () => {
  const said = ['so today we bake a cake', 'with lemon and with sugar'];
  test.each([
    ['webvtt', youtubeVtt(said)],
    ['srt', rollingSrt(said, 2)],
    ['srt', `\ufeff${rollingSrt(said, 2).replaceAll('\n', '\r\n')}`],
    ['youtube-json3', youtubeJson(said)],
    ['jsonl', said.map((text) => JSON.stringify({ text })).join('\n')],
    ['text', said.join('\n')],
    ['text', `[12:03] ${said[0]}\n[12:04] ${said[1]}`],
  ])('%s', async (kind, file) => {
    const { report, sentences } = await ingest(file, 7);
    expect(report.kind).toBe(kind);
    expect(sentences.map(({ text }) => text).join(' ')).toBe(said.join(' '));
  });

  test('assistant turns of a chat for fine-tuning', async () => {
    const messages = [
      { role: 'system', content: 'You are a baker.' },
      { role: 'user', content: 'What do you bake today?' },
      { role: 'assistant', content: [{ type: 'text', text: 'Bread, as every morning.' }] },
    ];
    expect(await texts(JSON.stringify({ messages }))).toEqual(['Bread, as every morning.']);
  });
});

describe('encodings', () => {
  const text = `${'A plain line of ASCII before. '.repeat(400)}\nその後に日本語の文章が続きます。カタカナもあります。\n`;
  const wide = Buffer.from(`\ufeff${text}`, 'utf16le');
  test.each([
    ['utf-8', Buffer.from(text)],
    ['utf-8', Buffer.from(`\ufeff${text}`)],
    ['utf-16le', wide],
    ['utf-16be', Buffer.from(wide).swap16()],
    ['shift_jis', sample('sjis.txt')],
  ])('%s, in pieces of any size', async (encoding, file) => {
    for (const chunkBytes of [1, 7, 100_000]) {
      const { report, sentences } = await ingest(file, chunkBytes);
      expect(report.encoding).toBe(encoding);
      expect(sentences.map((one) => one.text)).toContain('その後に日本語の文章が続きます。');
    }
  });
});

describe('refused, saying what to do', () => {
  test.each([
    ['a picture', Buffer.from('89504e470d0a1a0a0000', 'hex'), 'picture'],
    ['a ZIP', Buffer.from('504b030414000000', 'hex'), 'Unpack it'],
    ['zeros', Buffer.alloc(5_000), 'not a text file'],
    [
      'UTF-16 without its mark',
      Buffer.from('Hello there, my friend. '.repeat(20), 'utf16le'),
      'Save the file as UTF-8',
    ],
    ['Latin-1', Buffer.from('Le café était fermé. Dommage, déjà passé. '.repeat(9), 'latin1'), 'save it as UTF-8'],
    ['nothing', Buffer.alloc(0), 'empty'],
    ['a web page', Buffer.from('<!DOCTYPE html><html></html>'), 'web page'],
    ['some JSON', Buffer.from('{"a": [1, 2]}'), 'of no kind that we know'],
    ['XML', Buffer.from('<?xml version="1.0"?><transcript/>'), 'VTT, SRT or json3'],
  ])('%s', async (_, file, words) => {
    await expect(ingest(file)).rejects.toMatchObject({ code: 'bad-request', message: expect.stringContaining(words) });
  });

  test('more than 50 MB', async () => {
    async function* endless() {
      yield Buffer.from('{"wireMagic": "pb3", "events": [');
      for (;;) yield Buffer.alloc(1024 * 1024, ' ');
    }
    await expect(ingestSource(endless(), { name: 'big' })).rejects.toMatchObject({ code: 'too-large' });
  });
});

describe('a file that is damaged in the middle', () => {
  test('broken letters cost their line', async () => {
    const lines = [japaneseSentence(1), japaneseSentence(28), japaneseSentence(57)].map((line) =>
      Buffer.from(`${line}\n`),
    );
    (lines[1] as Buffer)[4] = 0xff;
    const { report, sentences } = await ingest(Buffer.concat(lines));
    expect(sentences).toHaveLength(2);
    expect(report.problems).toEqual([{ line: 2, message: expect.stringContaining('left out') }]);
  });

  test('a line of JSONL, a time of a caption', async () => {
    const jsonl = await ingest('{"text": "The first one is fine."}\n{"text": \n{"text": "So is the third one."}\n');
    expect(jsonl.sentences).toHaveLength(2);
    expect(jsonl.report.problems[0]?.line).toBe(2);

    const srt =
      '1\n00:00:01,000 --> 00:00:02,000\nThis one is fine.\n\n2\n00:0x:02 --> 99\nThis one is lost.\n\n3\n00:00:05,000 --> 00:00:06,000\nAnd this one is fine.\n';
    const captions = await ingest(srt);
    expect(captions.sentences.map(({ text }) => text)).toEqual(['This one is fine.', 'And this one is fine.']);
    expect(captions.report.problems[0]?.line).toBe(6);
  });
});

test('captions with voices, notes, styles, sounds and readings', async () => {
  const { report, sentences } = await ingest(sample('voices.vtt'));
  expect(sentences.map(({ text }) => text)).toEqual([
    'Welcome back to the kitchen.',
    'Today it is only <3 and flour, right?',
    'I & my brother tried it twice.',
    '今日は東京から配信します。',
    'Never mind the noise.',
  ]);
  expect(report.authors.map(({ name }) => name)).toEqual(['Ann', 'Ben Baker']);
  expect(report.dropped.find(({ reason }) => reason === 'sound')?.count).toBe(4);
});

test('what people write: style stays, the rest goes', async () => {
  const { sentences, report } = await ingest(sample('posts.txt'));
  expect(sentences.map(({ text }) => text)).toEqual([
    'sooo happy today!!! 😂',
    'the cake fell apart again (laughs)',
    'New video is out, look',
    'めっちゃ楽しかった(笑)',
    '次も見てね♪',
    'He said: never again.',
    'A wrapped line that some program has broken at its column goes on here as one.',
    'Rule one: butter first',
    'And that was the code.',
  ]);
  expect(report.private).toEqual({ link: 1, handle: 1, email: 1, phone: 2, address: 1 });
  const shown = report.dropped.find(({ reason }) => reason === 'personal-data');
  expect(shown).toEqual({
    reason: 'personal-data',
    count: 4,
    examples: ['Write to [email] if you like', 'Call [phone] tomorrow', '電話は[phone]です'],
  });
  expect(report.dropped.find(({ reason }) => reason === 'not-own')?.count).toBe(1);
});

const privateThings = [
  'ann@mail.example.org',
  '090-1234-5678',
  '+1 (555) 234-5678',
  '4111 1111 1111 1111',
  'https://a.example/b',
  '@somebody',
  '192.168.0.17',
  '〒100-0001 東京都千代田区丸の内1-9-1',
  'DE89 3704 0044 0532 0130 00',
  '12 Pine Street',
];
const part = fc.oneof(
  fc.constantFrom(...privateThings),
  fc.nat(5_000).map(sentence),
  fc.nat(100).map(japaneseSentence),
  fc.constantFrom(
    ' ',
    '. ',
    '\n',
    '(',
    ')',
    '「',
    '」',
    '-',
    '#',
    ':',
    '/',
    '<b>',
    '&#64;',
    '090',
    '1234',
    '😂😂',
    '…',
    '\u200b',
    'ー',
    '**',
  ),
);

test('nothing that the rules find survives, however texts are put together', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(part, { minLength: 1, maxLength: 12 }), async (parts) => {
      const kept = await texts(`Hello there my friend.\n${parts.join('')}`);
      for (const text of kept) expect(findPrivate(text)).toEqual([]);
    }),
    { numRuns: 150, seed: 3 },
  );
});

test('two files in one give what both give', async () => {
  const paragraph = fc.array(fc.oneof(fc.nat(400).map(sentence), fc.nat(100).map(japaneseSentence)), {
    minLength: 1,
    maxLength: 30,
  });
  await fc.assert(
    fc.asyncProperty(paragraph, paragraph, async (a, b) => {
      const both = new Set([...(await texts(a.join('\n'))), ...(await texts(b.join('\n')))]);
      expect(new Set(await texts(`${a.join('\n')}\n\n${b.join('\n')}`))).toEqual(both);
    }),
    { numRuns: 40, seed: 5 },
  );
});

test('the event loop lives while a file is read', async () => {
  const file = Buffer.from(Array.from({ length: 5_000 }, (_, i) => sentence(i)).join('\n'));
  let ticks = 0;
  const timer = setInterval(() => (ticks += 1), 1);
  const { report } = await ingest(file);
  clearInterval(timer);
  expect(ticks).toBeGreaterThan(2);
  expect(StyleSourceReport.partial().parse(report)).toBeTruthy();
});
