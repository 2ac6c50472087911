import type { Speech } from '../../src/speech/speech.ts';

export type SpeechDouble = Speech & {
  /** How long a character takes: little, so that tests need not wait for mouths. */
  msPerChar: number;
};

/** A voice whose speed a test chooses. */
export function createSpeechDouble(): SpeechDouble {
  const double: SpeechDouble = {
    msPerChar: 0.5,
    voiceFor: () => ({ silent: 'none' }),
    speak: (text) => {
      const durationMs = Math.round(text.length * double.msPerChar);
      return Promise.resolve({
        durationMs,
        visemes: [{ t: 0, d: durationMs, v: 'aa', w: 1 }],
        words: [{ t: 0, d: durationMs, i: 0 }],
      });
    },
  };
  return double;
}
