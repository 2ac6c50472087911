import { describe, expect, test } from 'vitest';
import { median, percentile, round, spread } from './statistics.ts';

describe('statistics', () => {
  test('a percentile is one of the values, the nearest from above', () => {
    const hundred = Array.from({ length: 100 }, (_, n) => 100 - n);
    expect(percentile(hundred, 0.5)).toBe(50);
    expect(percentile(hundred, 0.99)).toBe(99);
    expect(percentile(hundred, 1)).toBe(100);
    expect(percentile([7], 0.01)).toBe(7);
    expect(percentile([], 0.5)).toBe(0);
  });

  test('the median of an even number lies between the two in the middle', () => {
    expect(median([9, 1, 5])).toBe(5);
    expect(median([4, 1, 2, 9])).toBe(3);
  });

  test('numbers have three digits that mean something', () => {
    expect(round(123_456.7)).toBe('123,457');
    expect(round(1.23456)).toBe('1.23');
    expect(round(0.00123456)).toBe('0.00123');
    expect(round(Number.NaN)).toBe('-');
  });

  test('a spread names the range only where there is one', () => {
    expect(spread([3], 'ms')).toBe('3 ms');
    expect(spread([3, 1, 2], 'ms')).toBe('2 ms (1 to 3)');
    expect(spread([])).toBe('-');
  });
});
