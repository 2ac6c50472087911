import { expect, test } from 'vitest';
import { AppError } from '../core/errors.ts';
import { addressKey, createFloodGuard } from './rate-limit.ts';

test('a flood guard lets a burst through, then as many as trickle in, each address for itself', () => {
  let now = 1_000;
  const guard = createFloodGuard({ burst: 3, perSecond: 2 }, () => now);
  const passes = (key: string, times: number) =>
    Array.from({ length: times }, () => {
      try {
        guard.consume(key);
        return 'through';
      } catch (error) {
        return (error as AppError).retryAfterMs;
      }
    });
  expect(passes('a', 5)).toEqual(['through', 'through', 'through', 500, 500]);
  expect(passes('b', 1)).toEqual(['through']);
  now += 250;
  expect(passes('a', 1)).toEqual([250]);
  now += 250;
  expect(passes('a', 2)).toEqual(['through', 500]);
  now += 60_000;
  expect(passes('a', 4)).toEqual(['through', 'through', 'through', 500]);
});

test('a flood of addresses pushes out the ones seen longest ago, and nothing else', () => {
  const guard = createFloodGuard({ burst: 1, perSecond: 0.001 }, () => 0);
  guard.consume('busy');
  for (let i = 0; i < 30_000; i++) {
    guard.consume(`address ${i}`);
    if (i % 1_000 === 0) expect(() => guard.consume('busy')).toThrow(AppError);
  }
  expect(() => guard.consume('address 29999')).toThrow(AppError);
  expect(() => guard.consume('address 0')).not.toThrow();
});

test.each([
  ['203.0.113.7', '203.0.113.7'],
  ['::ffff:203.0.113.7', '203.0.113.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:0DB8:0001:0002::99', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  [undefined, 'unknown'],
])('the address %s counts as %s', (address, key) => {
  expect(addressKey(address)).toBe(key);
});
