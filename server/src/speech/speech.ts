import type { Language, VoiceChoice } from '@fantwin/shared/characters';
import type { Sentence, Voice } from '@fantwin/shared/conversations';
import { timeText } from './timeline.ts';

/** How a sentence is said: its length, mouth and words, and the address of its sound where there is a voice. */
export type Spoken = Pick<Sentence, 'durationMs' | 'visemes' | 'words' | 'url'>;

export type Speech = {
  /** `voice`: one of `voices`; where it is not given, or is gone, the one of the settings. */
  speak(text: string, language: Language, signal: AbortSignal, voice?: string | null): Promise<Spoken>;
  /** Who is heard in a conversation of this language, or why nobody is. */
  voiceFor(language: Language, voice?: string | null): Voice;
  /** What a character of this language can be given. */
  voices(language: Language): Promise<VoiceChoice[]>;
};

/** Speech without a voice: the mouth moves as the text reads. */
export function createTextTimedSpeech(): Speech {
  return {
    async speak(text, language, signal) {
      signal.throwIfAborted();
      return timeText(text, language);
    },
    voiceFor: () => ({ silent: 'none' }),
    voices: () => Promise.resolve([]),
  };
}
