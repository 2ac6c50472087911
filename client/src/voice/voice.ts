import type { Sentence } from '@fantwin/shared/conversations';
import type { PlatformClock } from '../avatar/avatar.ts';
import type { AudioOutput, Playing } from './audio-output.ts';
import { endOf, nextSounds, type Start, startOf } from './schedule.ts';

type Deps = {
  output: AudioOutput;
  /** The platform's clock. */
  clock: PlatformClock;
  fetchSound: (url: string, signal: AbortSignal) => Promise<ArrayBuffer>;
  /** A sound that does not come: its sentence is said without. */
  onMissing: (error: unknown) => void;
};

type Sound = {
  sentence: Sentence;
  away: AbortController;
  bytes?: ArrayBuffer;
  decoded?: AudioBuffer;
  playing?: Playing & { start: Start };
};
type Speech = { replyId: string; sentences: readonly Sentence[] };

/** Sounds that are fetched before their time. */
const AHEAD_MAX = 4;
/** The next reply does not cut off the last syllable of this one; nothing but a stop does. */
const TAIL_MS = 500;
/** Further apart than this, the loudspeaker stands still and the clock is right. */
const APART_MAX_MS = 250;

/** Plays a reply's sentences at their time by the platform's clock, and tells the lips how far the sound is. */
export function createVoice({ output, clock, fetchSound, onMissing }: Deps) {
  const sounds = new Map<string, Sound>();
  let speech: Speech | undefined;
  let on = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  /** Fetches and schedules what is next, and drops what is not to be heard. */
  function plan(): void {
    clearTimeout(timer);
    const now = clock.now();
    const wanted = on && speech ? nextSounds(speech.sentences, now, AHEAD_MAX) : [];
    const keys = new Set(wanted.map((sentence) => keyOf(sentence)));
    for (const [key, sound] of sounds) if (!keys.has(key) && endOf(sound.sentence) <= now) sounds.delete(key);
    for (const sentence of wanted) if (!sounds.has(keyOf(sentence))) begin(sentence);
    const [first] = wanted;
    if (first) timer = setTimeout(plan, Math.max(endOf(first) - now, 10));
  }

  function begin(sentence: Sentence): void {
    const sound: Sound = { sentence, away: new AbortController() };
    sounds.set(keyOf(sentence), sound);
    fetchSound(sentence.url ?? '', sound.away.signal)
      .then((bytes) => {
        sound.bytes = bytes;
        return start(sound);
      })
      .catch((error: unknown) => {
        if (!sound.away.signal.aborted) onMissing(error);
      });
  }

  async function start(sound: Sound): Promise<void> {
    if (!output.isOpen() || !sound.bytes) return;
    // Decoding takes the bytes away, so that it happens once.
    const { bytes } = sound;
    sound.decoded ??= bytes.byteLength > 0 ? await output.decode(bytes) : undefined;
    if (!sound.decoded || sound.playing || sound.away.signal.aborted || !output.isOpen()) return;
    const at = startOf(sound.sentence, clock.now(), output.times());
    if (at) sound.playing = { ...output.play(sound.decoded, at), start: at };
  }

  function drop(key: string, sound: Sound): void {
    sound.away.abort();
    sound.playing?.stop();
    sounds.delete(key);
  }

  /** After the first gesture, and after a pause that the system made: everything is where it should be by now. */
  function onOutput(): void {
    for (const sound of sounds.values()) {
      sound.playing?.stop();
      sound.playing = undefined;
      void start(sound).catch(onMissing);
    }
  }

  const keyOf = ({ index, startsAt, url }: Sentence): string => `${index} ${startsAt} ${url}`;

  return {
    /** From now on exactly this is said. None: silence at once. */
    show(next: Speech | undefined): void {
      const goesOn = next && speech && next.replyId !== speech.replyId;
      const keys = new Set(next?.sentences.map(keyOf));
      const soon = clock.now() + TAIL_MS;
      for (const [key, sound] of sounds) {
        const tail = goesOn && sound.playing && endOf(sound.sentence) < soon;
        if (!keys.has(key) && !tail) drop(key, sound);
      }
      speech = next;
      plan();
    },

    turn(isOn: boolean): void {
      on = isOn;
      if (!on) for (const [key, sound] of sounds) drop(key, sound);
      plan();
    },

    /** Listens to the output until it is told to end. */
    open(): () => void {
      const stopListening = output.subscribe(onOutput);
      plan();
      return () => {
        stopListening();
        for (const [key, sound] of sounds) drop(key, sound);
        clearTimeout(timer);
      };
    },

    /** The platform's time, as the ear has it: where a sentence is heard its sound decides, so that the lips fit. */
    now(): number {
      const now = clock.now();
      for (const { playing, sentence } of sounds.values()) {
        if (!playing || now < sentence.startsAt || now > endOf(sentence) || !output.isOpen()) continue;
        const into = playing.start.offset + output.times().heard - playing.start.when;
        const heardAt = sentence.startsAt + into * 1000;
        if (Math.abs(heardAt - now) < APART_MAX_MS) return heardAt;
      }
      return now;
    },
  };
}

export type VoicePlayer = ReturnType<typeof createVoice>;
