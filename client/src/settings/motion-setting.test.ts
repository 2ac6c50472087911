import { expect, test } from 'vitest';
import { isReduced } from './motion-setting.ts';

test('a choice of ours counts more than the wish of the system', () => {
  expect(isReduced('system', true)).toBe(true);
  expect(isReduced('system', false)).toBe(false);
  expect(isReduced('full', true)).toBe(false);
  expect(isReduced('reduced', false)).toBe(true);
});
