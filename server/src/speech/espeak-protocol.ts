import type { EspeakEvent } from './espeak-timeline.ts';

/** What the server and the process with eSpeak NG say to each other; PCM travels as bytes. */
export type Utter = { id: number; text: string; voice: string };
export type FromEspeak =
  | { type: 'ready' }
  | { type: 'unloadable'; reason: string }
  | { type: 'said'; id: number; sampleRate: number; samples: Int16Array; events: EspeakEvent[] }
  | { type: 'refused'; id: number; reason: string };
