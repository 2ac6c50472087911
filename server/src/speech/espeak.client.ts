import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Language } from '@fantwin/shared/characters';
import { canEspeakRead, espeakText, languageOf } from './espeak-text.ts';
import { EspeakProcess } from './espeak-process.client.ts';
import { espeakTimeline } from './espeak-timeline.ts';
import type { VoiceEngine } from './voice-engine.ts';
import { lengthMs, writeWav } from './wav.ts';

const usual: Record<Language, string> = { en: 'en-us+f3', ja: 'ja+f3' };
const accents: Record<Language, [voice: string, name: string][]> = {
  en: [
    ['en-us', 'American'],
    ['en', 'British'],
    ['en-gb-scotland', 'Scottish'],
  ],
  ja: [['ja', '日本語']],
};
const timbres = ['f1', 'f2', 'f3', 'f4', 'f5', 'm1', 'm2', 'm3', 'm4', 'm5', 'm6', 'm7'] as const;

/** Where `npm run setup:voice` puts it. Undefined: it is not there. */
export function findEspeak(dataDir: string): string | undefined {
  const [program, data] = ['espeak-ng.js', 'espeak-ng.data'].map((file) => join(dataDir, 'voice', 'espeak-ng', file));
  return program && data && existsSync(program) && existsSync(data) ? program : undefined;
}

export type EspeakEngine = VoiceEngine & { pid(): number | undefined };

type Options = {
  programPath: string;
  /** The built `espeak.child.js`. */
  childUrl: URL;
  /** Its first sentence need not wait for the process; otherwise it starts when it is first needed. */
  startNow: boolean;
};

/** eSpeak NG in a process of its own. It says itself when each of its sounds comes. */
export function openEspeak({ programPath, childUrl, startNow }: Options): EspeakEngine {
  let process: EspeakProcess | undefined;
  const running = (): EspeakProcess => (process ??= new EspeakProcess(childUrl, programPath));
  if (startNow) running();

  return {
    key: 'espeak',
    name: 'eSpeak NG',
    version: 'espeak-ng 0.3.5, visemes 1',
    voiceOf: (language) => usual[language],
    voices: (language) =>
      Promise.resolve(
        accents[language].flatMap(([accent, name]) =>
          timbres.map((timbre) => ({ voice: `${accent}+${timbre}`, name: `${name} ${timbre.toUpperCase()}` })),
        ),
      ),
    canRead: canEspeakRead,
    unread: 'kanji',
    ready: () => process?.state !== 'broken',
    pid: () => process?.pid,

    async record(sentence, language, voice) {
      const readAs = languageOf(sentence, language);
      const { text, offsets } = espeakText(sentence);
      const said = await running().utter(text, readAs === language ? voice : usual[readAs]);
      const durationMs = lengthMs(said);
      return { wav: writeWav(said), ...espeakTimeline({ ...said, durationMs }, sentence, offsets, readAs) };
    },

    async close() {
      await process?.close();
    },
  };
}
