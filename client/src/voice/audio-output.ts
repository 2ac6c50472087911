import { warn } from '../log.ts';
import type { OutputTimes, Start } from './schedule.ts';

/** Silence comes over this time: at once to the ear, without a click. */
const STOP_SECONDS = 0.04;
const FADE_IN_SECONDS = 0.01;
const gestures = ['pointerdown', 'pointerup', 'keydown', 'touchend'] as const;

export type Playing = { stop(): void };
export type AudioOutput = {
  /** Whether something can be heard: browsers wait for the first gesture. */
  isOpen(): boolean;
  /** What a gesture does: opens it, where the browser allows that. */
  unlock(): void;
  /** Told when that changes. */
  subscribe(listener: () => void): () => void;
  times(): OutputTimes;
  decode(sound: ArrayBuffer): Promise<AudioBuffer>;
  play(sound: AudioBuffer, start: Start): Playing;
};

/** The page's one way to the loudspeaker. From the first call on, the first gesture opens it. */
export function createAudioOutput(): AudioOutput {
  const listeners = new Set<() => void>();
  let context: AudioContext | undefined;
  const isOpen = () => context?.state === 'running';

  function unlock(): void {
    if (isOpen() || typeof AudioContext === 'undefined') return;
    if (!context) {
      context = new AudioContext({ latencyHint: 'interactive' });
      context.addEventListener('statechange', () => {
        for (const listener of listeners) listener();
      });
    }
    context.resume().catch((error: unknown) => warn('the sound could not be turned on', error));
  }

  for (const gesture of gestures) window.addEventListener(gesture, unlock, { capture: true, passive: true });
  if (navigator.userActivation?.hasBeenActive) unlock();

  function opened(): AudioContext {
    if (!context) throw new Error('nothing is heard before the first gesture');
    return context;
  }

  return {
    isOpen,
    unlock,

    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },

    times() {
      const audio = opened();
      const { contextTime = 0, performanceTime = 0 } = audio.getOutputTimestamp?.() ?? {};
      const next = audio.currentTime;
      // Right after it was opened a browser may not know yet what is heard.
      const known = performanceTime > 0 && contextTime > 0;
      const heard = known
        ? contextTime + (performance.now() - performanceTime) / 1000
        : next - (audio.outputLatency || audio.baseLatency || 0);
      return { heard: Math.min(heard, next), next };
    },

    decode: (sound) => opened().decodeAudioData(sound),

    play(sound, { when, offset }) {
      const audio = opened();
      const source = new AudioBufferSourceNode(audio, { buffer: sound });
      const gain = new GainNode(audio, { gain: offset > 0 ? 0 : 1 });
      source.connect(gain).connect(audio.destination);
      source.addEventListener('ended', () => gain.disconnect(), { once: true });
      if (offset > 0) gain.gain.setValueAtTime(0, when).linearRampToValueAtTime(1, when + FADE_IN_SECONDS);
      source.start(when, offset);
      return {
        stop() {
          const now = audio.currentTime;
          gain.gain.cancelScheduledValues(now);
          gain.gain.setValueAtTime(gain.gain.value, now).linearRampToValueAtTime(0, now + STOP_SECONDS);
          source.stop(now + STOP_SECONDS);
        },
      };
    },
  };
}
