import type { Activity } from './activity.ts';
import { createGaze, moveGaze } from './gaze.ts';
import { addTurn, createPose, ease, type Pose, setTurn, type Turn } from './pose.ts';

/** How far a thoughtful hand goes up: the turns of the right arm, as this body needs them. */
export type Reach = { upperArm: Turn; lowerArm: Turn };

export type Idle = ReturnType<typeof createIdle>;

export type IdleInput = {
  activity: Activity;
  speaking: boolean;
  /** How open the mouth is: the head nods along. */
  mouthOpen: number;
  reducedMotion: boolean;
};

const CHANGE_SECONDS = 0.9;
const NOD_SECONDS = 0.25;
const SWAY_SECONDS = 1.2;
/** A short thought does not lift a hand. */
const HAND_AFTER_SECONDS = 1.4;
const HAND_SECONDS = 1.3;
const LISTENING_NOD = { seconds: 1.1, radians: 0.055, everyLeast: 2.6, everyMost: 5.5 };
const STANCE = { seconds: 2.4, everyLeast: 6, everyMost: 15 };

export function createIdle(reach?: Reach) {
  return {
    reach,
    pose: createPose(),
    gaze: createGaze(),
    /** How far each activity has taken hold, 0 to 1. */
    listening: 0,
    thinking: 0,
    speaking: 0,
    /** How much moves beside the breath; unknown before the first step. */
    sway: undefined as number | undefined,
    seconds: 0,
    /** How long it has been thinking, and how far the hand is up, 0 to 1. */
    thinkingSeconds: 0,
    hand: 0,
    /** The nod of a listener: seconds since it began, or until it begins where below 0. */
    nod: -LISTENING_NOD.everyLeast,
    /** Which leg bears the weight, from -1 to 1: where it comes from, where it goes, and since when. */
    stance: { from: 0, to: 0.5, seconds: 0, next: STANCE.everyLeast },
  };
}

/** Breathing, swaying, and what the body does while it listens or thinks. Reduced motion leaves the breath. */
export function advanceIdle(idle: Idle, input: IdleInput, seconds: number, random: () => number): void {
  idle.seconds += seconds;
  const change = 1 - Math.exp((-3 * seconds) / CHANGE_SECONDS);
  const thinks = input.activity === 'thinking' && !input.speaking;
  const listens = input.activity === 'listening' && !input.speaking;
  idle.listening += ((listens ? 1 : 0) - idle.listening) * change;
  idle.thinking += ((thinks ? 1 : 0) - idle.thinking) * change;
  const nod = input.speaking ? 0.35 + 0.65 * Math.min(input.mouthOpen, 1) : 0;
  idle.speaking += (nod - idle.speaking) * (1 - Math.exp((-3 * seconds) / NOD_SECONDS));
  const sway = input.reducedMotion ? 0 : 1;
  idle.sway = idle.sway === undefined ? sway : towards(idle.sway, sway, seconds / SWAY_SECONDS);
  idle.thinkingSeconds = thinks ? idle.thinkingSeconds + seconds : 0;
  const handUp = idle.thinkingSeconds > HAND_AFTER_SECONDS && !input.reducedMotion;
  idle.hand = towards(idle.hand, handUp ? 1 : 0, seconds / HAND_SECONDS);
  advanceNod(idle, listens, seconds, random);
  advanceStance(idle, seconds, random);
  moveGaze(idle.gaze, input, idle.thinking, seconds, random);
  writePose(idle.pose, idle);
}

function towards(value: number, wanted: number, step: number): number {
  return wanted > value ? Math.min(value + step, wanted) : Math.max(value - step, wanted);
}

function advanceNod(idle: Idle, listens: boolean, seconds: number, random: () => number): void {
  idle.nod += seconds;
  const { everyLeast, everyMost } = LISTENING_NOD;
  const isOver = idle.nod > LISTENING_NOD.seconds || (idle.nod > 0 && !listens && idle.listening < 0.05);
  if (isOver) idle.nod = -(everyLeast + random() * (everyMost - everyLeast));
}

function advanceStance({ stance }: Idle, seconds: number, random: () => number): void {
  stance.seconds += seconds;
  stance.next -= seconds;
  if (stance.next > 0) return;
  stance.from = stance.to;
  stance.to = stance.to > 0 ? -0.4 - 0.6 * random() : 0.4 + 0.6 * random();
  stance.seconds = 0;
  stance.next = STANCE.everyLeast + random() * (STANCE.everyMost - STANCE.everyLeast);
}

