import { sleep } from '../core/sleep.ts';

/**
 * Text in frames: whatever came within the window, so that a slow reader makes frames larger and never a queue longer.
 * A window of 0 passes each piece on at once. The stream's own end is the end of this one.
 */
export async function* gatherFrames<End>(
  tokens: AsyncGenerator<string, End, void>,
  windowMs: () => number,
): AsyncGenerator<string, End, void> {
  let buffer = '';
  let outcome: { end: End } | { error: unknown } | undefined;
  let wake = () => {};

  async function read(): Promise<void> {
    try {
      for (;;) {
        const next = await tokens.next();
        if (next.done) {
          outcome = { end: next.value };
          return;
        }
        buffer += next.value;
        wake();
      }
    } catch (error) {
      outcome = { error };
    } finally {
      wake();
    }
  }

  void read();
  let frameAt = Number.NEGATIVE_INFINITY;
  while (buffer !== '' || !outcome) {
    if (buffer === '') {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
      continue;
    }
    const early = frameAt + windowMs() - performance.now();
    if (early > 0 && !outcome) await sleep(early);
    const frame = buffer;
    buffer = '';
    frameAt = performance.now();
    yield frame;
  }
  if ('error' in outcome) throw outcome.error;
  return outcome.end;
}
