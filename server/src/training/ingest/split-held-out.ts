import { mix } from './duplicates.ts';

/** Of few sentences a larger part is held out, so that there is something to measure on. */
const SHARE = { least: 0.05, most: 0.1, sentences: 100 };

/**
 * Whether a sentence is kept from training, to measure on: the same sentence in the same set always is or is not. Only
 * what has no near duplicate left may be asked about, or a sentence would be measured on its own twin.
 */
export function heldOutOf(sentences: number): (key: number) => boolean {
  const share = Math.min(SHARE.most, Math.max(SHARE.least, SHARE.sentences / Math.max(1, sentences)));
  return (key) => mix(key % 0x1_0000_0000) / 0x1_0000_0000 < share;
}
