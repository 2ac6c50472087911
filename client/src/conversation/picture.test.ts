import { expect, test } from 'vitest';
import { bandHeight, pictureName } from './picture.ts';

const at = new Date(2026, 10, 5, 9, 7);

test('the file is called by who is on it and when it was taken', () => {
  expect(pictureName('Mira', at)).toBe('Mira 2026-11-05 09.07.png');
  expect(pictureName('ミラ', at)).toBe('ミラ 2026-11-05 09.07.png');
});

test('a name that no file system takes becomes one', () => {
  expect(pictureName('../../etc/passwd', at)).toBe('etc passwd 2026-11-05 09.07.png');
  expect(pictureName('a:b*c?\u200b', at)).toBe('a b c 2026-11-05 09.07.png');
  expect(pictureName('...', at)).toBe('twin 2026-11-05 09.07.png');
});

test('the band grows with the picture, within reason', () => {
  expect([200, 1_000, 4_000].map(bandHeight)).toEqual([44, 110, 180]);
});
