import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { gatherFrames } from './frames.ts';

async function* tokens(list: string[], pauseMs = 0): AsyncGenerator<string, string, void> {
  for (const token of list) {
    if (pauseMs > 0) await new Promise((resolve) => setTimeout(resolve, pauseMs));
    yield token;
  }
  return 'the end';
}

async function collect(frames: AsyncGenerator<string, string, void>): Promise<{ frames: string[]; end: string }> {
  const all: string[] = [];
  for (;;) {
    const next = await frames.next();
    if (next.done) return { frames: all, end: next.value };
    all.push(next.value);
  }
}

describe('frames', () => {
  test('nothing is lost, added or reordered, whatever the window', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.string({ minLength: 1 }), { maxLength: 30 }),
        fc.integer({ min: 0, max: 5 }),
        async (list, windowMs) => {
          const gathered = await collect(gatherFrames(tokens(list), () => windowMs));
          expect(gathered.frames.join('')).toBe(list.join(''));
          expect(gathered.end).toBe('the end');
          expect(gathered.frames).not.toContain('');
        },
      ),
    );
  });

  test('a window gathers many tokens into few frames, the first at once', async () => {
    const list = Array.from({ length: 40 }, (_, n) => `${n} `);
    const { frames } = await collect(gatherFrames(tokens(list, 2), () => 30));
    expect(frames[0]).toBe('0 ');
    expect(frames.length).toBeLessThan(20);
  });

  test('what the reader throws comes after the text that it gave', async () => {
    async function* broken(): AsyncGenerator<string, string, void> {
      yield 'so far';
      throw new Error('cut');
    }
    const frames = gatherFrames(broken(), () => 0);
    expect(await frames.next()).toEqual({ value: 'so far', done: false });
    await expect(frames.next()).rejects.toThrow('cut');
  });
});
