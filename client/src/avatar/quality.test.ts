import { expect, test } from 'vitest';
import { firstTier, pixelRatio } from './quality.ts';

const desktop = { coarsePointer: false, cores: 2, memoryGb: 2, wasSlow: false };
const phone = { coarsePointer: true, cores: 8, memoryGb: 8, wasSlow: false };
const weakPhone = { coarsePointer: true, cores: 4, memoryGb: 3, wasSlow: false };

test('auto begins low on a weak phone alone; who chooses is obeyed', () => {
  expect([desktop, phone, weakPhone].map((device) => firstTier('auto', device))).toEqual(['high', 'high', 'low']);
  expect(firstTier('auto', { ...phone, memoryGb: undefined })).toBe('high');
  expect(firstTier('auto', { ...desktop, wasSlow: true })).toBe('low');
  expect(firstTier('high', { ...weakPhone, wasSlow: true })).toBe('high');
  expect(firstTier('low', desktop)).toBe('low');
});

test('pixels are capped: 2 for each on a desktop, 1.5 on a phone, 1 where it is low', () => {
  expect(pixelRatio('high', desktop, 3)).toBe(2);
  expect(pixelRatio('high', desktop, 1)).toBe(1);
  expect(pixelRatio('high', phone, 3)).toBe(1.5);
  expect(pixelRatio('low', phone, 3)).toBe(1);
});
