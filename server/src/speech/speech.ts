import type { Language } from '@fantwin/shared/characters';
import type { Sentence, Voice } from '@fantwin/shared/conversations';
import { timeText } from './timeline.ts';

/** How a sentence is said: its length, mouth and words, and the address of its sound where there is a voice. */
export type Spoken = Pick<Sentence, 'durationMs' | 'visemes' | 'words' | 'url'>;

export type Speech = {
  /** `voice`: one of the engine's own, by name; the one of the settings where it is not given. */
  speak(text: string, language: Language, signal: AbortSignal, voice?: string): Promise<Spoken>;
  /** Who is heard in a conversation of this language, or why nobody is. */
  voiceFor(language: Language): Voice;
};

/** Speech without a voice: the mouth moves as the text reads. */
export function createTextTimedSpeech(): Speech {
  return {
    async speak(text, language, signal) {
      signal.throwIfAborted();
      return timeText(text, language);
    },
    voiceFor: () => ({ silent: 'none' }),
  };
}
