import { describe, expect, test } from 'vitest';
import { jpegOf, pngOf } from '../../../test/vrm-corpus/pictures.ts';
import { pictureHeader, pictureKind } from './picture-header.ts';

describe('the header of a picture', () => {
  test.each([
    ['a PNG', pngOf(300, 20), { type: 'image/png', width: 300, height: 20 }],
    [
      'a PNG of more than memory holds',
      pngOf(2 ** 31, 2 ** 31),
      { type: 'image/png', width: 2 ** 31, height: 2 ** 31 },
    ],
    ['a JPEG', jpegOf(300, 20), { type: 'image/jpeg', width: 300, height: 20 }],
    ['a progressive JPEG', jpegOf(9, 8, 0xc2), { type: 'image/jpeg', width: 9, height: 8 }],
  ])('%s: its size', (_, bytes, header) => {
    expect(pictureHeader(bytes)).toEqual(header);
  });

  test.each([
    ['no width', pngOf(0, 20)],
    ['no end', pngOf(30, 20).subarray(0, -12)],
    ['no pixels', Buffer.concat([pngOf(30, 20).subarray(0, 33), pngOf(30, 20).subarray(-12)])],
    ['a JPEG whose height comes later', jpegOf(300, 0)],
    ['a lossless JPEG', jpegOf(30, 20, 0xc3)],
    ['a JPEG without a frame', Buffer.from([0xff, 0xd8, 0xff, 0xfe, 0, 4, 0, 0, 0xff, 0xd9])],
    ['a segment of no length', Buffer.from([0xff, 0xd8, 0xff, 0xfe, 0, 0, 0, 0, 0, 0])],
  ])('broken: %s', (_, bytes) => {
    expect(pictureHeader(bytes)).toBeUndefined();
  });

  test('every beginning of a good one is broken or the same', () => {
    for (const whole of [pngOf(30, 20), jpegOf(30, 20)]) {
      const size = pictureHeader(whole);
      for (let end = 0; end < whole.length; end += 1)
        expect([undefined, size]).toContainEqual(pictureHeader(whole.subarray(0, end)));
    }
  });

  test.each([
    ['WebP', Buffer.from('RIFF\0\0\0\0WEBPVP8 ')],
    ['KTX2', Buffer.from('\xabKTX 20\xbb\r\n\x1a\n', 'latin1')],
    ['GIF', Buffer.from('GIF89a')],
    ['SVG or a page', Buffer.from('<?xml version="1.0"?>')],
    ['something unknown', Buffer.alloc(8)],
    ['something unknown', Buffer.alloc(0)],
  ])('%s is named', (kind, bytes) => {
    expect(pictureKind(bytes)).toBe(kind);
  });
});
