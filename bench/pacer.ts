type Stream = { dueAtMs: number; periodMs: number; atOnce: number; onDue: (count: number) => void; stopped: boolean };

export type Pacer = ReturnType<typeof createPacer>;

/**
 * Calls many streams, each at its own pace, from one timer, with how much is due: more than one where this process was busy, for
 * what an engine says does not wait for those who pass it on.
 */
export function createPacer(tickMs = 5, now: () => number = () => performance.now()) {
  const due = new Map<number, Stream[]>();
  let current = Math.floor(now() / tickMs);
  const timer = setInterval(tick, tickMs);

  function schedule(stream: Stream): void {
    const at = Math.max(current + 1, Math.ceil(stream.dueAtMs / tickMs));
    const those = due.get(at);
    if (those) those.push(stream);
    else due.set(at, [stream]);
  }

  function tick(): void {
    const last = Math.floor(now() / tickMs);
    const those: Stream[] = [];
    for (let at = current + 1; at <= last; at += 1) {
      those.push(...(due.get(at) ?? []));
      due.delete(at);
    }
    current = Math.max(current, last);
    for (const stream of those) {
      if (stream.stopped) continue;
      const owed = 1 + Math.floor(Math.max(0, last * tickMs - stream.dueAtMs) / stream.periodMs);
      const count = Math.min(owed, stream.atOnce);
      stream.onDue(count);
      stream.dueAtMs += count * stream.periodMs;
      schedule(stream);
    }
  }

  return {
    /**
     * Starts within one period, at a random place in it; answers how to stop. `atOnce`: so much in one tick at most, and the rest in the
     * next ones, so that sockets are served in between.
     */
    start(perSecond: number, onDue: (count: number) => void, atOnce = Number.POSITIVE_INFINITY): () => void {
      const periodMs = 1_000 / perSecond;
      const stream = { dueAtMs: now() + Math.random() * periodMs, periodMs, atOnce, onDue, stopped: false };
      schedule(stream);
      return () => {
        stream.stopped = true;
      };
    },

    tick,
    close: () => clearInterval(timer),
  };
}
