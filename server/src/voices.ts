import { findEspeak, openEspeak } from './speech/espeak.client.ts';
import { createOpenAiVoice } from './speech/openai-voice.client.ts';
import type { SpeechSettings, VoiceEngine, VoiceEngineName } from './speech/voice-engine.ts';
import { createVoicevoxVoice } from './speech/voicevox.client.ts';

type Where = {
  dataDir: string;
  serverFolder: URL;
  /** A server that makes no replies has no use for a voice's process; it only tells of it. */
  makesReplies: boolean;
};

/** The voices of the settings, in their order. Throws when one of them is not set up. */
export function openVoices(settings: SpeechSettings, { dataDir, serverFolder, makesReplies }: Where): VoiceEngine[] {
  const program = findEspeak(dataDir);
  const open: Record<VoiceEngineName, () => VoiceEngine> = {
    openai: () => createOpenAiVoice(settings.openai),
    voicevox: () => createVoicevoxVoice(settings.voicevox),
    espeak: () => {
      if (!program && makesReplies)
        throw new Error('SPEECH names espeak, but eSpeak NG is not set up here: npm run setup:voice');
      const childUrl = new URL('speech/espeak.child.js', serverFolder);
      return openEspeak({ programPath: program ?? '', childUrl, startNow: makesReplies });
    },
  };
  const found: VoiceEngineName[] = [
    ...(settings.voicevox.url ? (['voicevox'] as const) : []),
    ...(program ? (['espeak'] as const) : []),
  ];
  return (settings.engines ?? found).map((name) => open[name]());
}
