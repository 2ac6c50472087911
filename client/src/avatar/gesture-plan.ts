import type { MoodName, Sentence } from '@fantwin/shared/conversations';
import { seededRandom } from './seeded-random.ts';

export const handShapes = ['open', 'offer', 'point', 'heart'] as const;
export type HandShape = (typeof handShapes)[number];
export type HeadMove = 'nod' | 'tilt' | 'shake';

/** A hand comes up, beats with the stressed words, and goes down again. Times in ms from the sentence's beginning. */
export type HandGesture = {
  shape: HandShape;
  hands: 'left' | 'right' | 'both';
  /** How far, 0 to 1. */
  size: number;
  upAt: number;
  downAt: number;
  beats: readonly number[];
};
export type HeadGesture = { move: HeadMove; at: number; size: number; side: 1 | -1 };
export type GesturePlan = { hands: readonly HandGesture[]; heads: readonly HeadGesture[] };

type Planned = Pick<Sentence, 'index' | 'text' | 'durationMs' | 'words' | 'mood'>;

/** A hand needs this long to come up, and to go down. */
export const RISE_MS = 620;
export const FALL_MS = 720;
export const NONE: GesturePlan = { hands: [], heads: [] };

/** Shorter sentences are said with the head alone. */
const HANDS_FROM_MS = 1_500;
const HANDS_AFTER_MS = 150;
const STRESS_EVERY_MS = 480;
const PHRASE_MS = { least: 1_500, most: 3_200 };
const BEATS_MAX = 4;
const CHANCE_OF_HANDS = 0.72;

/** How large and how lively hands are in each mood. */
const liveliness: Record<MoodName, number> = {
  neutral: 0.75,
  happy: 1,
  angry: 0.9,
  sad: 0.4,
  relaxed: 0.6,
  surprised: 1,
};
const shapesOf: Record<MoodName, readonly HandShape[]> = {
  neutral: ['open', 'offer', 'point', 'open'],
  happy: ['open', 'offer', 'heart', 'open'],
  angry: ['point', 'offer', 'point'],
  sad: ['heart', 'offer'],
  relaxed: ['offer', 'open', 'heart'],
  surprised: ['open', 'open', 'heart'],
};
const REFUSAL = /\b(no|not|never|none|nothing)\b|n['’]t\b|いいえ|ません|ない(?:で|$|[。、！])/i;
const SELF = /\b(i|me|my|myself)\b|私|わたし|ぼく|僕/i;
const QUESTION = /[?？]\s*$/;

/** What hands and head do with a sentence: the same for everyone who hears it. */
export function planGestures(sentence: Planned): GesturePlan {
  const random = seededRandom(`${sentence.index} ${sentence.text}`);
  const stressed = stressedTimes(sentence, random);
  return { hands: planHands(sentence, stressed, random), heads: planHead(sentence, stressed, random) };
}

/** When the words begin that carry the sentence: long ones, not too near to each other. */
function stressedTimes({ words, text, durationMs }: Planned, random: () => number): number[] {
  const weights = words.map(({ t, d, i }, at) => {
    const length = (words[at + 1]?.i ?? text.length) - i;
    return { t, weight: d * (0.6 + Math.min(length, 9) / 9) * (0.8 + 0.4 * random()) };
  });
  const chosen: number[] = [];
  for (const { t } of weights.toSorted((a, b) => b.weight - a.weight)) {
    const isFree = chosen.every((other) => Math.abs(other - t) >= STRESS_EVERY_MS);
    if (isFree && t < durationMs - 200) chosen.push(t);
  }
  return chosen.sort((a, b) => a - b);
}

function planHands(sentence: Planned, stressed: readonly number[], random: () => number): HandGesture[] {
  const { durationMs, mood, text } = sentence;
  if (durationMs < HANDS_FROM_MS) return [];
  const gestures: HandGesture[] = [];
  const life = liveliness[mood.name];
  const last = durationMs - FALL_MS * 0.8; // hands are down when the next sentence begins
  let from = HANDS_AFTER_MS;
  let hands: HandGesture['hands'] = random() < 0.5 ? 'left' : 'right';
  while (from + RISE_MS <= last) {
    const to = Math.min(from + PHRASE_MS.least + random() * (PHRASE_MS.most - PHRASE_MS.least), last);
    const [first, shape, size, pick] = [from, pickShape(mood.name, text, random), random(), random()];
    const beats = stressed.filter((t) => t >= first + RISE_MS * 0.6 && t < to - 150).slice(0, BEATS_MAX);
    if (pick < CHANCE_OF_HANDS * (0.6 + 0.4 * life) && beats.length > 0) {
      hands = shape === 'open' && size > 0.55 ? 'both' : hands === 'left' ? 'right' : 'left';
      const upAt = Math.max((beats[0] ?? 0) - RISE_MS, first);
      gestures.push({ shape, hands, size: (0.55 + 0.45 * size) * life, upAt, downAt: to, beats });
    }
    from = to + FALL_MS * 0.6;
  }
  return gestures;
}

function pickShape(mood: MoodName, text: string, random: () => number): HandShape {
  const shapes = shapesOf[mood];
  const shape = shapes[Math.floor(random() * shapes.length)] ?? 'open';
  return shape === 'heart' && !SELF.test(text) ? 'offer' : shape;
}

function planHead(
  { text, mood, durationMs }: Planned,
  stressed: readonly number[],
  random: () => number,
): HeadGesture[] {
  const side = random() < 0.5 ? 1 : -1;
  const heads: HeadGesture[] = [];
  if (QUESTION.test(text)) heads.push({ move: 'tilt', at: Math.max(durationMs - 900, 0), size: 1, side });
  else if (REFUSAL.test(text)) heads.push({ move: 'shake', at: stressed[0] ?? 0, size: 0.8, side });
  for (const t of stressed) {
    const isFree = heads.every(({ at }) => Math.abs(at - t) > 700);
    if (isFree && random() < 0.6)
      heads.push({
        move: random() < 0.75 ? 'nod' : 'tilt',
        at: t,
        size: 0.5 + 0.5 * random(),
        side: random() < 0.5 ? 1 : -1,
      });
  }
  const calm = mood.name === 'sad' || mood.name === 'relaxed' ? 0.7 : 1;
  return heads.map((head) => ({ ...head, size: head.size * calm }));
}
