import { expect, test } from 'vitest';
import { createMakers } from './makers.ts';

const soon = (ms: number) => new Promise<'waits'>((resolve) => setTimeout(resolve, ms, 'waits'));

test('an old maker whose job this process got again leaves the queue alone until the new one is done', async () => {
  const gates: (() => void)[] = [];
  const line = {
    handOut: () => new Promise<undefined>((resolve) => gates.push(() => resolve(undefined))),
    ask: async () => ({ place: 0 }),
    close: async () => undefined,
  };
  const makers = createMakers({ line } as unknown as Parameters<typeof createMakers>[0]);
  const job = { conversationId: 'c', turn: '1' };
  const lock = { held: async () => true };
  const old = makers.make(job, lock);
  const newer = makers.make(job, lock);
  gates[0]?.();
  expect(await Promise.race([old, soon(100)])).toBe('waits');
  gates[1]?.();
  await newer;
  expect(await Promise.race([old, soon(100)])).toBe('waits'); // the queue has yet to hear of the new one
  expect(await Promise.race([old, soon(3_000)])).toBeUndefined();
  expect(makers.running()).toBe(0);
});
