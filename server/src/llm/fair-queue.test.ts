import { expect, test } from 'vitest';
import { EngineError } from './engine.ts';
import { FairQueue } from './fair-queue.ts';

const never = new AbortController().signal;
const settle = () => new Promise((resolve) => setImmediate(resolve));

test('one busy conversation does not keep the others waiting', async () => {
  const queue = new FairQueue({ places: 1, waitingMax: 10 });
  const order: string[] = [];
  const first = await queue.enter('busy', never);
  for (const [key, name] of [
    ['busy', 'b1'],
    ['busy', 'b2'],
    ['busy', 'b3'],
    ['quiet', 'q1'],
    ['other', 'o1'],
  ] as const)
    void queue.enter(key, never).then((leave) => {
      order.push(name);
      setImmediate(() => leave?.());
    });
  first?.();
  while (order.length < 5) await settle();
  expect(order).toEqual(['b1', 'q1', 'o1', 'b2', 'b3']);
});

test('never more inside than there are places, and leaving twice counts once', async () => {
  const queue = new FairQueue({ places: 2, waitingMax: 10 });
  const [a, b] = [await queue.enter('a', never), await queue.enter('b', never)];
  let entered = 0;
  for (const key of ['c', 'd']) void queue.enter(key, never).then(() => (entered += 1));
  a?.();
  a?.();
  await settle();
  expect(entered).toBe(1);
  b?.();
  await settle();
  expect(entered).toBe(2);
});

test('a full queue refuses, and says when to come back', async () => {
  const queue = new FairQueue({ places: 1, waitingMax: 2 });
  await queue.enter('a', never);
  void queue.enter('a', never);
  void queue.enter('b', never);
  const error = await queue.enter('c', never).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(EngineError);
  expect(error).toMatchObject({ kind: 'unavailable' });
  expect((error as EngineError).retryAfterMs).toBeGreaterThan(0);
});

test('who gives up leaves the line and takes no place', async () => {
  const queue = new FairQueue({ places: 1, waitingMax: 2 });
  const leave = await queue.enter('a', never);
  const abort = new AbortController();
  const gaveUp = queue.enter('b', abort.signal);
  const next = queue.enter('c', never);
  abort.abort();
  expect(await gaveUp).toBeUndefined();
  expect(queue.waiting).toBe(1);
  leave?.();
  expect(await next).toBeTypeOf('function');
  expect(await queue.enter('d', AbortSignal.abort())).toBeUndefined();
});
