/** Something to hear: a tone of so many ms with a little silence before and after it, as bytes of 16-bit samples. */
export function tone({ ms, sampleRate, leadMs = 40 }: { ms: number; sampleRate: number; leadMs?: number }): Buffer {
  const count = (length: number) => Math.round((length * sampleRate) / 1000);
  const samples = Buffer.alloc(count(ms) * 2);
  for (let n = count(leadMs); n < count(ms - leadMs); n += 1)
    samples.writeInt16LE(Math.round(8_000 * Math.sin((n / sampleRate) * 2 * Math.PI * 440)), n * 2);
  return samples;
}
