import { expect, test } from 'vitest';
import { FIELD_OF_VIEW, type Figure, viewOf } from './framing.ts';

const figure = (headHeight: number): Figure => ({ head: { x: 0, y: headHeight, z: 0 }, top: headHeight * 1.18 });
const seen = (framing: 'portrait' | 'full', headHeight: number, aspect: number) => {
  const { y, distance } = viewOf(framing, figure(headHeight), aspect);
  const half = Math.tan((FIELD_OF_VIEW / 2) * (Math.PI / 180)) * distance;
  return { bottom: y - half, top: y + half, width: 2 * half * aspect };
};

test.each([0.5, 1, 2.2])(
  'whatever the shape of the canvas (%f), the head is in the portrait, and its shoulders',
  (aspect) => {
    for (const height of [0.7, 1.22, 1.6]) {
      const { bottom, top, width } = seen('portrait', height, aspect);
      expect(top).toBeGreaterThan(height * 1.15);
      expect(bottom).toBeLessThan(height * 0.88);
      expect(width).toBeGreaterThan(height * 0.4);
    }
  },
);

test('the full figure stands in the picture from its feet to its top', () => {
  for (const aspect of [0.4, 1, 2]) {
    const { bottom, top } = seen('full', 1.3, aspect);
    expect(bottom).toBeLessThan(0);
    expect(top).toBeGreaterThan(1.3 * 1.18);
  }
});
