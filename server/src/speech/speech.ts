import type { Language } from '@fantwin/shared/characters';
import type { Sentence } from '@fantwin/shared/conversations';
import { timeText } from './timeline.ts';

/** How a sentence is said: its length, mouth and words, and the address of its sound where there is a voice. */
export type Spoken = Pick<Sentence, 'durationMs' | 'visemes' | 'words' | 'url'>;

export type Speech = {
  speak(text: string, language: Language, signal: AbortSignal): Promise<Spoken>;
};

/** Speech without a voice: the mouth moves as the text reads. */
export function createTextTimedSpeech(): Speech {
  return {
    async speak(text, language, signal) {
      signal.throwIfAborted();
      return timeText(text, language);
    },
  };
}