/** Slow waves whose periods do not fit into each other, so that the movement does not repeat. */
const wave = (seconds: number, period: number, phase = 0): number => Math.sin((seconds / period) * Math.PI * 2 + phase);

function writePose(pose: Pose, idle: Idle): void {
  const { seconds, thinking, speaking, stance } = idle;
  const sway = idle.sway ?? 0;
  const listening = idle.listening * sway;
  const breath = wave(seconds, 4.1) + 0.2 * wave(seconds, 6.7);
  const side = sway * (wave(seconds, 7.3) + 0.6 * wave(seconds, 11.9, 1.3));
  const lean = sway * wave(seconds, 9.7, 0.7);
  const weight = sway * (stance.from + (stance.to - stance.from) * ease(stance.seconds / STANCE.seconds));
  const nod = listening * nodAt(idle.nod);
  const { far } = idle.gaze;

  setTurn(pose.hips, 0, 0.012 * side + 0.02 * weight, 0.006 * side + 0.018 * weight);
  setTurn(pose.leftUpperLeg, 0, 0, -0.006 * side - 0.018 * weight);
  setTurn(pose.rightUpperLeg, 0, 0, -0.006 * side - 0.018 * weight);
  setTurn(pose.spine, 0.006 * lean + 0.035 * listening, 0.01 * side - 0.012 * weight, -0.012 * side - 0.026 * weight);
  setTurn(pose.chest, -0.012 * breath + 0.008 * lean, 0, -0.006 * side + 0.004 * weight);
  setTurn(pose.neck, 0.008 * breath + 0.02 * listening + 0.3 * nod, -0.012 * side, 0.01 * side + 0.006 * weight);
  setTurn(
    pose.head,
    sway * (0.012 * wave(seconds, 5.3, 2) + 0.05 * speaking - 0.25 * far.pitch) + 0.02 * listening + 0.7 * nod,
    sway * (0.03 * wave(seconds, 8.7, 0.4) + 0.3 * far.yaw),
    0.02 * side + 0.05 * listening - sway * (0.045 * thinking - 0.02 * speaking * wave(seconds, 1.7)),
  );
  writeArms(pose, seconds, breath, side, weight, speaking, sway);
  if (idle.reach) raiseHand(pose, idle.reach, ease(idle.hand));
}

/** Two nods, the second smaller. */
function nodAt(seconds: number): number {
  const part = seconds / LISTENING_NOD.seconds;
  if (part <= 0 || part >= 1) return 0;
  return LISTENING_NOD.radians * Math.sin(part * Math.PI * 2) ** 2 * (part < 0.5 ? 1 : 0.55);
}

/** Arms hang with bent elbows, a little apart from the body, and not both the same. Plain numbers: once a frame. */
function writeArms(
  pose: Pose,
  seconds: number,
  breath: number,
  side: number,
  weight: number,
  speaking: number,
  sway: number,
): void {
  const shrug = 0.014 * breath;
  setTurn(pose.leftShoulder, 0, 0, shrug);
  setTurn(pose.rightShoulder, 0, 0, -shrug);
  const drop = 1.26 - 0.012 * breath - 0.02 * speaking * sway;
  const [left, right] = [sway * wave(seconds, 6.1, 0.5), sway * wave(seconds, 7.9, 2.1)];
  setTurn(pose.leftUpperArm, 0.04 + 0.012 * left, -0.04, -drop + 0.012 * weight);
  setTurn(pose.rightUpperArm, 0.06 + 0.012 * right, 0.04, drop + 0.012 * weight);
  setTurn(pose.leftLowerArm, 0.12, -0.24 - 0.02 * side - 0.025 * left, 0);
  setTurn(pose.rightLowerArm, 0.12, 0.28 - 0.02 * side + 0.025 * right, 0);
  setTurn(pose.leftHand, 0.1, 0, -0.08 + 0.02 * left);
  setTurn(pose.rightHand, 0.1, 0, 0.08 + 0.02 * right);
}

/** Brings the right hand to where it was found to fit. */
function raiseHand(pose: Pose, { upperArm, lowerArm }: Reach, part: number): void {
  blend(pose.rightUpperArm, upperArm, part);
  blend(pose.rightLowerArm, lowerArm, part);
  addTurn(pose.rightHand, -0.1 * part, 0, 0);
  addTurn(pose.neck, 0.04 * part, 0, 0);
}

function blend(bone: Turn, to: Turn, part: number): void {
  bone.x += (to.x - bone.x) * part;
  bone.y += (to.y - bone.y) * part;
  bone.z += (to.z - bone.z) * part;
}
