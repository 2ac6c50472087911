import { limitMouth, type Mouth, mouthShapes, openness, restMouth } from './lip-sync.ts';
import type { Face } from './performance.ts';

export const feelings = ['happy', 'angry', 'sad', 'relaxed', 'surprised'] as const;
type Feeling = (typeof feelings)[number];
export type Feelings = Readonly<Record<Feeling, number>>;

/** What is set on the model: feelings, lids and mouth, each from 0 to 1. */
export type Expression = {
  feelings: Record<Feeling, number>;
  blink: number;
  mouth: Mouth;
  /** Seconds: until the next blink, and since the running one began. */
  nextBlink: number;
  blinking: number | undefined;
  /** The mood that the lids have taken notice of. */
  mood: Face['mood'];
};

const BLINK_SECONDS = 0.2;
const BLINK_EVERY_SECONDS = { least: 1, most: 6, mostSpeaking: 3.6 };
/** A feeling needs this long from nothing to all, either way. */
const FEELING_SECONDS = 0.5;
/** A mood that changes makes the lids fall once, when the feeling has come: before, they would go past each other. */
const BLINK_AFTER_MOOD_SECONDS = FEELING_SECONDS;
/** The mouth's own inertia: what cuts a word off still closes it within the time of a few frames. */
const MOUTH_SECONDS = { open: 0.05, close: 0.09 };
/** With a feeling on the face the mouth opens less, or it looks torn. */
const MOUTH_WITH_FEELING = 0.8;
/** How far a feeling closes the lids by itself, so that a blink does not push them past each other. */
const lids: Record<Feeling, number> = { happy: 0.1, angry: 0.1, sad: 0.2, relaxed: 0.35, surprised: 0 };

export function createExpression(random: () => number): Expression {
  return {
    feelings: { happy: 0, angry: 0, sad: 0, relaxed: 0, surprised: 0 },
    blink: 0,
    mouth: restMouth(),
    nextBlink: pauseBeforeBlink(false, random),
    blinking: undefined,
    mood: 'neutral',
  };
}

/** Who speaks blinks more. */
function pauseBeforeBlink(speaking: boolean, random: () => number): number {
  const { least, most, mostSpeaking } = BLINK_EVERY_SECONDS;
  return least + random() * ((speaking ? mostSpeaking : most) - least);
}

/** The lids fall in `seconds` if they would not before: eyes that go far take them along. */
export function blinkIn(expression: Expression, seconds: number): void {
  expression.nextBlink = Math.min(expression.nextBlink, seconds);
}

/** Moves towards what the face should show; nothing on it ever jumps. */
export function advanceExpression(expression: Expression, face: Face, seconds: number, random: () => number): void {
  let felt = 0;
  let closed = 0;
  for (const feeling of feelings) {
    const wanted = feeling === face.mood ? face.intensity : 0;
    const value = towards(expression.feelings[feeling], wanted, seconds / FEELING_SECONDS, seconds / FEELING_SECONDS);
    expression.feelings[feeling] = value;
    felt += value;
    closed += value * lids[feeling];
  }
  if (face.mood !== expression.mood) {
    expression.mood = face.mood;
    blinkIn(expression, BLINK_AFTER_MOOD_SECONDS);
  }
  expression.blink = advanceBlink(expression, face.speaking, seconds, random) * (1 - closed);
  advanceMouth(expression.mouth, face.mouth, 1 - (1 - MOUTH_WITH_FEELING) * Math.min(felt * 4, 1), seconds);
}

function advanceMouth(mouth: Mouth, wanted: Mouth, cap: number, seconds: number): void {
  const wantedOpen = openness(wanted);
  const scale = wantedOpen > cap ? cap / wantedOpen : 1;
  const up = seconds / MOUTH_SECONDS.open;
  const down = seconds / MOUTH_SECONDS.close;
  for (const shape of mouthShapes) mouth[shape] = towards(mouth[shape], wanted[shape] * scale, up, down);
  limitMouth(mouth, cap);
}

function advanceBlink(expression: Expression, speaking: boolean, seconds: number, random: () => number): number {
  if (expression.blinking === undefined) {
    expression.nextBlink -= seconds;
    if (expression.nextBlink > 0) return 0;
    expression.blinking = 0;
    expression.nextBlink = pauseBeforeBlink(speaking, random);
  }
  expression.blinking += seconds;
  if (expression.blinking >= BLINK_SECONDS) {
    expression.blinking = undefined;
    return 0;
  }
  return Math.sin((expression.blinking / BLINK_SECONDS) * Math.PI);
}

function towards(value: number, wanted: number, up: number, down: number): number {
  return wanted > value ? Math.min(value + up, wanted) : Math.max(value - down, wanted);
}
