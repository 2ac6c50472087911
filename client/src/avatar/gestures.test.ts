import type { Sentence } from '@fantwin/shared/conversations';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { handShapes, NONE, planGestures } from './gesture-plan.ts';
import { addGestures, addPlan, createGestures, restsAfter } from './gestures.ts';
import type { Face } from './performance.ts';
import { createPose, type Pose, posedBones } from './pose.ts';

const STEP_MS = 1000 / 60;
/** Radians a second. */
const FASTEST = { arms: 6.5, others: 1.4 };
const moods = ['neutral', 'happy', 'angry', 'sad', 'relaxed', 'surprised'] as const;

/** A sentence whose words each take their length. */
function say(text: string, mood: Sentence['mood']['name'] = 'neutral', startsAt = 0): Sentence {
  let t = 0;
  const words = [...text.matchAll(/\S+/g)].map((found) => {
    const d = 90 + found[0].length * 55;
    const word = { t, d, i: found.index };
    t += d;
    return word;
  });
  return { index: 0, text, mood: { name: mood, intensity: 0.7 }, startsAt, durationMs: t, visemes: [], words };
}
const LONG = 'I told my friends about the lighthouse and they listened to every single word until the morning came.';
const faceOf = (sentence: Sentence | undefined, now: number): Face => ({
  mouth: { aa: 0, ih: 0, ou: 0, ee: 0, oh: 0 },
  mood: 'neutral',
  intensity: 0,
  speaking: false,
  wordIndex: -1,
  sentence:
    sentence && now >= sentence.startsAt && now < sentence.startsAt + sentence.durationMs ? sentence : undefined,
});
const text = fc
  .array(fc.stringMatching(/^[a-z]{1,12}[.,?]?$/), { minLength: 1, maxLength: 25 })
  .map((words) => words.join(' '));

/** The bone that turned faster than it may from one frame to the next. */
function tooFast(before: Pose, after: Pose, seconds: number): string | undefined {
  return posedBones.find((bone) => {
    const fastest = /Arm|Hand/.test(bone) ? FASTEST.arms : FASTEST.others;
    const { x, y, z } = before[bone];
    const { x: toX, y: toY, z: toZ } = after[bone];
    return Math.max(Math.abs(toX - x), Math.abs(toY - y), Math.abs(toZ - z)) / seconds > fastest;
  });
}
/** A sentence that is said with the hands. */
function withHands(): { sentence: Sentence; upAt: number } {
  for (let n = 0; n < 50; n += 1) {
    const sentence = say(`${LONG} ${n}`, 'happy');
    const [first] = planGestures(sentence).hands;
    if (first) return { sentence, upAt: first.upAt };
  }
  throw new Error('no sentence is said with the hands');
}
const largest = (pose: Pose): number =>
  Math.max(...posedBones.flatMap((bone) => Object.values(pose[bone]).map((value) => Math.abs(value))));

