/** What the character is doing, beside speaking, which the performance knows. */
export type Activity = 'idle' | 'listening' | 'thinking';

export const posedBones = [
  'hips',
  'spine',
  'chest',
  'neck',
  'head',
  'leftShoulder',
  'rightShoulder',
  'leftUpperArm',
  'rightUpperArm',
  'leftLowerArm',
  'rightLowerArm',
  'leftHand',
  'rightHand',
] as const;
export type PosedBone = (typeof posedBones)[number];
/** Turns in radians around the axes of a T-pose that faces +Z. */
export type Turn = { x: number; y: number; z: number };

export type Idle = {
  pose: Record<PosedBone, Turn>;
  /** Where the eyes look, beside the visitor: radians to the character's left and up. */
  gaze: { yaw: number; pitch: number };
  /** How far each activity has taken hold, 0 to 1. */
  listening: number;
  thinking: number;
  speaking: number;
  seconds: number;
  /** The small jump that the eyes are at, and when they jump next. */
  saccade: { yaw: number; pitch: number; left: number };
};

export type IdleInput = {
  activity: Activity;
  speaking: boolean;
  /** How open the mouth is: the head nods along. */
  mouthOpen: number;
  reducedMotion: boolean;
};

const CHANGE_SECONDS = 0.9;
const NOD_SECONDS = 0.25;
const GAZE_SECONDS = 0.06;
const SACCADE_SECONDS = { least: 0.5, most: 2.6 };
const SACCADE_RADIANS = { yaw: 0.035, pitch: 0.02 };

export function createIdle(): Idle {
  const pose = Object.fromEntries(posedBones.map((bone) => [bone, { x: 0, y: 0, z: 0 }])) as Record<PosedBone, Turn>;
  return {
    pose,
    gaze: { yaw: 0, pitch: 0 },
    listening: 0,
    thinking: 0,
    speaking: 0,
    seconds: 0,
    saccade: { yaw: 0, pitch: 0, left: 1 },
  };
}

/** Breathing, swaying, and eyes that rest on the visitor. Reduced motion leaves the breath. */
export function advanceIdle(idle: Idle, input: IdleInput, seconds: number, random: () => number): void {
  idle.seconds += seconds;
  const change = 1 - Math.exp((-3 * seconds) / CHANGE_SECONDS);
  idle.listening += ((input.activity === 'listening' ? 1 : 0) - idle.listening) * change;
  idle.thinking += ((input.activity === 'thinking' && !input.speaking ? 1 : 0) - idle.thinking) * change;
  const nod = input.speaking ? 0.35 + 0.65 * Math.min(input.mouthOpen, 1) : 0;
  idle.speaking += (nod - idle.speaking) * (1 - Math.exp((-3 * seconds) / NOD_SECONDS));
  writePose(idle, input.reducedMotion ? 0 : 1);
  moveEyes(idle, input.reducedMotion, seconds, random);
}

/** Slow waves whose periods do not fit into each other, so that the movement does not repeat. */
const wave = (seconds: number, period: number, phase = 0): number => Math.sin((seconds / period) * Math.PI * 2 + phase);

function writePose({ pose, seconds, listening, thinking, speaking }: Idle, sway: number): void {
  const breath = wave(seconds, 4.1);
  const side = sway * (wave(seconds, 7.3) + 0.6 * wave(seconds, 11.9, 1.3));
  const lean = sway * wave(seconds, 9.7, 0.7);

  turn(pose.hips, 0, 0.012 * side, 0.006 * side);
  turn(pose.spine, 0.006 * lean + 0.03 * listening, 0.01 * side, -0.012 * side);
  turn(pose.chest, -0.012 * breath + 0.008 * lean, 0, -0.006 * side);
  turn(pose.neck, 0.008 * breath + 0.02 * listening, -0.012 * side, 0.01 * side);
  turn(
    pose.head,
    0.012 * sway * wave(seconds, 5.3, 2) + 0.05 * speaking * sway - 0.06 * thinking + 0.02 * listening,
    0.03 * sway * wave(seconds, 8.7, 0.4) + 0.1 * thinking,
    0.02 * side + 0.05 * listening - 0.045 * thinking + 0.02 * speaking * sway * wave(seconds, 1.7),
  );
  const shrug = 0.014 * breath;
  turn(pose.leftShoulder, 0, 0, shrug);
  turn(pose.rightShoulder, 0, 0, -shrug);
  const drop = 1.2 - 0.012 * breath - 0.02 * speaking * sway;
  turn(pose.leftUpperArm, 0.06, -0.04, -drop);
  turn(pose.rightUpperArm, 0.06, 0.04, drop);
  turn(pose.leftLowerArm, 0, -0.18 - 0.02 * side, 0);
  turn(pose.rightLowerArm, 0, 0.18 - 0.02 * side, 0);
  turn(pose.leftHand, 0.1, 0, -0.08);
  turn(pose.rightHand, 0.1, 0, 0.08);
}

function turn(bone: Turn, x: number, y: number, z: number): void {
  bone.x = x;
  bone.y = y;
  bone.z = z;
}

function moveEyes({ gaze, saccade, thinking }: Idle, still: boolean, seconds: number, random: () => number): void {
  saccade.left -= seconds;
  if (saccade.left <= 0) {
    saccade.left = SACCADE_SECONDS.least + random() * (SACCADE_SECONDS.most - SACCADE_SECONDS.least);
    const rest = random() < 0.35;
    saccade.yaw = rest ? 0 : (random() * 2 - 1) * SACCADE_RADIANS.yaw;
    saccade.pitch = rest ? 0 : (random() * 2 - 1) * SACCADE_RADIANS.pitch;
  }
  const follow = 1 - Math.exp(-seconds / GAZE_SECONDS);
  gaze.yaw += ((still ? 0 : saccade.yaw) + 0.3 * thinking - gaze.yaw) * follow;
  gaze.pitch += ((still ? 0 : saccade.pitch) + 0.22 * thinking - gaze.pitch) * follow;
}
