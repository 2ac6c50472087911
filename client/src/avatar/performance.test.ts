import type { Sentence } from '@fantwin/shared/conversations';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mouthShapes, openness } from './lip-sync.ts';
import { createPerformance, type Face } from './performance.ts';

const sentence = (index: number, startsAt: number, more: Partial<Sentence> = {}): Sentence => ({
  index,
  text: 'Ah oh',
  mood: { name: 'happy', intensity: 0.6 },
  startsAt,
  durationMs: 1_000,
  visemes: [
    { t: 0, d: 400, v: 'aa', w: 1 },
    { t: 400, d: 100, v: 'PP', w: 0.8 },
    { t: 500, d: 400, v: 'O', w: 1 },
    { t: 900, d: 100, v: 'sil', w: 0 },
  ],
  words: [
    { t: 0, d: 500, i: 0 },
    { t: 500, d: 400, i: 3 },
  ],
  ...more,
});
const copy = (face: Face): Face => ({ ...face, mouth: { ...face.mouth } });

describe('a performance', () => {
  test('shows mouth, word and mood at each moment, and rests before and after', () => {
    const performance = createPerformance();
    performance.show({ replyId: 'r', sentences: [sentence(0, 10_000)] });
    expect(performance.faceAt(9_900)).toMatchObject({ speaking: false, intensity: 0, mouth: { aa: 0 } });
    const early = performance.faceAt(10_200);
    expect(early).toMatchObject({ speaking: true, mood: 'happy', wordIndex: 0, sentence: { index: 0 } });
    expect(early.mouth.aa).toBeGreaterThan(0.95);
    expect(openness(performance.faceAt(10_430).mouth)).toBeLessThan(0.1); // the lips meet for the p
    expect(performance.faceAt(10_700)).toMatchObject({ wordIndex: 1 });
    expect(performance.faceAt(10_700).mouth.oh).toBeGreaterThan(0.9);
    expect(performance.faceAt(11_000)).toMatchObject({ speaking: false, wordIndex: -1 });
    expect(openness(performance.faceAt(11_000).mouth)).toBe(0);
    expect(performance.faceAt(11_300).intensity).toBeCloseTo(0.6);
    expect(performance.faceAt(14_000).intensity).toBe(0);
  });

  test('lips lead the sound, also into the first word', () => {
    const performance = createPerformance();
    performance.show({ replyId: 'r', sentences: [sentence(0, 10_000)] });
    expect(openness(performance.faceAt(9_970).mouth)).toBeGreaterThan(0.3);
    expect(openness(performance.faceAt(9_930).mouth)).toBe(0);
  });

  test('stop is silence at once, and later sentences of that reply are not said; the next reply is', () => {
    const performance = createPerformance();
    performance.show({ replyId: 'r', sentences: [sentence(0, 10_000)] });
    performance.stop();
    expect(performance.faceAt(10_200)).toMatchObject({ speaking: false, intensity: 0 });
    performance.show({ replyId: 'r', sentences: [sentence(0, 10_000), sentence(1, 10_100)] });
    expect(openness(performance.faceAt(10_200).mouth)).toBe(0);
    performance.show({ replyId: 'next', sentences: [sentence(0, 10_000)] });
    expect(performance.faceAt(10_200).speaking).toBe(true);
    performance.show(undefined);
    expect(performance.faceAt(10_200).speaking).toBe(false);
  });

  test('a mood that goes on does not dip between sentences', () => {
    const performance = createPerformance();
    performance.show({ replyId: 'r', sentences: [sentence(0, 10_000), sentence(1, 11_000)] });
    for (let now = 10_400; now < 12_000; now += 10) expect(performance.faceAt(now).intensity).toBeCloseTo(0.6);
  });
});

const timed = fc.array(fc.record({ gap: fc.nat(600), d: fc.integer({ min: 1, max: 400 }) }), {
  minLength: 1,
  maxLength: 12,
});

test('sentences in any order or twice, and a late joiner: the same face at the same time', () => {
  fc.assert(
    fc.property(timed, fc.array(fc.nat()), fc.nat(9_000), (gaps, picks, at) => {
      let startsAt = 5_000;
      const sentences = gaps.map(({ gap, d }, index) => {
        startsAt += gap + d * 4;
        return sentence(index, startsAt, { durationMs: d * 4 });
      });
      const usual = createPerformance();
      usual.show({ replyId: 'r', sentences });
      for (let now = 4_000; now < 5_000 + at; now += 37) usual.faceAt(now);
      const mixed = [...sentences, ...picks.map((pick) => sentences[pick % sentences.length] as Sentence)].toSorted(
        (a, b) => ((a.startsAt * 7_919) % 13) - ((b.startsAt * 7_919) % 13),
      );
      const late = createPerformance();
      late.show({ replyId: 'r', sentences: mixed });
      expect(copy(late.faceAt(5_000 + at))).toEqual(copy(usual.faceAt(5_000 + at)));
    }),
  );
});

test('the mouth never jumps: in 10 ms no shape moves by more than a quarter', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('aa', 'PP', 'O', 'SS', 'sil', 'U'), { maxLength: 10 }),
      fc.integer({ min: 60, max: 150 }),
      (names, d) => {
        const visemes = names.map((v, index) => ({ t: index * d, d, v, w: 1 }));
        const performance = createPerformance();
        performance.show({ replyId: 'r', sentences: [sentence(0, 1_000, { visemes, durationMs: names.length * d })] });
        let before = copy(performance.faceAt(800));
        for (let now = 810; now < 1_200 + names.length * d; now += 10) {
          const face = performance.faceAt(now);
          for (const shape of mouthShapes) expect(Math.abs(face.mouth[shape] - before.mouth[shape])).toBeLessThan(0.26);
          before = copy(face);
        }
        expect(openness(before.mouth)).toBe(0);
      },
    ),
  );
});