describe('the plan for a sentence', () => {
  test('is the same wherever it is made, and another for another sentence', () => {
    expect(planGestures(say(LONG))).toEqual(planGestures(structuredClone(say(LONG, 'neutral', 99_000))));
    const plans = Array.from({ length: 20 }, (_, n) => JSON.stringify(planGestures(say(`${LONG} ${n}`))));
    expect(new Set(plans).size).toBe(20);
  });

  test('varies: every shape, both hands and one, and sentences that need no hands', () => {
    const plans = Array.from({ length: 300 }, (_, n) => planGestures(say(`${LONG} ${n}`, moods[n % moods.length])));
    const made = plans.flatMap(({ hands }) => hands);
    expect(new Set(made.map(({ shape }) => shape))).toEqual(new Set(handShapes));
    expect(new Set(made.map(({ hands }) => hands))).toEqual(new Set(['left', 'right', 'both']));
    expect(plans.some(({ hands }) => hands.length === 0)).toBe(true);
    const moves = plans.flatMap(({ heads }) => heads.map(({ move }) => move));
    expect(new Set(moves)).toEqual(new Set(['nod', 'tilt']));
  });

  test('beats with words, lies within the sentence and is over when it is', () => {
    fc.assert(
      fc.property(text, fc.constantFrom(...moods), (said, mood) => {
        const sentence = say(said, mood);
        const plan = planGestures(sentence);
        const starts = sentence.words.map(({ t }) => t);
        for (const { beats, upAt, downAt, size } of plan.hands) {
          for (const beat of beats) expect(starts).toContain(beat);
          expect(upAt).toBeGreaterThanOrEqual(0);
          expect(downAt).toBeLessThan(sentence.durationMs);
          expect(size).toBeLessThanOrEqual(1);
        }
        const pose = createPose();
        addPlan(plan, pose, Math.max(sentence.durationMs + 1_200, restsAfter(plan)), 1);
        expect(largest(pose)).toBe(0);
      }),
    );
  });

  test('a question tilts the head, a refusal shakes it, an exclamation of three words leaves the hands alone', () => {
    const moves = (said: string) => planGestures(say(said)).heads.map(({ move }) => move);
    expect(moves('Would you like to hear it again?')).toContain('tilt');
    expect(moves('No, I would never do that.')).toContain('shake');
    expect(moves('いいえ、行きません。')).toContain('shake');
    expect(planGestures(say('Oh how nice!')).hands).toEqual([]);
    expect(planGestures({ ...say(''), words: [] })).toEqual(NONE);
  });
});

describe('the body that follows it', () => {
  test('no bone turns fast or far: in whole sentences, cut off at any moment, and with the next at once', () => {
    const cut = fc.integer({ min: 0, max: 5_000 });
    fc.assert(
      fc.property(text, text, cut, fc.constantFrom(...moods), (one, two, cutAt, mood) => {
        const first = say(one, mood, 200);
        const second = say(two, mood, Math.min(first.durationMs, cutAt) + 260);
        const gestures = createGestures();
        let before = createPose();
        let [widest, fast]: [number, string | undefined] = [0, undefined];
        for (let now = 0; now < second.startsAt + second.durationMs + 1_500; now += STEP_MS) {
          const said = now < 200 + cutAt ? first : second;
          const pose = createPose();
          addGestures(gestures, pose, faceOf(said, now), now, STEP_MS / 1000, 1);
          widest = Math.max(widest, largest(pose));
          fast ??= tooFast(before, pose, STEP_MS / 1000);
          before = pose;
        }
        expect(fast).toBeUndefined();
        expect(widest).toBeLessThan(2.4);
        expect(largest(before), 'at rest in the end').toBe(0);
      }),
      { numRuns: 40 },
    );
  });

  test('who comes in the middle makes the same gesture as the others within a second', () => {
    const { sentence, upAt } = withHands();
    const [early, late] = [createGestures(), createGestures()];
    let [hers, his] = [createPose(), createPose()];
    for (let now = 0; now < upAt + 1_400; now += STEP_MS) {
      [hers, his] = [createPose(), createPose()];
      addGestures(early, hers, faceOf(sentence, now), now, STEP_MS / 1000, 1);
      if (now > upAt + 400) addGestures(late, his, faceOf(sentence, now), now, STEP_MS / 1000, 1);
    }
    expect(largest(hers)).toBeGreaterThan(0.3);
    expect(his).toEqual(hers);
  });

  test('shown in part it is smaller, and not at all with reduced motion', () => {
    const { sentence, upAt } = withHands();
    const [plan, at] = [planGestures(sentence), upAt + 700];
    const [whole, half] = [createPose(), createPose()];
    addPlan(plan, whole, at, 1);
    addPlan(plan, half, at, 0.5);
    expect(largest(whole)).toBeGreaterThan(0.5);
    expect(half.leftLowerArm.y + half.rightLowerArm.y).toBeCloseTo((whole.leftLowerArm.y + whole.rightLowerArm.y) / 2);
    const still = createPose();
    addGestures(createGestures(), still, faceOf(say(LONG), at), at, 1, 0);
    expect(largest(still)).toBe(0);
  });
});
