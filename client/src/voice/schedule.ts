import type { Sentence } from '@fantwin/shared/conversations';

/** Seconds: of the sound card's clock, and into the sound. */
export type Start = { when: number; offset: number };
/** Seconds of the sound card's clock: what is heard now, and what could be put out next. */
export type OutputTimes = { heard: number; next: number };

type Timed = Pick<Sentence, 'startsAt' | 'durationMs'>;

export const endOf = ({ startsAt, durationMs }: Timed): number => startsAt + durationMs;

/**
 * When a sound is put out so that it is heard at its time by the platform's clock (`now`). Who is late starts in the
 * middle of it; undefined: it is over.
 */
export function startOf(sentence: Timed, now: number, { heard, next }: OutputTimes): Start | undefined {
  const due = heard + (sentence.startsAt - now) / 1000;
  const offset = Math.max(next - due, 0);
  return offset * 1000 < sentence.durationMs ? { when: due + offset, offset } : undefined;
}

/** The next sentences with a sound, at most `max`: what is worth having now. */
export function nextSounds<T extends Timed & Pick<Sentence, 'url'>>(
  sentences: readonly T[],
  now: number,
  max: number,
): T[] {
  return sentences
    .filter((sentence) => sentence.url !== undefined && endOf(sentence) > now)
    .sort((a, b) => a.startsAt - b.startsAt)
    .slice(0, max);
}
