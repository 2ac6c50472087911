import { StyleReport } from '@fantwin/shared/training';
import { expect, test } from 'vitest';
import { arriving } from '../../../test/style-corpus/bytes.ts';
import { discord } from '../../../test/style-corpus/chats.ts';
import { japaneseSentence, sentence } from '../../../test/style-corpus/speech.ts';
import { buildCorpus } from './build-corpus.ts';
import { ingestSource } from './ingest-source.ts';
import { NEAR_SIMILARITY, similarity } from './near-duplicates.ts';

const source = (name: string, lines: readonly string[]) => ingestSource(arriving(lines.join('\n')), { name });
const sentences = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => sentence((from + i) * 37));
const warned = (report: StyleReport) =>
  report.warnings.map(({ code, source: about }) => `${code} ${about ?? ''}`.trim());

test('sources are joined, counted and judged', async () => {
  const talk = await source('talk', [...sentences(0, 500), '今日は雨が降っています。']);
  const again = await source('again', [...sentences(490, 520), 'Ruf mich an: 030 12345678, ja?', 'x'.repeat(3)]);
  const { report, train, heldOut } = await buildCorpus([talk, again]);

  expect(StyleReport.parse(report)).toEqual(report);
  expect(report.kept).toBe(train.length + heldOut.length);
  expect([report.train, report.heldOut]).toEqual([train.length, heldOut.length]);
  expect(report.sources.map(({ kept }) => kept).reduce((a, b) => a + b)).toBe(report.kept);
  const lost = report.dropped
    .filter(({ reason }) => /duplicate/u.test(reason))
    .reduce((sum, { count }) => sum + count, 0);
  expect(report.kept + lost).toBe(501 + 30);
  expect(report.sources[1]?.dropped.find(({ reason }) => reason === 'duplicate')?.count).toBe(10);
  expect(report.languages.ja).toBe(1);
  expect(report.private).toEqual({ phone: 1 });
  expect(report.missing).toBe(15_000 - report.kept);
  expect(report.verdict).toBe('ready');
  expect(warned(report)).toEqual(['few-sentences', 'one-source talk']);
  expect(report.tokens).toBeGreaterThan(report.characters / 6);
});

test('too little is said with what is missing; a chat asks who is who; other languages are named', async () => {
  const spanish = [
    'Hoy estoy muy cansado pero feliz.',
    'Gracias por estar aquí con nosotros.',
    'La casa es muy grande y bonita.',
  ];
  const chat = await ingestSource(arriving(discord()), { name: 'chat' });
  const { report } = await buildCorpus([await source('vlog', spanish), chat]);
  expect(report.verdict).toBe('too-little');
  expect(report.message).toBe('There are 3 usable sentences. Training starts at 300: add at least 297 more.');
  expect(warned(report)).toEqual(['one-source vlog', 'other-language vlog', 'choose-authors chat']);
});

test('the order of sources changes no figure; what is held out stays so, and has no twin in training', async () => {
  const twins = sentences(0, 80).map((text) => text.replace(/time\.$/u, 'time, you know.'));
  const [a, b, c] = await Promise.all([
    source('a', sentences(0, 200)),
    source('b', [...twins, ...Array.from({ length: 40 }, (_, i) => japaneseSentence(i))]),
    source('c', sentences(150, 300)),
  ]);
  const one = await buildCorpus([a, b, c]);
  const other = await buildCorpus([c, b, a]);
  const all = (list: { text: string }[]) => list.map(({ text }) => text).sort();
  expect(all(other.train)).toEqual(all(one.train));
  expect(all(other.heldOut)).toEqual(all(one.heldOut));
  expect(one.heldOut.length).toBeGreaterThan(10);
  expect(one.heldOut.length).toBeLessThan(one.report.kept * 0.2);
  for (const held of one.heldOut)
    for (const trained of one.train) expect(similarity(held, trained)).toBeLessThan(NEAR_SIMILARITY);
});
