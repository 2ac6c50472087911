import type { Connection } from './socket.ts';

const SAMPLES = 5;
const SAMPLE_MS = 3_000;
const REFRESH_MS = 5 * 60_000;

export type PlatformClock = ReturnType<typeof createPlatformClock>;

/**
 * The platform's clock, ms since 1970, as `startsAt` counts. Until it was read once it is this device's own.
 * It runs on `local`, a clock that nobody sets: a change of the device's time does not move it.
 */
export function createPlatformClock(deps: { connection: Connection; local: () => number; wall: () => number }) {
  let offset = deps.wall() - deps.local();
  let reading = false;

  async function read(): Promise<void> {
    if (reading) return;
    reading = true;
    try {
      const samples: number[] = [];
      for (let i = 0; i < SAMPLES; i++) {
        const asked = deps.local();
        const { now } = await deps.connection.request('clock:read', {}, { deadlineMs: SAMPLE_MS });
        samples.push(now - (asked + deps.local()) / 2);
      }
      offset = median(samples);
    } catch {
      // The last offset stands; the next connection or refresh reads again.
    } finally {
      reading = false;
    }
  }

  const stopListening = deps.connection.onConnect(() => void read());
  const timer = setInterval(() => {
    if (deps.connection.status.getState().status === 'connected') void read();
  }, REFRESH_MS);

  return {
    now: () => deps.local() + offset,
    close(): void {
      stopListening();
      clearInterval(timer);
    },
  };
}

export function median(samples: readonly number[]): number {
  const sorted = samples.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}
