import type { Activity } from './activity.ts';

/** Where the eyes look, beside the visitor: radians to the character's left and up. */
export type Direction = { yaw: number; pitch: number };

export type Gaze = Direction & {
  /** What the head takes part in: not the small jumps. */
  far: Direction;
  /** The small jump that the eyes are at, and seconds until the next. */
  saccade: Direction & { left: number };
  /** A look at something else on the page, while `left` is above 0, and seconds until the next look. */
  glance: Direction & { left: number; next: number };
  /** Which way thinking looks: 1 is the character's left. */
  away: number;
  /** The eyes have just begun to go far: lids like to fall then. */
  leaps: boolean;
};

const FOLLOW_SECONDS = 0.06;
const FAR_FOLLOW_SECONDS = 0.4;
const SACCADE_SECONDS = { least: 0.5, most: 2.6 };
const SACCADE = { yaw: 0.035, pitch: 0.02 };
const GLANCE_SECONDS = { least: 0.7, most: 1.5 };
const GLANCE_EVERY_SECONDS = {
  idle: { least: 14, most: 34 },
  listening: { least: 5, most: 11 },
  thinking: { least: 14, most: 34 },
};
/** The captions are below the twin, the chat beside or below. */
const CAPTIONS: Direction = { yaw: 0.04, pitch: -0.24 };
const CHAT: Direction = { yaw: 0.3, pitch: -0.12 };
const THINKING: Direction = { yaw: 0.3, pitch: 0.22 };

const between = ({ least, most }: { least: number; most: number }, random: () => number): number =>
  least + random() * (most - least);

export function createGaze(): Gaze {
  return {
    yaw: 0,
    pitch: 0,
    far: { yaw: 0, pitch: 0 },
    saccade: { yaw: 0, pitch: 0, left: 1 },
    glance: { yaw: 0, pitch: 0, left: 0, next: GLANCE_EVERY_SECONDS.idle.least },
    away: 1,
    leaps: false,
  };
}

type Input = { activity: Activity; speaking: boolean; reducedMotion: boolean };

/** Rests on the visitor in small jumps, looks at the page now and then, and away while thinking (0 to 1). */
export function moveGaze(gaze: Gaze, input: Input, thinking: number, seconds: number, random: () => number): void {
  const still = input.reducedMotion;
  if (jump(gaze.saccade, seconds, random) && thinking < 0.05) gaze.away = random() < 0.5 ? 1 : -1;
  gaze.leaps = lookAround(gaze, input, thinking, seconds, random) && !still;
  const thinks = still ? 0 : thinking;
  const looks = gaze.glance.left > 0 && !still ? 1 : 0;
  const yaw = THINKING.yaw * thinks * gaze.away + gaze.glance.yaw * looks;
  const pitch = THINKING.pitch * thinks + gaze.glance.pitch * looks;
  const follow = 1 - Math.exp(-seconds / FOLLOW_SECONDS);
  gaze.yaw += ((still ? 0 : gaze.saccade.yaw) + yaw - gaze.yaw) * follow;
  gaze.pitch += ((still ? 0 : gaze.saccade.pitch) + pitch - gaze.pitch) * follow;
  const farFollow = 1 - Math.exp(-seconds / FAR_FOLLOW_SECONDS);
  gaze.far.yaw += (yaw - gaze.far.yaw) * farFollow;
  gaze.far.pitch += (pitch - gaze.far.pitch) * farFollow;
}

/** True when the eyes jump. */
function jump(saccade: Gaze['saccade'], seconds: number, random: () => number): boolean {
  saccade.left -= seconds;
  if (saccade.left > 0) return false;
  saccade.left = between(SACCADE_SECONDS, random);
  const rest = random() < 0.35;
  saccade.yaw = rest ? 0 : (random() * 2 - 1) * SACCADE.yaw;
  saccade.pitch = rest ? 0 : (random() * 2 - 1) * SACCADE.pitch;
  return true;
}

/** True when the eyes set out. */
function lookAround(gaze: Gaze, input: Input, thinking: number, seconds: number, random: () => number): boolean {
  const { glance } = gaze;
  if (glance.left > 0) {
    glance.left -= seconds;
    return false;
  }
  glance.next -= seconds;
  if (glance.next > 0) return false;
  glance.next = between(GLANCE_EVERY_SECONDS[input.activity], random);
  if (input.speaking || thinking > 0.2) return false;
  const { yaw, pitch } = input.activity === 'listening' || random() < 0.6 ? CHAT : CAPTIONS;
  glance.yaw = yaw;
  glance.pitch = pitch;
  glance.left = between(GLANCE_SECONDS, random);
  return true;
}
