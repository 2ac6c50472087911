import { describe, expect, test } from 'vitest';
import { advanceExpression, createExpression, feelings } from './expression.ts';
import { openness } from './lip-sync.ts';
import type { Face } from './performance.ts';

const face = (more: Partial<Face> = {}): Face => ({
  mouth: { aa: 0, ih: 0, ou: 0, ee: 0, oh: 0 },
  mood: 'neutral',
  intensity: 0,
  speaking: false,
  sentence: undefined,
  wordIndex: -1,
  ...more,
});
const open = { aa: 1, ih: 0, ou: 0, ee: 0, oh: 0 };

/** Numbers that only look random, the same each time. */
function dice(): () => number {
  let seed = 7;
  return () => {
    seed = (seed * 16_807) % 2_147_483_647;
    return seed / 2_147_483_647;
  };
}

describe('expression', () => {
  test('moods ease in and out and cross over, never in a snap', () => {
    const expression = createExpression(() => 1);
    const moods = ['happy', 'sad', 'neutral', 'surprised', 'angry', 'relaxed'] as const;
    for (let frame = 0; frame < 600; frame += 1) {
      const before = { ...expression.feelings };
      const mood = moods[Math.floor(frame / 100)] ?? 'neutral';
      advanceExpression(expression, face({ mood, intensity: mood === 'neutral' ? 0 : 0.8 }), 1 / 60, () => 1);
      for (const name of feelings) expect(Math.abs(expression.feelings[name] - before[name])).toBeLessThan(0.04);
      if (frame % 100 === 99 && mood !== 'neutral') expect(expression.feelings[mood]).toBeCloseTo(0.8);
    }
  });

  test('blinks come after 1 to 6 s, last 0.2 s and go through all between', () => {
    const random = dice();
    const expression = createExpression(random);
    const starts: number[] = [];
    const closed: number[] = [];
    for (let ms = 0; ms < 120_000; ms += 10) {
      const before = expression.blink;
      advanceExpression(expression, face(), 0.01, random);
      if (before === 0 && expression.blink > 0) starts.push(ms);
      if (expression.blink > 0) closed.push(ms);
      expect(Math.abs(expression.blink - before)).toBeLessThan(0.2);
    }
    const pauses = starts.slice(1).map((start, index) => start - (starts[index] ?? 0));
    expect(starts.length).toBeGreaterThan(15);
    expect(Math.min(...pauses)).toBeGreaterThanOrEqual(1_000);
    expect(Math.max(...pauses)).toBeLessThanOrEqual(6_300);
    expect(closed.length / starts.length).toBeGreaterThan(17);
    expect(closed.length / starts.length).toBeLessThan(21);
  });

  test('with a feeling on the face the mouth opens to 0.8, and lids that are low blink less', () => {
    const expression = createExpression(() => 0);
    let widest = 0;
    let shut = 0;
    for (let frame = 0; frame < 180; frame += 1) {
      advanceExpression(expression, face({ mood: 'relaxed', intensity: 1, mouth: open }), 1 / 60, () => 0);
      if (frame > 40) widest = Math.max(widest, openness(expression.mouth));
      shut = Math.max(shut, expression.blink);
    }
    expect(widest).toBeCloseTo(0.8);
    expect(shut).toBeGreaterThan(0.5);
    expect(shut).toBeLessThan(0.7);
  });

  test('when speech is cut off the mouth is shut within 120 ms', () => {
    const expression = createExpression(() => 1);
    for (let frame = 0; frame < 30; frame += 1) advanceExpression(expression, face({ mouth: open }), 1 / 60, () => 1);
    expect(openness(expression.mouth)).toBeCloseTo(1);
    for (let frame = 0; frame < 7; frame += 1) advanceExpression(expression, face(), 1 / 60, () => 1);
    expect(openness(expression.mouth)).toBe(0);
  });

  test('a mood that changes brings a blink once the feeling is there, and who speaks blinks more', () => {
    const expression = createExpression(() => 1);
    const blinkedAt: number[] = [];
    for (let ms = 0; ms < 3_000; ms += 10) {
      const before = expression.blink;
      const mood = ms < 1_000 ? face() : face({ mood: 'surprised', intensity: 1 });
      advanceExpression(expression, mood, 0.01, () => 1);
      if (before === 0 && expression.blink > 0) blinkedAt.push(ms);
    }
    expect(blinkedAt).toHaveLength(1);
    expect(blinkedAt[0]).toBeGreaterThanOrEqual(1_490);
    expect(blinkedAt[0]).toBeLessThan(1_600);

    const blinks = (speaking: boolean): number => {
      const [one, random] = [createExpression(() => 1), dice()];
      let count = 0;
      for (let ms = 0; ms < 120_000; ms += 10) {
        const before = one.blink;
        advanceExpression(one, face({ speaking }), 0.01, random);
        if (before === 0 && one.blink > 0) count += 1;
      }
      return count;
    };
    expect(blinks(true)).toBeGreaterThan(blinks(false) * 1.2);
  });
});
