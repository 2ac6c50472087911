import type { Sentence } from '@fantwin/shared/conversations';

export type Caption = {
  sentence: Sentence;
  /** UTF-16 offsets of the word that is being said; absent between words and after the last. */
  word?: { start: number; end: number };
};

/** A sentence stays readable for a while after it was said. */
export const LINGER_MS = 1_800;

/** What is said at `now`, and when that changes next (by the same clock). */
export function captionAt(sentences: readonly Sentence[], now: number): { caption?: Caption; changesAt?: number } {
  const next = sentences.find(({ startsAt }) => startsAt > now);
  const sentence = sentences.findLast(({ startsAt }) => startsAt <= now);
  if (!sentence) return { changesAt: next?.startsAt };
  const goneAt = sentence.startsAt + sentence.durationMs + LINGER_MS;
  if (now >= goneAt) return { changesAt: next?.startsAt };

  const elapsed = now - sentence.startsAt;
  const index = sentence.words.findLastIndex(({ t }) => t <= elapsed);
  const said = sentence.words[index];
  const following = sentence.words[index + 1];
  const speaking = said !== undefined && elapsed < said.t + said.d;
  const boundaries = [
    ...(speaking ? [sentence.startsAt + said.t + said.d] : []),
    ...(following ? [sentence.startsAt + following.t] : []),
    ...(next ? [next.startsAt] : []),
    goneAt,
  ];
  const word = speaking ? { start: said.i, end: following?.i ?? sentence.text.length } : undefined;
  return { caption: { sentence, ...(word && { word }) }, changesAt: Math.min(...boundaries) };
}
