import type { Language, VoiceChoice } from '@fantwin/shared/characters';
import type { Voice } from '@fantwin/shared/conversations';
import type { Recordings, Said } from './recordings.ts';
import type { Speech, Spoken } from './speech.ts';
import type { VoiceEngine, VoiceEngineName } from './voice-engine.ts';

type Deps = {
  /** In the order in which they are asked. */
  engines: readonly VoiceEngine[];
  recordings: Recordings;
  /** For what no voice can read. */
  silent: Speech;
  /** ms, of a clock that only grows. */
  now: () => number;
  onSaid: (how: 'recorded' | 'kept' | 'unread' | 'failed') => void;
  /** A sentence was recorded. */
  onRecorded: (engine: string, ms: number) => void;
  onFailure: (error: unknown) => void;
};

const engineNames: Record<VoiceEngineName, string> = { espeak: 'eSpeak NG', openai: 'OpenAI', voicevox: 'VOICEVOX' };
/** Different sentences that are recorded at once; more than that go without sound. */
const FLIGHTS_MAX = 64;
/** After so many failures in a row a voice is left alone for a while, so that sentences do not wait for it. */
const FAILURES_MAX = 3;
const REST_MS = 15_000;

/** Speech with voices. A sentence is recorded once, however many ask for it and on whichever server. */
export function createVoicedSpeech(deps: Deps): Speech {
  const flights = new Map<string, Promise<Spoken>>();
  const health = new Map<VoiceEngine, { failures: number; restsUntil: number }>();

  const isUp = (engine: VoiceEngine): boolean =>
    engine.ready() && (health.get(engine)?.restsUntil ?? Number.NEGATIVE_INFINITY) <= deps.now();

  /** Throws when the voice fails; whoever asks then says it without sound. */
  async function speak(text: string, language: Language, signal: AbortSignal, wanted?: string | null): Promise<Spoken> {
    signal.throwIfAborted();
    const chosen = ofChoice(wanted);
    const reads = (one: VoiceEngine) => one.voiceOf(language) !== undefined && one.canRead(text, language);
    const engine = chosen && reads(chosen.engine) ? chosen.engine : deps.engines.find(reads);
    const voice = engine && (engine === chosen?.engine ? chosen.voice : engine.voiceOf(language));
    if (!engine || voice === undefined) {
      deps.onSaid('unread');
      return deps.silent.speak(text, language, signal);
    }
    const said: Said = { text, language, voice, version: engine.version };
    const key = JSON.stringify(said);
    const flight = flights.get(key) ?? begin(key, () => find(engine, said, language));
    return until(flight, signal);
  }

  /** Undefined where the engine of it is not here any more. */
  function ofChoice(choice?: string | null): { engine: VoiceEngine; voice: string } | undefined {
    const [key, voice] = choice?.split(':') ?? [];
    const engine = deps.engines.find((one) => one.key === key);
    return engine && voice !== undefined ? { engine, voice } : undefined;
  }

  /** An engine that does not answer offers nothing for now. */
  async function voices(language: Language): Promise<VoiceChoice[]> {
    const offers = await Promise.all(
      deps.engines.map(async (engine) => {
        if (engine.voiceOf(language) === undefined) return [];
        const found = await engine.voices(language).catch((error: unknown) => {
          deps.onFailure(error);
          return [];
        });
        return found.map(({ voice, name }) => ({
          id: `${engine.key}:${voice}`,
          name,
          engine: engineNames[engine.key],
        }));
      }),
    );
    return offers.flat();
  }

  /** It goes on when one of those who asked goes away: others may wait for it, and it is kept. */
  function begin(key: string, work: () => Promise<Spoken>): Promise<Spoken> {
    if (flights.size >= FLIGHTS_MAX) return Promise.reject(new Error('too many sentences are recorded at once'));
    const flight = work().finally(() => flights.delete(key));
    flights.set(key, flight);
    return flight;
  }

  async function find(engine: VoiceEngine, said: Said, language: Language): Promise<Spoken> {
    const kept = await deps.recordings.find(said).catch((error: unknown) => {
      deps.onFailure(error); // then it is made again
      return undefined;
    });
    if (kept) {
      deps.onSaid('kept');
      return kept;
    }
    try {
      if (!isUp(engine)) throw new Error(`${engine.name} does not answer`);
      const startedAt = deps.now();
      const recording = await record(engine, said, language);
      deps.onRecorded(engine.name, deps.now() - startedAt);
      const spoken = await deps.recordings.keep(said, recording);
      deps.onSaid('recorded');
      return spoken;
    } catch (error) {
      deps.onSaid('failed');
      throw error;
    }
  }

  async function record(engine: VoiceEngine, { text, voice }: Said, language: Language) {
    try {
      const recording = await engine.record(text, language, voice);
      health.delete(engine);
      return recording;
    } catch (error) {
      const failures = (health.get(engine)?.failures ?? 0) + 1;
      const rests = failures >= FAILURES_MAX;
      health.set(engine, { failures, restsUntil: rests ? deps.now() + REST_MS : Number.NEGATIVE_INFINITY });
      deps.onFailure(error);
      throw error;
    }
  }

  return {
    speak,
    voices,

    voiceFor(language, wanted): Voice {
      if (deps.engines.length === 0) return { silent: 'none' };
      const speaks = (one: VoiceEngine | undefined) => one?.voiceOf(language) !== undefined;
      const chosen = ofChoice(wanted)?.engine;
      const engine = speaks(chosen) ? chosen : deps.engines.find(speaks);
      if (!engine) return { silent: 'language' };
      if (!isUp(engine)) return { silent: 'away' };
      const { name, unread } = engine;
      return { name, ...(unread && { unread }) };
    },
  };
}

function until<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason as Error);
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) stop();
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}
