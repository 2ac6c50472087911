import type { Language } from '@fantwin/shared/characters';
import type { Viseme, Word } from '@fantwin/shared/conversations';
import { ipaSounds } from './ipa.ts';
import type { Timeline } from './timeline.ts';

/** What eSpeak NG says about its sound, in order. */
export type EspeakEvent =
  /** `ipa` is empty in a pause. */
  | { type: 'phoneme'; atMs: number; ipa: string }
  /** `place`: which character (code point) of the text it begins with. */
  | { type: 'word'; atMs: number; place: number };

const segmenters: Record<Language, Intl.Segmenter> = {
  en: new Intl.Segmenter('en', { granularity: 'word' }),
  ja: new Intl.Segmenter('ja', { granularity: 'word' }),
};

type Said = { events: readonly EspeakEvent[]; durationMs: number };

/** `offsets`: the UTF-16 offset of each character. */
export function espeakTimeline(
  { events, durationMs }: Said,
  sentence: string,
  offsets: readonly number[],
  language: Language,
): Timeline {
  const visemes = visemesOf(events, durationMs);
  return { durationMs, visemes, words: wordsOf({ events, durationMs }, visemes, sentence, offsets, language) };
}

function visemesOf(events: readonly EspeakEvent[], durationMs: number): Viseme[] {
  const phonemes = events.filter((event) => event.type === 'phoneme');
  const visemes: Viseme[] = [];
  let heldMs = 0; // of what had no shape of its own: the next sound begins with it
  for (const [index, { ipa, atMs }] of phonemes.entries()) {
    const from = Math.min(Math.round(atMs), durationMs) - heldMs;
    const to = Math.min(Math.round(phonemes[index + 1]?.atMs ?? durationMs), durationMs);
    const sounds = ipa === '' ? [{ v: 'sil' as const, w: 0, ms: to - from }] : ipaSounds(ipa, to - from);
    heldMs = sounds.length === 0 ? to - from : 0;
    let t = from;
    for (const [place, { v, w, ms }] of sounds.entries()) {
      const end = place === sounds.length - 1 ? to : Math.round(t + ms);
      const last = visemes.at(-1);
      if (last && last.v === v && last.w === w && last.t + last.d === t) last.d += end - t;
      else if (end > t) visemes.push({ t, d: end - t, v, w });
      t = end;
    }
  }
  return visemes;
}

/** eSpeak says "2026" in five words; a word here is one of the sentence. */
function wordsOf(
  { events, durationMs }: Said,
  visemes: readonly Viseme[],
  sentence: string,
  offsets: readonly number[],
  language: Language,
): Word[] {
  const segments = segmenters[language].segment(sentence);
  const starts: { t: number; i: number }[] = [];
  for (const event of events) {
    if (event.type !== 'word') continue;
    const { index: i = 0, segment = '' } = segments.containing(offsets[event.place] ?? 0) ?? {};
    if (segment.trim() !== '' && i > (starts.at(-1)?.i ?? -1))
      starts.push({ t: Math.min(Math.round(event.atMs), durationMs), i });
  }
  const lastSound = visemes.findLast(({ v }) => v !== 'sil');
  const silentAt = lastSound ? lastSound.t + lastSound.d : 0;
  return starts.flatMap(({ t, i }, index) => {
    const next = starts[index + 1]?.t ?? silentAt;
    const pause = visemes.find((viseme) => viseme.v === 'sil' && viseme.t > t && viseme.t < next);
    const d = (pause?.t ?? next) - t;
    return d > 0 ? [{ t, d, i }] : [];
  });
}
