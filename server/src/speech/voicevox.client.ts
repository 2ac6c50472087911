import { z } from 'zod';
import { type Mora, moraVisemes, withTextWords } from './mora-timeline.ts';
import { timeText } from './timeline.ts';
import type { SpeechSettings, VoiceEngine } from './voice-engine.ts';
import { lengthMs, readWav, writeWav } from './wav.ts';

const DEFAULT_URL = 'http://127.0.0.1:50021';
/** ずんだもん, ノーマル */
const DEFAULT_SPEAKER = 3;
const DEFAULT_TIMEOUT_MS = 4_500;
const SOUND_MAX_BYTES = 24_000 * 2 * 60;

const Seconds = z.number().min(0).max(60);
const MoraSchema = z.looseObject({
  consonant: z.string().nullish(),
  consonant_length: Seconds.nullish(),
  vowel: z.string(),
  vowel_length: Seconds,
});
/** What of a query is read here; all of it is handed back. */
const AudioQuery = z.looseObject({
  accent_phrases: z.array(z.looseObject({ moras: z.array(MoraSchema), pause_mora: MoraSchema.nullish() })).max(500),
  speedScale: z.number().positive(),
  prePhonemeLength: Seconds,
  pauseLengthScale: z.number().min(0).nullish(),
});
type AudioQuery = z.infer<typeof AudioQuery>;
const Speakers = z.array(
  z.object({ name: z.string(), styles: z.array(z.object({ id: z.number(), name: z.string() })) }),
);

/** A VOICEVOX engine. It says how long each mora is, so the lips are exact; its voices ask to be named. */
export function createVoicevoxVoice(
  { url = DEFAULT_URL, speaker = DEFAULT_SPEAKER }: SpeechSettings['voicevox'],
  timeoutMs = DEFAULT_TIMEOUT_MS,
): VoiceEngine {
  const names = new Map<string, { name: string; style: string }>();
  let asked: Promise<void> | undefined;

  async function call(path: string, params: Record<string, string>, body?: unknown, signal?: AbortSignal) {
    const address = new URL(path, url.endsWith('/') ? url : `${url}/`);
    for (const [name, value] of Object.entries(params)) address.searchParams.set(name, value);
    const response = await fetch(address, {
      method: path === 'speakers' ? 'GET' : 'POST',
      ...(body !== undefined && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
      signal: signal ?? AbortSignal.timeout(timeoutMs),
    });
    if (!response.ok) throw new Error(`VOICEVOX answered ${path} with ${response.status}`);
    if (Number(response.headers.get('content-length') ?? 0) > SOUND_MAX_BYTES)
      throw new Error(`VOICEVOX sent too much for ${path}`);
    return response;
  }

  /** Asked once; again after a failure. */
  function learnNames(): Promise<void> {
    asked ??= call('speakers', {})
      .then(async (response) => {
        for (const { name, styles } of Speakers.parse(await response.json()))
          for (const { id, name: style } of styles) names.set(String(id), { name, style });
      })
      .catch(() => {
        asked = undefined;
      });
    return asked;
  }
  void learnNames();

  return {
    key: 'voicevox',
    get name() {
      const credit = names.get(String(speaker))?.name;
      return credit ? `VOICEVOX:${credit}` : 'VOICEVOX';
    },
    version: 'voicevox, visemes 1',
    voiceOf: (language) => (language === 'ja' ? String(speaker) : undefined),

    async voices(language) {
      if (language !== 'ja') return [];
      await learnNames();
      if (names.size === 0) throw new Error('VOICEVOX does not say which voices it has');
      return [...names].map(([voice, { name, style }]) => ({ voice, name: `${name} (${style})` }));
    },

    canRead: (_text, language) => language === 'ja',
    ready: () => true,

    async record(text, language, voice) {
      const signal = AbortSignal.timeout(timeoutMs);
      void learnNames();
      const asking = await call('audio_query', { text, speaker: voice }, undefined, signal);
      const query = AudioQuery.parse(await asking.json());
      const wanted = { ...query, outputSamplingRate: 24_000, outputStereo: false };
      const answer = await call('synthesis', { speaker: voice }, wanted, signal);
      const sound = readWav(new Uint8Array(await answer.arrayBuffer()));
      const durationMs = lengthMs(sound);
      const { visemes, endMs } = moraVisemes(morasOf(query), (query.prePhonemeLength / query.speedScale) * 1000);
      const kept = visemes.filter(({ t, d }) => t + d <= durationMs);
      const rest = { t: endMs, d: durationMs - endMs, v: 'sil' as const, w: 0 };
      const timeline = withTextWords(rest.d > 0 ? [...kept, rest] : kept, durationMs, timeText(text, language));
      return { wav: writeWav(sound), ...timeline };
    },
  };
}

/** As they are spoken: in their order, with their pauses, at the query's pace. */
function morasOf({ accent_phrases, speedScale, pauseLengthScale }: AudioQuery): Mora[] {
  const atPace = (mora: Mora, scale: number): Mora => ({
    ...mora,
    consonant_length: ((mora.consonant_length ?? 0) * scale) / speedScale,
    vowel_length: (mora.vowel_length * scale) / speedScale,
  });
  return accent_phrases.flatMap(({ moras, pause_mora }) => [
    ...moras.map((mora) => atPace(mora, 1)),
    ...(pause_mora ? [atPace(pause_mora, pauseLengthScale ?? 1)] : []),
  ]);
}
