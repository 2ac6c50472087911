import OpenAI from 'openai';
import { fitTimeline } from './fit.ts';
import { timeText } from './timeline.ts';
import type { SpeechSettings, VoiceEngine } from './voice-engine.ts';
import { audibleSpan, lengthMs, samplesOf, writeWav } from './wav.ts';

const OPENAI_URL = 'https://api.openai.com/v1';
const DEFAULT_MODEL = 'gpt-4o-mini-tts';
const DEFAULT_VOICE = 'nova';
/** Those of OpenAI's documentation; another server that speaks its protocol may have others, but cannot be asked. */
const VOICES = ['alloy', 'ash', 'ballad', 'coral', 'echo', 'fable', 'nova', 'onyx', 'sage', 'shimmer', 'verse'];
/** What `pcm` is: 16 bits, one channel, this rate. */
const SAMPLE_RATE = 24_000;
const SOUND_MAX_BYTES = SAMPLE_RATE * 2 * 60;
const DEFAULT_TIMEOUT_MS = 4_500;

/**
 * Any server with OpenAI's `/audio/speech`. It says nothing of when each sound comes: the mouth is timed by the text and
 * stretched over what is heard.
 */
export function createOpenAiVoice(settings: SpeechSettings['openai'], timeoutMs = DEFAULT_TIMEOUT_MS): VoiceEngine {
  const { model = DEFAULT_MODEL, voice: defaultVoice = DEFAULT_VOICE } = settings;
  const client = new OpenAI({
    baseURL: settings.baseUrl ?? OPENAI_URL,
    apiKey: settings.apiKey || 'none', // the package insists on one; many servers need none
    maxRetries: 0,
    logLevel: 'off', // it would log what is said
  });

  return {
    key: 'openai',
    name: `${model}, ${defaultVoice}`,
    version: `openai ${model}, visemes 1`,
    voiceOf: () => defaultVoice,
    voices: () =>
      Promise.resolve([...new Set([defaultVoice, ...VOICES])].map((voice) => ({ voice, name: capitalised(voice) }))),
    canRead: () => true,
    ready: () => true,

    async record(text, language, voice) {
      const signal = AbortSignal.timeout(timeoutMs); // to the last byte; the package's own ends with the headers
      const response = await client.audio.speech.create(
        { model, voice, input: text, response_format: 'pcm' },
        { signal, timeout: timeoutMs },
      );
      const samples = samplesOf(await readCapped(response));
      if (samples.length === 0) throw new Error('the voice sent no sound');
      const sound = { samples, sampleRate: SAMPLE_RATE };
      const span = { ...audibleSpan(sound), durationMs: lengthMs(sound) };
      return { wav: writeWav(sound), ...fitTimeline(timeText(text, language), span) };
    },
  };
}

const capitalised = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

async function readCapped({ headers, body }: Response): Promise<Uint8Array> {
  const type = headers.get('content-type') ?? '';
  if (/json|text/i.test(type)) throw new Error(`the voice answered with ${type}, not with sound`);
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of (body ?? []) as AsyncIterable<Uint8Array>) {
    bytes += part.length;
    if (bytes > SOUND_MAX_BYTES) throw new Error('the voice sent more than a minute for one sentence');
    parts.push(part);
  }
  return Buffer.concat(parts);
}
