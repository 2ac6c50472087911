import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { Sentence } from '@fantwin/shared/conversations';
import { z } from 'zod';
import type { Spoken } from './speech.ts';
import type { Recording } from './voice-engine.ts';

/** Where recordings are kept; one store may be shared by many servers. */
export type Shelf = {
  put(key: string, content: Uint8Array): Promise<void>;
  get(key: string): Readable;
  stat(key: string): Promise<{ bytes: number } | undefined>;
};

/** Everything that decides how a sentence sounds and how its mouth moves. */
export type Said = { text: string; language: string; voice: string; version: string };

const Kept = Sentence.pick({ durationMs: true, visemes: true, words: true }).extend({
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
const KEPT_MAX_BYTES = 256 * 1024;
const sha256Of = (content: string | Uint8Array): string => createHash('sha256').update(content).digest('hex');

export const recordingFolder = 'speech';
export const soundKey = (sha256: string): string => `${recordingFolder}/sound/${sha256}.wav`;
const timelineKey = (said: Said): string =>
  `${recordingFolder}/said/${sha256Of(JSON.stringify(Object.entries(said)))}.json`;
const addressOf = (sha256: string): string => `/speech/${sha256}.wav`;

/**
 * What was said once is not made again, by any server. A sound is kept under the hash of itself, because a voice that
 * says a text twice may say it differently; what was said leads to it, together with the times that belong to it.
 */
export function createRecordings(shelf: Shelf) {
  return {
    /** Undefined also where the sound of it is gone. */
    async find(said: Said): Promise<Spoken | undefined> {
      const key = timelineKey(said);
      const found = await shelf.stat(key);
      if (!found || found.bytes > KEPT_MAX_BYTES) return undefined;
      const kept = Kept.safeParse(JSON.parse(await readText(shelf.get(key))));
      if (!kept.success || !(await shelf.stat(soundKey(kept.data.sha256)))) return undefined;
      const { sha256, ...timeline } = kept.data;
      return { ...timeline, url: addressOf(sha256) };
    },

    async keep(said: Said, { wav, durationMs, visemes, words }: Recording): Promise<Spoken> {
      const sha256 = sha256Of(wav);
      const timeline = { durationMs, visemes, words };
      await shelf.put(soundKey(sha256), wav); // before what leads to it
      await shelf.put(timelineKey(said), new TextEncoder().encode(JSON.stringify({ ...timeline, sha256 })));
      return { ...timeline, url: addressOf(sha256) };
    },
  };
}

export type Recordings = ReturnType<typeof createRecordings>;

async function readText(content: Readable): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const part of content) parts.push(part as Uint8Array);
  return Buffer.concat(parts).toString('utf8');
}
