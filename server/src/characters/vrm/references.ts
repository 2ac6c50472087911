import type { Gltf, SectionName } from './gltf.ts';
import { pointerTo, type Report } from './report.ts';

/** A number in the JSON that stands for an entry of a list. */
export type Reference = { to: SectionName; index: number | undefined; at: readonly (string | number)[] };

/** Tells of a reference to something that is not there. */
export function checkReference(gltf: Gltf, { to, index, at }: Reference, report: Report): boolean {
  if (index === undefined || index < gltf[to].length) return true;
  tellOutOfRange(report, to, index, gltf[to].length, at);
  return false;
}

export function tellOutOfRange(
  report: Report,
  list: string,
  index: number,
  length: number,
  at: readonly (string | number)[],
): void {
  const there = length === 0 ? 'has none' : `has them from 0 to ${length - 1}`;
  const message = `This refers to number ${index} of ${list}, but the file ${there}. Export the model again.`;
  report.error('index-out-of-range', message, pointerTo(...at));
}
