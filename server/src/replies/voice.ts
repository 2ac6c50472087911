import type { Language } from '@fantwin/shared/characters';
import type { Mood } from '@fantwin/shared/conversations';
import type { EventBody } from '@fantwin/shared/events';
import { withDeadline } from '../core/deadline.ts';
import type { Speech } from '../speech/speech.ts';
import { createSentenceSplitter } from './sentences.ts';

type Deps = {
  speech: Speech;
  /** Says how the mouth moves without a voice; cannot fail. */
  silent: Speech;
  moodOf: (text: string, language: Language) => Mood;
  now: () => number;
  onWithoutVoice: () => void;
};

export type VoiceStart = {
  replyId: string;
  language: Language;
  /** The twin's own; null: the usual one. */
  voice: string | null;
  /** What is published already, and how many of its sentences were spoken. */
  text: string;
  spoken: number;
  speaksUntil: number;
  publish: (event: EventBody & { type: 'reply.sentence' }) => Promise<void>;
  signal: AbortSignal;
};

/** Sentences that may wait for their sound; what comes past that is said without. */
const WAITING_MAX = 16;
const SPEECH_TIMEOUT_MS = 5_000;
/** A piece without a letter or digit is nothing to say. */
const speakable = /[\p{L}\p{N}]/u;
/** So that every client has the sentence, and where there is one its sound, before it starts. */
const LEAD_MS = { silent: 150, heard: 300 };

/** The second chain of a reply: its sentences with their speech, behind a queue of its own so that text never waits. */
export function createVoice(deps: Deps, start: VoiceStart) {
  let splitter = createSentenceSplitter();
  let index = 0;
  let speaksUntil = start.speaksUntil;
  let waiting = 0;
  let chain = Promise.resolve();
  let failure: unknown;

  function enqueue(pieces: string[]): void {
    for (const piece of pieces.filter((one) => speakable.test(one))) {
      const place = index;
      index += 1;
      if (place < start.spoken) continue;
      waiting += 1;
      const speech = waiting > WAITING_MAX ? deps.silent : deps.speech;
      if (waiting > WAITING_MAX) deps.onWithoutVoice();
      chain = chain
        .then(() => (failure === undefined ? say(piece, place, speech) : undefined))
        .catch((error: unknown) => {
          failure ??= error;
        })
        .finally(() => {
          waiting -= 1;
        });
    }
  }

  async function say(piece: string, place: number, speech: Speech): Promise<void> {
    const text = piece.trim();
    const spoken = await withDeadline(
      speech.speak(text, start.language, start.signal, start.voice),
      SPEECH_TIMEOUT_MS,
      'no speech',
    ).catch(() => {
      deps.onWithoutVoice();
      return deps.silent.speak(text, start.language, start.signal);
    });
    const startsAt = Math.max(deps.now() + (spoken.url ? LEAD_MS.heard : LEAD_MS.silent), speaksUntil);
    const sentence = { index: place, text, mood: deps.moodOf(text, start.language), startsAt, ...spoken };
    await start.publish({ type: 'reply.sentence', replyId: start.replyId as never, ...sentence });
    speaksUntil = startsAt + spoken.durationMs;
  }

  enqueue(splitter.push(start.text));

  return {
    push: (text: string) => enqueue(splitter.push(text)),

    /** The reply starts over: nothing of it was said. */
    async restart(): Promise<void> {
      await chain;
      splitter = createSentenceSplitter();
      index = 0;
      start.spoken = 0;
    },

    /** Resolves when all is published, with the time when the last sentence is spoken. Throws what publishing threw. */
    async end(): Promise<number> {
      enqueue(splitter.end());
      await chain;
      if (failure !== undefined) throw failure;
      return speaksUntil;
    },
  };
}

export type Voice = ReturnType<typeof createVoice>;
