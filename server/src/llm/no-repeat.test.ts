import { expect, test } from 'vitest';
import { NoRepeat } from './no-repeat.ts';

test('a run that was said is not said again, from the text before or from the own one', () => {
  const runs = new NoRepeat(3, [[1, 2, 3, 4]]);
  expect([...runs.banned([9, 1, 2])]).toEqual([3]);
  expect([...runs.banned([2, 3])]).toEqual([4]);
  expect([...runs.banned([1])]).toEqual([]);
  const own = [7, 8, 9];
  runs.learn(own);
  expect([...runs.banned([5, 7, 8])]).toEqual([9]);
});

test('one beginning may have several ends', () => {
  const runs = new NoRepeat(2, [[1, 2], [1, 3], [4]]);
  expect([...runs.banned([1])].sort()).toEqual([2, 3]);
});

test('switched off, it bans nothing', () => {
  const runs = new NoRepeat(0, [[1, 2, 3]]);
  runs.learn([1, 2]);
  for (const tokens of [[], [1], [1, 2]]) expect([...runs.banned(tokens)]).toEqual([]);
});
