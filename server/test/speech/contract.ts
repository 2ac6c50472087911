import type { Language } from '@fantwin/shared/characters';
import { Sentence } from '@fantwin/shared/conversations';
import { describe, expect, test } from 'vitest';
import type { VoiceEngine } from '../../src/speech/voice-engine.ts';
import { audibleSpan, lengthMs, readWav } from '../../src/speech/wav.ts';

type Samples = { language: Language; sentence: string; words: string[] };

/** What every voice promises, whatever is behind it. */
export function keepsTheContract(engineOf: () => VoiceEngine, samples: Samples[]): void {
  describe.each(samples)('"$sentence"', ({ language, sentence, words }) => {
    const record = () => {
      const engine = engineOf();
      const voice = engine.voiceOf(language);
      if (voice === undefined) throw new Error(`it does not speak ${language}`);
      expect(engine.canRead(sentence, language)).toBe(true);
      return engine.record(sentence, language, voice);
    };

    test('is heard: a WAV of 16 bits and one channel, as long as it says', async () => {
      const { wav, durationMs } = await record();
      const sound = readWav(wav);
      expect(durationMs).toBe(lengthMs(sound));
      expect(durationMs).toBeGreaterThan(300);
      expect(wav.length / (durationMs / 1000)).toBeLessThan(50_000); // bytes for a second
      const { fromMs, toMs } = audibleSpan(sound);
      expect(toMs - fromMs).toBeGreaterThan(durationMs / 2);
    });

    test('is seen: visemes one after the other over the sound, at rest in the end', async () => {
      const { wav, durationMs, visemes, words: times } = await record();
      Sentence.pick({ durationMs: true, visemes: true, words: true }).parse({ durationMs, visemes, words: times });
      let free = 0;
      for (const { t, d } of visemes) {
        expect([Number.isInteger(t), Number.isInteger(d), d > 0, t >= free]).toEqual([true, true, true, true]);
        free = t + d;
      }
      expect(free).toBeLessThanOrEqual(durationMs);
      expect(visemes.at(-1)).toMatchObject({ v: 'sil', w: 0 });
      const { fromMs, toMs } = audibleSpan(readWav(wav));
      const moving = visemes.filter(({ v }) => v !== 'sil');
      const [first, last] = [moving[0], moving.at(-1)];
      expect(Math.abs((first?.t ?? 0) - fromMs), 'the mouth begins with the sound').toBeLessThan(60);
      expect(Math.abs((last?.t ?? 0) + (last?.d ?? 0) - toMs), 'and ends with it').toBeLessThan(150);
      expect(new Set(moving.map(({ v }) => v)).size).toBeGreaterThan(2);
    });

    test('each word has its place in the text and its time', async () => {
      const { words: times, durationMs } = await record();
      expect(times.map(({ i }, n) => sentence.slice(i, i + (words[n]?.length ?? 0)))).toEqual(words);
      let free = 0;
      for (const { t, d } of times) {
        expect(t).toBeGreaterThanOrEqual(free);
        expect(d).toBeGreaterThan(0);
        free = t + d;
      }
      expect(free).toBeLessThanOrEqual(durationMs);
    });
  });

  test('it has a name and a version', () => {
    const { name, version } = engineOf();
    expect([name, version].every((text) => text.trim() !== '')).toBe(true);
  });
}
