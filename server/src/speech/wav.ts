const HEADER_BYTES = 44;
const PCM = 1;

/** Samples of 16 bits, one channel. */
export type Sound16 = { sampleRate: number; samples: Int16Array };

export const lengthMs = ({ samples, sampleRate }: Sound16): number => Math.round((samples.length / sampleRate) * 1000);

export function writeWav({ sampleRate, samples }: Sound16): Uint8Array {
  const bytes = Buffer.alloc(HEADER_BYTES + samples.byteLength);
  bytes.write('RIFF', 0, 'latin1');
  bytes.writeUInt32LE(bytes.length - 8, 4);
  bytes.write('WAVEfmt ', 8, 'latin1');
  bytes.writeUInt32LE(16, 16);
  bytes.writeUInt16LE(PCM, 20);
  bytes.writeUInt16LE(1, 22);
  bytes.writeUInt32LE(sampleRate, 24);
  bytes.writeUInt32LE(sampleRate * 2, 28);
  bytes.writeUInt16LE(2, 32);
  bytes.writeUInt16LE(16, 34);
  bytes.write('data', 36, 'latin1');
  bytes.writeUInt32LE(samples.byteLength, 40);
  for (const [index, sample] of samples.entries()) bytes.writeInt16LE(sample, HEADER_BYTES + index * 2);
  return bytes;
}

/** Throws where it is not a WAV file of 16-bit samples in one channel. */
export function readWav(content: Uint8Array): Sound16 {
  const bytes = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
  const isWav = bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, 12) === 'WAVE';
  if (!isWav) throw new Error('this is no WAV file');
  let sampleRate: number | undefined;
  for (let at = 12; at + 8 <= bytes.length; ) {
    const name = bytes.toString('latin1', at, at + 4);
    const size = bytes.readUInt32LE(at + 4);
    const start = at + 8;
    if (name === 'fmt ' && start + 16 <= bytes.length) {
      const [format, channels, bits] = [0, 2, 14].map((offset) => bytes.readUInt16LE(start + offset));
      if (format !== PCM || channels !== 1 || bits !== 16) throw new Error('this WAV is not 16-bit PCM in one channel');
      sampleRate = bytes.readUInt32LE(start + 4);
    }
    if (name === 'data' && sampleRate) return { sampleRate, samples: samplesOf(bytes.subarray(start, start + size)) };
    at = start + size + (size % 2);
  }
  throw new Error('this WAV file has no sound');
}

/** From little-endian bytes; half a sample at the end is left out. */
export function samplesOf(bytes: Uint8Array): Int16Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Int16Array.from({ length: Math.floor(bytes.length / 2) }, (_, index) => view.getInt16(index * 2, true));
}

/** A voice is never exactly silent; this is some -46 dB. */
const AUDIBLE = 160;

/** From where to where something can be heard, in ms. The whole where nothing can. */
export function audibleSpan(sound: Sound16): { fromMs: number; toMs: number } {
  const { samples, sampleRate } = sound;
  const isAudible = (sample: number) => Math.abs(sample) > AUDIBLE;
  const first = samples.findIndex(isAudible);
  if (first < 0) return { fromMs: 0, toMs: lengthMs(sound) };
  const last = samples.findLastIndex(isAudible);
  return { fromMs: Math.floor((first / sampleRate) * 1000), toMs: Math.ceil((last / sampleRate) * 1000) };
}
