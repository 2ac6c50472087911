import type { Tier } from './quality.ts';

const LOW_FRAME_MS = 1000 / 30;
/** Displays are not exact: a frame that comes this much too early is drawn. */
const EARLY_MS = 4;
const SLOW_FRAMES_A_SECOND = 24;
const SLOW_SECONDS = 3;
/** What is longer than this was a pause: the machine slept, or a debugger stopped it. */
const PAUSE_SECONDS = 1;

/** Which of the display's frames are drawn, and how long the drawn ones are apart. */
export function createFramePace() {
  let last: number | undefined;

  return {
    /** After a pause: the next frame takes no time. */
    reset(): void {
      last = undefined;
    },
    /** Seconds since the frame before; undefined: this one is not drawn. */
    next(timeMs: number, tier: Tier): number | undefined {
      const elapsed = last === undefined ? 0 : Math.max(timeMs - last, 0);
      if (tier === 'low' && last !== undefined && elapsed < LOW_FRAME_MS - EARLY_MS) return undefined;
      last = timeMs;
      return elapsed / 1000;
    },
  };
}

/** Tells when frames have been too few for some seconds on end: each second of them is counted by itself. */
export function createFrameWatch() {
  let seconds = 0;
  let frames = 0;
  let slowSeconds = 0;
  let rate = 0;

  return {
    /** Frames a second, in the last second that was counted; 0 before. */
    get rate(): number {
      return rate;
    },
    /** Takes a drawn frame; true when it has been too slow for too long. */
    isSlow(frameSeconds: number): boolean {
      if (frameSeconds > PAUSE_SECONDS) {
        seconds = frames = slowSeconds = 0;
        return false;
      }
      seconds += frameSeconds;
      frames += 1;
      if (seconds < 1) return false;
      rate = frames / seconds;
      slowSeconds = rate < SLOW_FRAMES_A_SECOND ? slowSeconds + seconds : 0;
      seconds = frames = 0;
      return slowSeconds >= SLOW_SECONDS;
    },
  };
}
