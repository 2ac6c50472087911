import type { VoiceChoice } from '@fantwin/shared/characters';
import type { Speech } from '../../src/speech/speech.ts';

export type SpeechDouble = Speech & {
  /** How long a character takes: little, so that tests need not wait for mouths. */
  msPerChar: number;
  /** What a character can be given. */
  offered: VoiceChoice[];
  /** The voice that was asked for, sentence by sentence; null: the usual one. */
  asked: (string | null)[];
};

/** A voice whose speed a test chooses. */
export function createSpeechDouble(): SpeechDouble {
  const double: SpeechDouble = {
    msPerChar: 0.5,
    offered: [],
    asked: [],
    voiceFor: () => ({ silent: 'none' }),
    voices: () => Promise.resolve(double.offered),
    speak: (text, _language, _signal, voice = null) => {
      double.asked.push(voice);
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
