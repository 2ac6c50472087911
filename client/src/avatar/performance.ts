import type { MoodName, Sentence } from '@fantwin/shared/conversations';
import { addVisemes, closeMouth, FADE_MS, LEAD_MS, type Mouth, restMouth } from './lip-sync.ts';

/** What the face shows at one moment. */
export type Face = {
  mouth: Mouth;
  mood: MoodName;
  intensity: number;
  speaking: boolean;
  /** What is being said, and which of its words; -1 before the first. */
  sentence: Sentence | undefined;
  wordIndex: number;
};

/** A reply's sentences, as far as they are known. */
export type Speech = { replyId: string; sentences: readonly Sentence[] };

export type Performance = ReturnType<typeof createPerformance>;

/** A mood comes up with the sentence, stays a little after it and goes. */
const MOOD_RISE_MS = 350;
const MOOD_STAY_MS = 700;
const MOOD_FALL_MS = 1600;
const EDGE_MS = LEAD_MS + FADE_MS / 2;

/**
 * The sentences that everyone hears at the same time. What the face does hangs on them and on the platform's clock
 * alone, so whoever comes late sees the same as the others.
 */
export function createPerformance() {
  let spoken: Sentence[] = [];
  let replyId: string | undefined;
  let silenced: string | undefined;
  const face: Face = {
    mouth: restMouth(),
    mood: 'neutral',
    intensity: 0,
    speaking: false,
    sentence: undefined,
    wordIndex: -1,
  };

  /** From now on exactly these sentences are said, given in any order or twice; none where there is no speech. */
  function show(speech: Speech | undefined): void {
    replyId = speech?.replyId;
    if (!speech || speech.replyId === silenced) {
      spoken = [];
      return;
    }
    const byIndex = new Map(speech.sentences.map((sentence) => [sentence.index, sentence]));
    spoken = [...byIndex.values()].sort((a, b) => a.startsAt - b.startsAt || a.index - b.index);
  }

  /** Silent at once, and for the rest of this reply. */
  function stop(): void {
    silenced = replyId;
    spoken = [];
  }

  /** `now` by the platform's clock. The same object each time: read it, do not keep it. */
  function faceAt(now: number): Face {
    closeMouth(face.mouth);
    face.mood = 'neutral';
    face.intensity = 0;
    face.speaking = false;
    face.sentence = undefined;
    face.wordIndex = -1;
    let previous: Sentence | undefined;
    for (const sentence of spoken) {
      const elapsed = now - sentence.startsAt;
      if (elapsed < -EDGE_MS) break;
      if (elapsed < sentence.durationMs + EDGE_MS) addVisemes(face.mouth, sentence.visemes, elapsed);
      if (elapsed < 0) break;
      face.mood = sentence.mood.name;
      face.intensity = moodAt(sentence, previous, now);
      const inside = elapsed < sentence.durationMs;
      face.speaking = inside;
      face.sentence = inside ? sentence : undefined;
      face.wordIndex = inside ? wordAt(sentence, elapsed) : -1;
      previous = sentence;
    }
    return face;
  }

  return { show, stop, faceAt };
}

function moodAt(sentence: Sentence, previous: Sentence | undefined, now: number): number {
  const rise = Math.min((now - sentence.startsAt) / MOOD_RISE_MS, 1);
  const own = sentence.mood.intensity * rise * fall(sentence, now);
  const kept = previous?.mood.name === sentence.mood.name ? previous.mood.intensity * fall(previous, now) : 0;
  return Math.max(own, kept);
}

function fall(sentence: Sentence, now: number): number {
  const sinceMs = now - sentence.startsAt - sentence.durationMs - MOOD_STAY_MS;
  return 1 - Math.min(Math.max(sinceMs / MOOD_FALL_MS, 0), 1);
}

function wordAt(sentence: Sentence, elapsed: number): number {
  let at = -1;
  for (const { t } of sentence.words) {
    if (t > elapsed) break;
    at += 1;
  }
  return at;
}
