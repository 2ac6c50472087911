import type { Viseme, VisemeName } from '@fantwin/shared/conversations';
import type { Timeline } from './timeline.ts';

/** Lengths in seconds, as VOICEVOX says them. */
export type Mora = {
  consonant?: string | null;
  consonant_length?: number | null;
  vowel: string;
  vowel_length: number;
};

const vowels: Record<string, VisemeName> = { a: 'aa', i: 'I', u: 'U', e: 'E', o: 'O' };
/** Ends of the consonants' names do not matter: `ky` is `k` to the lips. */
const consonants: [start: RegExp, v: VisemeName][] = [
  [/^[kg]/, 'kk'],
  [/^(?:sh|j|ch)/, 'CH'],
  [/^(?:ts|s|z)/, 'SS'],
  [/^[td]/, 'DD'],
  [/^n/, 'nn'],
  [/^[fv]/, 'FF'],
  [/^[pbm]/, 'PP'],
  [/^r/, 'RR'],
  [/^y/, 'I'],
  [/^w/, 'U'],
];
const weights = { vowel: 0.9, voiceless: 0.4, consonant: 0.8, n: 0.6, held: 0.4 };

/** The lips over moras that follow each other from `startMs`, and where they end. */
export function moraVisemes(moras: readonly Mora[], startMs: number): { visemes: Viseme[]; endMs: number } {
  const visemes: Viseme[] = [];
  let seconds = startMs / 1000;
  const add = (v: VisemeName, w: number, length: number): void => {
    const t = Math.round(seconds * 1000);
    seconds += length;
    const d = Math.round(seconds * 1000) - t;
    if (d > 0) visemes.push({ t, d, v, w });
  };
  for (const { consonant, consonant_length, vowel, vowel_length } of moras) {
    const v = consonants.find(([start]) => start.test(consonant ?? ''))?.[1];
    const breath = v ? 0 : (consonant_length ?? 0); // h has no shape but that of its vowel
    if (v) add(v, weights.consonant, consonant_length ?? 0);
    add(...shapeOf(vowel), vowel_length + breath);
  }
  return { visemes, endMs: Math.round(seconds * 1000) };
}

function shapeOf(vowel: string): [VisemeName, number] {
  const v = vowels[vowel.toLowerCase()];
  if (v) return [v, vowel === vowel.toLowerCase() ? weights.vowel : weights.voiceless];
  if (vowel === 'N') return ['nn', weights.n];
  return vowel === 'cl' ? ['DD', weights.held] : ['sil', 0];
}

/** The moras say nothing of the words: these are spread over the sound as the text reads. */
export function withTextWords(visemes: readonly Viseme[], durationMs: number, text: Timeline): Timeline {
  const sounds = visemes.filter(({ v }) => v !== 'sil');
  const [first, last, lastRead] = [sounds[0], sounds.at(-1), text.words.at(-1)];
  if (!first || !last || !lastRead) return { durationMs, visemes: [...visemes], words: [] };
  const scale = (last.t + last.d - first.t) / (lastRead.t + lastRead.d);
  const place = (t: number) => Math.round(first.t + t * scale);
  const words = text.words.map(({ t, d, i }) => ({ t: place(t), d: place(t + d) - place(t), i }));
  return { durationMs, visemes: [...visemes], words: words.filter(({ d }) => d > 0) };
}
