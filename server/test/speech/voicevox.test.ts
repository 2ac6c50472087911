import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { VoiceEngine } from '../../src/speech/voice-engine.ts';
import { createVoicevoxVoice } from '../../src/speech/voicevox.client.ts';
import { startVoicevoxDouble, type VoicevoxDouble, type VoicevoxMisbehaviour } from '../doubles/voicevox-double.ts';
import { waitFor } from '../fan.ts';
import { keepsTheContract } from './contract.ts';

describe('VOICEVOX', () => {
  let double: VoicevoxDouble;
  let engine: VoiceEngine;
  beforeAll(async () => {
    double = await startVoicevoxDouble();
    engine = createVoicevoxVoice({ url: double.url }, 500);
  });
  afterAll(() => double?.close());

  keepsTheContract(
    () => engine,
    [
      { language: 'ja', sentence: 'こんにちは。', words: ['こんにちは'] },
      { language: 'ja', sentence: '今日は、良い天気ですね！', words: ['今日', 'は', '良い', '天気', 'です', 'ね'] },
    ],
  );

  test('the lips follow its moras, at its pace', async () => {
    const { visemes, durationMs } = await engine.record('今日は、良い天気ですね！', 'ja', '3');
    const at = (seconds: number) => Math.round((seconds / 1.25) * 1000);
    expect(visemes.slice(0, 6)).toEqual([
      { t: at(0.1), d: at(0.18) - at(0.1), v: 'kk', w: 0.8 },
      { t: at(0.18), d: at(0.3) - at(0.18), v: 'O', w: 0.9 },
      { t: at(0.3), d: at(0.42) - at(0.3), v: 'O', w: 0.9 },
      { t: at(0.42), d: at(0.5) - at(0.42), v: 'U', w: 0.8 },
      { t: at(0.5), d: at(0.62) - at(0.5), v: 'aa', w: 0.9 },
      { t: at(0.62), d: at(0.92) - at(0.62), v: 'sil', w: 0 },
    ]);
    expect(
      visemes.find(({ w }) => w === 0.4),
      'a voiceless u',
    ).toMatchObject({ v: 'U' });
    const rest = visemes.at(-1);
    expect(Math.abs(durationMs - (rest?.t ?? 0) - at(0.2))).toBeLessThanOrEqual(2);
    expect(double.faults).toEqual([]);
  });

  test('it speaks Japanese alone, and its name gives the credit that its voice asks for', async () => {
    expect([engine.voiceOf('en'), engine.voiceOf('ja')]).toEqual([undefined, '3']);
    await waitFor(() => engine.name === 'VOICEVOX:ずんだもん', 'its name is known');
  });

  test('a style that it does not have', async () => {
    await expect(engine.record('こんにちは。', 'ja', '99')).rejects.toThrow('422');
    double.faults.length = 0;
  });

  test.each<VoicevoxMisbehaviour>(['status-500', 'silent', 'no-moras', 'mp3', 'cut'])(
    'one that does this is a failure within the time it has: %s',
    async (how) => {
      double.misbehave(how);
      const startedAt = performance.now();
      await expect(engine.record('こんにちは。', 'ja', '3')).rejects.toThrow();
      expect(performance.now() - startedAt).toBeLessThan(1_500);
      expect((await engine.record('こんにちは。', 'ja', '3')).durationMs).toBeGreaterThan(300);
    },
  );

  test('nobody there', async () => {
    const nobody = createVoicevoxVoice({ url: 'http://127.0.0.1:9' }, 500);
    await expect(nobody.record('こんにちは。', 'ja', '3')).rejects.toThrow();
    expect(nobody.name).toBe('VOICEVOX');
  });
});
