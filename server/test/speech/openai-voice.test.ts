import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createOpenAiVoice } from '../../src/speech/openai-voice.client.ts';
import type { VoiceEngine } from '../../src/speech/voice-engine.ts';
import { type SpeechApiDouble, type SpeechMisbehaviour, startSpeechApiDouble } from '../doubles/speech-api-double.ts';
import { keepsTheContract } from './contract.ts';

describe("a voice behind OpenAI's /audio/speech", () => {
  let double: SpeechApiDouble;
  let engine: VoiceEngine;
  beforeAll(async () => {
    double = await startSpeechApiDouble();
    engine = createOpenAiVoice({ baseUrl: double.url, apiKey: 'key' }, 500);
  });
  afterAll(() => double?.close());

  keepsTheContract(
    () => engine,
    [
      { language: 'en', sentence: '😊 Hi, it is 2.5 km!', words: ['Hi', 'it', 'is', '2.5', 'km'] },
      { language: 'ja', sentence: '今日は、良い天気です。', words: ['今日', 'は', '良い', '天気', 'です'] },
    ],
  );

  test('it is asked for what it can give, and for the wanted voice', async () => {
    expect(await engine.voices('en')).toContainEqual({ voice: 'sage', name: 'Sage' });
    await engine.record('Hello there.', 'en', 'sage');
    expect(double.requests.at(-1)).toEqual({ input: 'Hello there.', voice: 'sage' });
    expect(double.requests.filter(({ fault }) => fault)).toEqual([]);
  });

  test('the mouth is stretched over what is heard', async () => {
    const { durationMs, visemes } = await engine.record('A rather long sentence to say.', 'en', 'nova');
    expect(durationMs).toBe(30 * 60);
    expect(visemes[0]?.t).toBe(40);
    const rest = visemes.at(-1);
    expect([rest?.v, Math.round((rest?.t ?? 0) / 10)]).toEqual(['sil', (1_800 - 40) / 10]);
  });

  test('a wrong key, a wrong voice', async () => {
    const stranger = createOpenAiVoice({ baseUrl: double.url, apiKey: 'another' }, 500);
    await expect(stranger.record('Hello.', 'en', 'nova')).rejects.toThrow('Incorrect API key');
    await expect(engine.record('Hello.', 'en', 'nobody')).rejects.toThrow('voice');
  });

  test.each<SpeechMisbehaviour>(['status-500', 'silent', 'hang-in-the-middle', 'cut', 'json', 'endless', 'empty'])(
    'one that does this is a failure within the time it has: %s',
    async (how) => {
      double.misbehave(how);
      const startedAt = performance.now();
      await expect(engine.record('Hello.', 'en', 'nova')).rejects.toThrow();
      expect(performance.now() - startedAt).toBeLessThan(1_500);
      expect((await engine.record('Hello.', 'en', 'nova')).durationMs).toBeGreaterThan(300);
    },
  );
});
