import type { StyleLanguage } from '@fantwin/shared/training';
import type { Pacer } from '../../core/pacer.ts';
import { likeness, mix } from './duplicates.ts';

/**
 * Two sentences of a language are nearly the same when this part of their shingles is common to both: pieces of five
 * characters, or two in Japanese. A typing error, a small word more or another last word is the same sentence; of a short
 * one, another noun is not.
 */
export const NEAR_SIMILARITY = 0.6;
const SHINGLE_CHARS = { en: 5, ja: 2, other: 5 } as const;
/** MinHash in bands: of pairs at 0.6 it misses 1 in 100, at 0.7 2 in 10,000; of unlike pairs it compares hardly any. */
const BANDS = 32;
const ROWS = 4;

type Sentence = { text: string; language: StyleLanguage; key: number };

/**
 * For each sentence the index of the one that stands for it and all that are nearly the same: of each group the one with
 * the smallest key, so that the order of the sentences changes nothing. Time and memory grow with their number.
 */
export async function findNearDuplicates(sentences: readonly Sentence[], pacer: Pacer): Promise<Int32Array> {
  const bands = new Uint32Array(sentences.length * BANDS);
  for (const [i, sentence] of sentences.entries()) {
    writeBands(shinglesOf(sentence), bands.subarray(i * BANDS, (i + 1) * BANDS));
    if (pacer.due) await pacer.rest();
  }
  const keys = Float64Array.from(sentences, ({ key }) => key);
  const groups = new Groups(keys);
  const compared = new Int32Array(sentences.length).fill(-1); // with which one last: pairs often share several bands
  const buckets = new Buckets(keys, bands);
  for (let band = 0; band < BANDS; band += 1) {
    await buckets.fill(band, pacer);
    for (const [i, sentence] of sentences.entries()) {
      const first = buckets.first(band, i);
      if (first === i || first === compared[i] || groups.root(first) === groups.root(i)) continue;
      compared[i] = first;
      if (similarity(sentence, sentences[first] as Sentence) >= NEAR_SIMILARITY) groups.join(first, i);
      if (pacer.due) await pacer.rest();
    }
    await pacer.rest();
  }
  return Int32Array.from(keys, (_, i) => groups.root(i));
}

/** Of all sentences that share a value of a band, the one with the smallest key. A plain table: a Map of so many takes far more memory. */
class Buckets {
  readonly #keys: Float64Array;
  readonly #bands: Uint32Array;
  /** Indexes from 1 on; 0: free. */
  readonly #slots: Int32Array;

  constructor(keys: Float64Array, bands: Uint32Array) {
    this.#keys = keys;
    this.#bands = bands;
    this.#slots = new Int32Array(2 ** Math.ceil(Math.log2(keys.length * 2 + 2)));
  }

  async fill(band: number, pacer: Pacer): Promise<void> {
    this.#slots.fill(0);
    for (let i = 0; i < this.#keys.length; i += 1) {
      const slot = this.#slotOf(band, i);
      const first = this.#slots[slot] ?? 0;
      if (first === 0 || (this.#keys[i] ?? 0) < (this.#keys[first - 1] ?? 0)) this.#slots[slot] = i + 1;
      if (i % 1_024 === 0 && pacer.due) await pacer.rest();
    }
  }

  first(band: number, i: number): number {
    return (this.#slots[this.#slotOf(band, i)] ?? 0) - 1;
  }

  #slotOf(band: number, i: number): number {
    const value = this.#bands[i * BANDS + band] ?? 0;
    const last = this.#slots.length - 1;
    let slot = value & last;
    for (let held = this.#slots[slot] ?? 0; held !== 0; held = this.#slots[slot] ?? 0) {
      if (this.#bands[(held - 1) * BANDS + band] === value) break;
      slot = (slot + 1) & last;
    }
    return slot;
  }
}

/** Disjoint sets; the member with the smallest key is the root. */
class Groups {
  readonly #parents: Int32Array;
  readonly #keys: Float64Array;

  constructor(keys: Float64Array) {
    this.#keys = keys;
    this.#parents = Int32Array.from(keys, (_, i) => i);
  }

  root(of: number): number {
    let member = of;
    for (let parent = this.#parents[member] ?? member; parent !== member; parent = this.#parents[member] ?? member) {
      this.#parents[member] = this.#parents[parent] ?? parent;
      member = parent;
    }
    return member;
  }

  join(a: number, b: number): void {
    const [first, second] = [this.root(a), this.root(b)];
    const [root, other] = (this.#keys[first] ?? 0) <= (this.#keys[second] ?? 0) ? [first, second] : [second, first];
    this.#parents[other] = root;
  }
}

/** The share of shingles that two sentences have in common. */
export function similarity(a: Pick<Sentence, 'text' | 'language'>, b: Pick<Sentence, 'text' | 'language'>): number {
  if (a.language !== b.language) return 0;
  const [mine, theirs] = [new Set(shinglesOf(a)), new Set(shinglesOf(b))];
  let common = 0;
  for (const shingle of mine) if (theirs.has(shingle)) common += 1;
  return common / (mine.size + theirs.size - common || 1);
}

function shinglesOf({ text, language }: Pick<Sentence, 'text' | 'language'>): Int32Array {
  const like = language === 'ja' ? likeness(text).replaceAll(' ', '') : ` ${likeness(text)} `;
  const size = Math.min(SHINGLE_CHARS[language], Math.max(1, like.length));
  const shingles = new Int32Array(Math.max(1, like.length - size + 1));
  for (let i = 0; i < shingles.length; i += 1) {
    let hash = language.charCodeAt(0);
    for (let j = i; j < i + size; j += 1) hash = Math.imul(hash, 31) + like.charCodeAt(j);
    shingles[i] = mix(hash);
  }
  return shingles;
}

/**
 * Each value stands for the smallest shingle in `ROWS` orders. An order is a second hash of the shingle, added once more:
 * a sum is cheaper than a hash, and as good here.
 */
function writeBands(shingles: Int32Array, bands: Uint32Array): void {
  const steps = shingles.map((shingle) => mix(shingle ^ 0x9e3779b9) | 1);
  for (let band = 0; band < bands.length; band += 1) {
    let value = 0;
    for (let row = 0; row < ROWS; row += 1) {
      let least = 0x7fffffff;
      for (let i = 0; i < shingles.length; i += 1) {
        const next = ((shingles[i] ?? 0) + (steps[i] ?? 0)) | 0;
        shingles[i] = next;
        if (next < least) least = next;
      }
      value = mix(value ^ least);
    }
    bands[band] = value;
  }
}
