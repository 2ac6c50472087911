import { expect, test } from 'vitest';
import { share } from './share.ts';

test('one load for all who ask while it lasts, another for those who ask later or for something else', async () => {
  const loaded: string[] = [];
  const ask = share(async (key: string) => {
    loaded.push(key);
    await Promise.resolve();
    return loaded.length;
  });
  expect(await Promise.all([ask('a'), ask('a'), ask('b')])).toEqual([2, 2, 2]);
  expect(loaded).toEqual(['a', 'b']);
  expect(await ask('a')).toBe(3);
});

test('a failure is for those who wait for it, and no one else', async () => {
  let fails = true;
  const ask = share(() => (fails ? Promise.reject(new Error('scripted')) : Promise.resolve('there')));
  const both = await Promise.allSettled([ask(1), ask(1)]);
  expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  fails = false;
  expect(await ask(1)).toBe('there');
});
