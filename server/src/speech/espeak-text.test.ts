import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { espeakText } from './espeak-text.ts';
import { espeakTimeline } from './espeak-timeline.ts';

test.each([
  ['<b>Hi</b> [[h@l]] there', ' b Hi /b    h@l   there'],
  ['*smiles* 😊 R&B', ' smiles    R B'],
  ['👍🏽 ok\u200D', '   ok '],
  ['ﾊﾛｰ ＯＫ', 'ハロー OK'],
  ['café naïve', 'café naïve'],
  ['100% = $5', '100% = $5'],
])('%s', (sentence, read) => {
  expect(espeakText(sentence).text).toBe(read);
});

test('each character keeps its place, and nothing that could be a command is left', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (sentence) => {
      const { text, offsets } = espeakText(sentence);
      expect(Array.from(text)).toHaveLength(offsets.length);
      expect(offsets).toHaveLength(Array.from(sentence).length);
      expect(text).not.toMatch(/[<>[\]&\p{Extended_Pictographic}]/u);
      for (const offset of offsets) expect(sentence.codePointAt(offset)).toBeDefined();
    }),
  );
});

test('any events of eSpeak: visemes and words in order, inside the sound', () => {
  const event = fc.oneof(
    fc.record({
      type: fc.constant('phoneme' as const),
      gap: fc.nat(300),
      ipa: fc.constantFrom('h', 'ˈoʊ', 'l', '', '(en)', 'tʃ', 'ɪɹ'),
    }),
    fc.record({ type: fc.constant('word' as const), gap: fc.nat(300), place: fc.nat(40) }),
  );
  fc.assert(
    fc.property(fc.array(event, { maxLength: 40 }), fc.nat(4_000), (steps, durationMs) => {
      let atMs = 0;
      const events = steps.map(({ gap, ...rest }) => ({ ...rest, atMs: (atMs += gap) }));
      const sentence = 'Hello 😊 my dear fan, is it 2.5 km?';
      const { visemes, words } = espeakTimeline({ events, durationMs }, sentence, espeakText(sentence).offsets, 'en');
      for (const list of [visemes, words]) {
        let free = 0;
        for (const { t, d } of list) {
          expect(t).toBeGreaterThanOrEqual(free);
          expect(d).toBeGreaterThan(0);
          free = t + d;
        }
        expect(free).toBeLessThanOrEqual(durationMs);
      }
      for (const { i } of words) expect(sentence.slice(i, i + 1)).toMatch(/\S/u);
    }),
  );
});
