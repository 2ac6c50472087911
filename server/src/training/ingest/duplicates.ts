import type { StyleLanguage } from '@fantwin/shared/training';

/** A sentence without what makes no difference: case, width, punctuation, spaces, emoji. */
export function likeness(text: string): string {
  const small = text.toLowerCase();
  const letters = /^[ -~]*$/u.test(small)
    ? small.replace(/[^a-z0-9]+/gu, ' ')
    : small.normalize('NFKC').replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ');
  return letters.trim().replace(/([^\d ])\1{2,}/gu, '$1$1');
}

/** A number of 53 bits for a text in a language: the same for what is the same sentence, everywhere and always. */
export function keyOf(like: string, language: StyleLanguage): number {
  let [high, low] = [0xdeadbeef ^ language.charCodeAt(0), 0x41c6ce57];
  for (let i = 0; i < like.length; i += 1) {
    const code = like.charCodeAt(i);
    high = Math.imul(high ^ code, 2_654_435_761);
    low = Math.imul(low ^ code, 1_597_334_677);
  }
  high = mix(high ^ (low >>> 15));
  low = mix(low ^ (high >>> 13));
  return (high & 0x1fffff) * 0x1_0000_0000 + (low >>> 0);
}

/** Each bit of the result depends on each bit of the number. */
export function mix(number: number): number {
  let h = number;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
