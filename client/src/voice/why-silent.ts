import type { Sentence, Voice } from '@fantwin/shared/conversations';

/** Why nothing is heard, as a name of a string of the page. */
export type Silence = 'none' | 'language' | 'away' | 'kanji' | 'missing';

const kanji = /\p{Script=Han}/u;

/** In the conversation, or in the sentence that is being said. */
export function whySilent(voice: Voice, sentence: Pick<Sentence, 'text' | 'url'> | undefined): Silence | undefined {
  if (sentence?.url !== undefined) return undefined;
  if ('silent' in voice) return voice.silent;
  if (!sentence) return undefined;
  return voice.unread === 'kanji' && kanji.test(sentence.text) ? 'kanji' : 'missing';
}
