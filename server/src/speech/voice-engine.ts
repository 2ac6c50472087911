import type { Language } from '@fantwin/shared/characters';
import type { Timeline } from './timeline.ts';

/** One of an engine's voices, by the engine's own name for it. */
export type EngineVoice = { voice: string; name: string };

/** A sentence as it sounds. */
export type Recording = Timeline & {
  /** PCM of 16 bits, one channel. */
  wav: Uint8Array;
};

/** One program or service with a voice. */
export type VoiceEngine = {
  readonly key: VoiceEngineName;
  /** For people; a voice that asks for a credit has it in its name. */
  readonly name: string;
  /** Changes with everything that changes how a text sounds or how its mouth is timed. */
  readonly version: string;
  /** The voice that is taken for this language. Undefined: it does not speak the language. */
  voiceOf(language: Language): string | undefined;
  /** All that it offers for this language. Throws when it does not answer. */
  voices(language: Language): Promise<EngineVoice[]>;
  canRead(text: string, language: Language): boolean;
  /** What it cannot read, in general. */
  readonly unread?: 'kanji';
  /** False while it is known not to answer. */
  ready(): boolean;
  /** Throws within 5 s when it cannot. */
  record(text: string, language: Language, voice: string): Promise<Recording>;
  close?(): Promise<void>;
};

export const voiceEngineNames = ['espeak', 'openai', 'voicevox'] as const;
export type VoiceEngineName = (typeof voiceEngineNames)[number];

export type SpeechSettings = {
  /** In the order in which they are asked whether they can read a sentence. Absent: whatever is here. */
  engines?: readonly VoiceEngineName[];
  openai: { baseUrl?: string; apiKey?: string; model?: string; voice?: string };
  voicevox: { url?: string; speaker?: number };
};
