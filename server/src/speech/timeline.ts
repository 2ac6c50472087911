import type { Language } from '@fantwin/shared/characters';
import type { Sentence, Viseme, Word } from '@fantwin/shared/conversations';
import { letterSounds } from './letters.ts';
import { hasMorae, moraSounds } from './morae.ts';
import type { Sound } from './sound.ts';

export type Timeline = Pick<Sentence, 'durationMs' | 'visemes' | 'words'>;

/** The mouth rests at least this long at the end of a sentence. */
const REST_MS = 80;
/** The last sound before a pause is drawn out. */
const FINAL_STRETCH = 1.25;
const pauses: [marks: RegExp, ms: number][] = [
  [/[.!?。！？｡]/u, 320],
  [/[…\n]/u, 380],
  [/[;:；：—–]/u, 220],
  [/[,、，()（）「」『』]/u, 150],
];
const digitNames: Record<Language, string[]> = {
  en: ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'],
  ja: ['ゼロ', 'いち', 'に', 'さん', 'よん', 'ご', 'ろく', 'なな', 'はち', 'きゅう'],
};
const segmenters: Record<Language, Intl.Segmenter> = {
  en: new Intl.Segmenter('en', { granularity: 'word' }),
  ja: new Intl.Segmenter('ja', { granularity: 'word' }),
};

/** How long each sound of a text takes when nobody hears it: what moves the mouth where there is no voice. */
export function timeText(text: string, language: Language): Timeline {
  const visemes: Viseme[] = [];
  const words: Word[] = [];
  let now = 0;
  let pauseMs = 0;

  const rest = (): void => {
    const last = visemes.at(-1);
    if (!last || pauseMs === 0) return;
    const extra = Math.round(last.d * (FINAL_STRETCH - 1));
    last.d += extra;
    const lastWord = words.at(-1);
    if (lastWord) lastWord.d += extra;
    visemes.push({ t: now + extra, d: pauseMs, v: 'sil', w: 0 });
    now += extra + pauseMs;
    pauseMs = 0;
  };

  for (const { segment, index } of segmenters[language].segment(text)) {
    const sounds = soundsOf(segment, language);
    if (sounds.length === 0) {
      pauseMs = Math.max(pauseMs, pauseOf(segment));
      continue;
    }
    rest();
    const startedAt = now;
    for (const sound of sounds) {
      const last = visemes.at(-1);
      const ms = Math.round(sound.ms);
      if (last && last.v === sound.v && last.w === sound.w && last.t >= startedAt) last.d += ms;
      else visemes.push({ t: now, d: ms, v: sound.v, w: sound.w });
      now += ms;
    }
    words.push({ t: startedAt, d: now - startedAt, i: index });
  }
  pauseMs = Math.max(pauseMs, REST_MS);
  rest();
  return { durationMs: now, visemes, words };
}

function soundsOf(segment: string, language: Language): Sound[] {
  const spoken = segment.normalize('NFKC').replace(/\d/gu, (digit) => ` ${digitNames[language][Number(digit)]} `);
  return spoken.split(/\s+/u).flatMap((part) => (hasMorae(part) ? moraSounds(part) : letterSounds(part)));
}

function pauseOf(mark: string): number {
  return pauses.find(([marks]) => marks.test(mark))?.[1] ?? 0;
}
