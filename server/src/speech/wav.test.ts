import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { fitTimeline } from './fit.ts';
import { timeText } from './timeline.ts';
import { audibleSpan, lengthMs, readWav, writeWav } from './wav.ts';

test('what is written is read, whatever is heard', () => {
  fc.assert(
    fc.property(fc.int16Array(), fc.constantFrom(16_000, 22_050, 24_000), (samples, sampleRate) => {
      expect(readWav(writeWav({ samples, sampleRate }))).toEqual({ samples, sampleRate });
    }),
  );
});

test('other chunks are passed over; what is cut, compressed or something else is refused', () => {
  const wav = Buffer.from(writeWav({ sampleRate: 22_050, samples: Int16Array.of(1, 2, 3) }));
  const list = Buffer.from('LIST\x03\x00\x00\x00abc\x00', 'latin1');
  const more = Buffer.concat([wav.subarray(0, 36), list, wav.subarray(36)]);
  expect(readWav(more).samples).toEqual(Int16Array.of(1, 2, 3));
  const stereo = Buffer.from(wav);
  stereo.writeUInt16LE(2, 22);
  for (const wrong of [Buffer.alloc(0), Buffer.from('ID3'), wav.subarray(0, 20), wav.subarray(0, 38), stereo])
    expect(() => readWav(wrong)).toThrow();
});

test('the audible part', () => {
  const samples = new Int16Array(24_000);
  samples.fill(5_000, 2_400, 21_600);
  const sound = { samples, sampleRate: 24_000 };
  expect([lengthMs(sound), audibleSpan(sound)]).toEqual([1_000, { fromMs: 100, toMs: 900 }]);
  expect(audibleSpan({ samples: new Int16Array(2_400), sampleRate: 24_000 })).toEqual({ fromMs: 0, toMs: 100 });
});

test('any text over any recording: in order, inside it, at rest in the end', () => {
  const text = fc.array(fc.constantFrom('Hello', ' ', ', ', '. ', '今日は', '2026', '!'), { maxLength: 12 });
  fc.assert(
    fc.property(text, fc.nat(8_000), fc.nat(8_000), fc.nat(500), (parts, a, b, tail) => {
      const [fromMs, toMs] = [Math.min(a, b), Math.max(a, b)];
      const fitted = fitTimeline(timeText(parts.join(''), 'en'), { fromMs, toMs, durationMs: toMs + tail });
      for (const list of [fitted.visemes, fitted.words]) {
        let free = 0;
        for (const { t, d } of list) {
          expect(t).toBeGreaterThanOrEqual(free);
          expect(d).toBeGreaterThan(0);
          free = t + d;
        }
        expect(free).toBeLessThanOrEqual(fitted.durationMs);
      }
    }),
  );
});
