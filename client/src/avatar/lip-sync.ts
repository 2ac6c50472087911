import type { Viseme, VisemeName } from '@fantwin/shared/conversations';

export const mouthShapes = ['aa', 'ih', 'ou', 'ee', 'oh'] as const;
/** VRM's five mouth shapes, each from 0 to 1. */
export type Mouth = Record<(typeof mouthShapes)[number], number>;

/** Lips form a sound before it is heard. */
export const LEAD_MS = 30;
/** Neighbouring sounds flow into each other over this time. */
export const FADE_MS = 70;

const shapes: Record<VisemeName, readonly (readonly [shape: keyof Mouth, weight: number])[]> = {
  sil: [],
  PP: [],
  FF: [['ih', 0.15]],
  TH: [['aa', 0.15]],
  DD: [['ih', 0.35]],
  kk: [['ih', 0.3]],
  CH: [['ou', 0.4]],
  SS: [['ih', 0.4]],
  nn: [['ih', 0.3]],
  RR: [
    ['ou', 0.25],
    ['ih', 0.2],
  ],
  aa: [['aa', 1]],
  E: [['ee', 0.9]],
  I: [['ih', 0.9]],
  O: [['oh', 0.95]],
  U: [['ou', 1]],
};

export const restMouth = (): Mouth => ({ aa: 0, ih: 0, ou: 0, ee: 0, oh: 0 });

export function closeMouth(mouth: Mouth): void {
  for (const shape of mouthShapes) mouth[shape] = 0;
}

/** Adds what the visemes do `elapsedMs` after the sentence began. In the middle of its fade a sound counts half. */
export function addVisemes(mouth: Mouth, visemes: readonly Viseme[], elapsedMs: number): void {
  const now = elapsedMs + LEAD_MS;
  for (const { t, d, v, w } of visemes) {
    if (t - FADE_MS / 2 > now) return;
    if (t + d + FADE_MS / 2 < now) continue;
    const presence = ramp(now - t) - ramp(now - t - d);
    for (const [shape, weight] of shapes[v]) mouth[shape] += weight * w * presence;
  }
}

/** From 0 to 1 around the moment 0. */
function ramp(ms: number): number {
  const place = Math.min(Math.max(ms / FADE_MS + 0.5, 0), 1);
  return place * place * (3 - 2 * place);
}

/** The shapes together open the mouth no further than `cap`, which a smile or a frown lowers. */
export function limitMouth(mouth: Mouth, cap: number): void {
  let open = 0;
  for (const shape of mouthShapes) open += mouth[shape];
  if (open <= cap) return;
  for (const shape of mouthShapes) mouth[shape] *= cap / open;
}

export function openness(mouth: Mouth): number {
  let open = 0;
  for (const shape of mouthShapes) open += mouth[shape];
  return open;
}
