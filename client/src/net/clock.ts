import type { Connection } from './socket.ts';

const SAMPLES = 4;
const SAMPLE_MS = 3_000;
/** After connecting, when a page has the most to do, and then when it has calmed down. */
const AGAIN_AFTER_MS = [2_000, 8_000, 30_000];
const REFRESH_MS = 5 * 60_000;

export type PlatformClock = ReturnType<typeof createPlatformClock>;

/** What one question to the platform's clock told: its lead over ours is off by half the round trip at most. */
type Sample = { offset: number; roundTripMs: number };

/**
 * The platform's clock, ms since 1970, as `startsAt` counts. Until it was read once it is this device's own.
 * It runs on `local`, a clock that nobody sets: a change of the device's time does not move it.
 */
export function createPlatformClock(deps: { connection: Connection; local: () => number; wall: () => number }) {
  let best: Sample = { offset: deps.wall() - deps.local(), roundTripMs: Number.POSITIVE_INFINITY };
  let reading = false;
  let timers: ReturnType<typeof setTimeout>[] = [];

  async function read(): Promise<void> {
    if (reading || deps.connection.status.getState().status !== 'connected') return;
    reading = true;
    try {
      for (let i = 0; i < SAMPLES; i++) {
        const asked = deps.local();
        const { now } = await deps.connection.request('clock:read', {}, { deadlineMs: SAMPLE_MS });
        const answered = deps.local();
        const sample = { offset: now - (asked + answered) / 2, roundTripMs: answered - asked };
        if (sample.roundTripMs <= best.roundTripMs) best = sample;
      }
    } catch {
      // What is known stands; the next reading tries again.
    } finally {
      reading = false;
    }
  }

  /** What was learned from another server, or long ago, counts no more than what comes now. */
  function readAnew(): void {
    best = { ...best, roundTripMs: Number.POSITIVE_INFINITY };
    timers.forEach(clearTimeout);
    timers = AGAIN_AFTER_MS.map((ms) => setTimeout(() => void read(), ms));
    void read();
  }

  const stopListening = deps.connection.onConnect(readAnew);
  const refresh = setInterval(readAnew, REFRESH_MS);

  return {
    now: () => deps.local() + best.offset,
    close(): void {
      stopListening();
      clearInterval(refresh);
      timers.forEach(clearTimeout);
    },
  };
}
