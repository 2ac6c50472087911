import type { Sentence } from '@fantwin/shared/conversations';
import {
  FALL_MS,
  type GesturePlan,
  type HandGesture,
  type HandShape,
  type HeadGesture,
  NONE,
  planGestures,
  RISE_MS,
} from './gesture-plan.ts';
import type { Face } from './performance.ts';
import { addSided, addTurn, ease, type Pose, type Side, type Turn } from './pose.ts';

type ArmTurns = { shoulder: Turn; upperArm: Turn; lowerArm: Turn; hand: Turn };
const turn = (x: number, y: number, z: number): Turn => ({ x, y, z });

/** What each shape adds to an arm that hangs, told for the left. Hands stay in front of the body and off it. */
const shapes: Record<HandShape, ArmTurns> = {
  open: {
    shoulder: turn(0, 0, 0.05),
    upperArm: turn(-0.4, 0, 0.24),
    lowerArm: turn(-0.35, -1.75, 0),
    hand: turn(-0.55, 0, 0.25),
  },
  offer: {
    shoulder: turn(0, 0, 0.03),
    upperArm: turn(-0.55, 0, 0.1),
    lowerArm: turn(-0.1, -1.55, 0),
    hand: turn(-0.7, 0, 0.15),
  },
  point: {
    shoulder: turn(0, 0, 0.04),
    upperArm: turn(-0.4, 0, 0.2),
    lowerArm: turn(-0.1, -1.9, 0),
    hand: turn(0.1, 0, 0.05),
  },
  heart: {
    shoulder: turn(0, 0, 0.03),
    upperArm: turn(-0.5, 0, 0.14),
    lowerArm: turn(0.35, -2, 0),
    hand: turn(-0.35, 0, -0.1),
  },
};
/** What a beat adds at its deepest. */
const BEAT: ArmTurns = {
  shoulder: turn(0, 0, -0.01),
  upperArm: turn(-0.05, 0, -0.03),
  lowerArm: turn(0, 0.22, 0),
  hand: turn(0.05, 0, -0.16),
};
const BEAT_MS = { down: 150, back: 330 };
const HEAD_MS = { nod: 460, tilt: 1_100, shake: 900 };
/** How long it takes to leave a gesture whose sentence was cut off, and to drop into one in the middle. */
const CHANGE_SECONDS = 0.6;

/** Who makes the gestures: which sentence they belong to, and how much of them is shown. */
export function createGestures() {
  return { sentence: undefined as Sentence | undefined, plan: NONE, presence: 0 };
}
export type Gestures = ReturnType<typeof createGestures>;

/** Adds to the pose what hands and head do at `now`, by the clock that the mouth goes by. */
export function addGestures(
  gestures: Gestures,
  pose: Pose,
  face: Face,
  now: number,
  seconds: number,
  part: number,
): void {
  follow(gestures, face.sentence, now, seconds);
  const shown = ease(gestures.presence) * part;
  if (!gestures.sentence || shown === 0) return;
  addPlan(gestures.plan, pose, now - gestures.sentence.startsAt, shown);
}

/** What a plan adds to a pose at one moment, `elapsed` ms after the sentence began. */
export function addPlan(plan: GesturePlan, pose: Pose, elapsed: number, part: number): void {
  for (const gesture of plan.hands) addHands(gesture, pose, elapsed, part);
  for (const gesture of plan.heads) addHead(gesture, pose, elapsed, part);
}

/** Goes on with a sentence that has ended, lets go of one that was cut off, and only then takes up another. */
function follow(gestures: Gestures, said: Sentence | undefined, now: number, seconds: number): void {
  const own = gestures.sentence;
  const step = seconds / CHANGE_SECONDS;
  const isSame = own !== undefined && said !== undefined && isSameSentence(own, said);
  const hasEnded = own !== undefined && now >= own.startsAt + own.durationMs;
  if (isSame || (hasEnded && !said)) {
    gestures.presence = Math.min(gestures.presence + step, 1);
    return;
  }
  const isAtRest = own === undefined || gestures.presence === 0 || now >= own.startsAt + restsAfter(gestures.plan);
  if (!isAtRest) {
    gestures.presence = Math.max(gestures.presence - step, 0);
    return;
  }
  gestures.sentence = said;
  gestures.plan = said ? planGestures(said) : NONE;
  gestures.presence = said && now - said.startsAt < beginsAt(gestures.plan) ? 1 : 0;
}

const isSameSentence = (one: Sentence, other: Sentence): boolean =>
  one === other || (one.startsAt === other.startsAt && one.index === other.index && one.text === other.text);

function beginsAt({ hands, heads }: GesturePlan): number {
  return Math.min(hands[0]?.upAt ?? Infinity, ...heads.map(({ at }) => at));
}

export function restsAfter({ hands, heads }: GesturePlan): number {
  return Math.max(
    0,
    ...hands.map(({ downAt }) => downAt + FALL_MS),
    ...heads.map(({ at, move }) => at + HEAD_MS[move]),
  );
}

function addHands(gesture: HandGesture, pose: Pose, elapsed: number, part: number): void {
  const { upAt, downAt, beats, hands, shape, size } = gesture;
  const up = ease((elapsed - upAt) / RISE_MS) * (1 - ease((elapsed - downAt) / FALL_MS));
  if (up === 0) return;
  let beat = 0;
  for (const at of beats) beat = Math.max(beat, beatAt(elapsed - at));
  const held = up * size * part;
  if (hands !== 'right') addArm(pose, 'left', shapes[shape], held, beat * held);
  if (hands !== 'left') addArm(pose, 'right', shapes[shape], held, beat * held);
}

function addArm(pose: Pose, side: Side, shape: ArmTurns, held: number, beat: number): void {
  const left = side === 'left';
  const shoulder = left ? pose.leftShoulder : pose.rightShoulder;
  const upperArm = left ? pose.leftUpperArm : pose.rightUpperArm;
  const lowerArm = left ? pose.leftLowerArm : pose.rightLowerArm;
  const hand = left ? pose.leftHand : pose.rightHand;
  addSided(shoulder, side, shape.shoulder, held);
  addSided(upperArm, side, shape.upperArm, held);
  addSided(lowerArm, side, shape.lowerArm, held);
  addSided(hand, side, shape.hand, held);
  addSided(shoulder, side, BEAT.shoulder, beat);
  addSided(upperArm, side, BEAT.upperArm, beat);
  addSided(lowerArm, side, BEAT.lowerArm, beat);
  addSided(hand, side, BEAT.hand, beat);
}

/** Down with the word, and slower back. */
function beatAt(since: number): number {
  if (since <= -BEAT_MS.down || since >= BEAT_MS.back) return 0;
  return since < 0 ? ease(1 + since / BEAT_MS.down) : 1 - ease(since / BEAT_MS.back);
}

function addHead({ move, at, size, side }: HeadGesture, pose: Pose, elapsed: number, part: number): void {
  const place = (elapsed - at) / HEAD_MS[move];
  if (place <= 0 || place >= 1) return;
  const swell = Math.sin(place * Math.PI) ** 2 * size * part;
  if (move === 'nod') {
    addTurn(pose.head, 0.075 * swell, 0, 0);
    addTurn(pose.neck, 0.025 * swell, 0, 0);
  } else if (move === 'tilt') {
    addTurn(pose.head, 0, 0.02 * side * swell, 0.085 * side * swell);
  } else {
    addTurn(pose.head, 0, 0.085 * side * swell * Math.sin(place * Math.PI * 4), 0);
  }
}
