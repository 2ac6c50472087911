// The process that runs eSpeak NG, a program under the GPL that the operator installed. It ends with its parent.
import { pathToFileURL } from 'node:url';
import type { FromEspeak, Utter } from './espeak-protocol.ts';
import type { EspeakEvent } from './espeak-timeline.ts';

type Event = { type: string; text_position: number; audio_position: number; id?: string | number };
/** The part of the program's interface that is used here. */
type Worker = {
  set_voice(name: string): number;
  get_samplerate(): number;
  synthesize(text: string, onPart: (samples: Int16Array, events: Event[]) => number): void;
};
type Program = { default: () => Promise<{ eSpeakNGWorker: new () => Worker }> };

/** More than any sentence needs. */
const SAMPLES_MAX = 22_050 * 60;

let worker: Worker | undefined;

process.once('disconnect', () => process.exit(0));
process.on('SIGINT', () => {}); // Ctrl-C reaches the whole group; the parent decides when this process ends
process.on('message', (request: Utter) => answer(request));
if (!process.connected) process.exit(0); // the parent went away while this file was loading

try {
  const path = process.argv[2] ?? '';
  const program = (await import(pathToFileURL(path).href)) as Program;
  const { eSpeakNGWorker: EspeakWorker } = await program.default();
  worker = new EspeakWorker();
  speak('ready', 'en-us'); // the first words of a voice are slow
  send({ type: 'ready' });
} catch (error) {
  send({ type: 'unloadable', reason: messageOf(error) });
}

function answer({ id, text, voice }: Utter): void {
  try {
    send({ type: 'said', id, ...speak(text, voice) });
  } catch (error) {
    send({ type: 'refused', id, reason: messageOf(error) });
  }
}

function speak(text: string, voice: string) {
  if (!worker) throw new Error('eSpeak NG is not loaded');
  if (worker.set_voice(voice) !== 0) throw new Error(`it has no voice "${voice}"`);
  const parts: Int16Array[] = [];
  const events: EspeakEvent[] = [];
  let length = 0;
  worker.synthesize(text, (samples, heard) => {
    parts.push(samples);
    length += samples.length;
    for (const event of heard) events.push(...toEvent(event));
    return length > SAMPLES_MAX ? 1 : 0;
  });
  const samples = new Int16Array(length);
  let at = 0;
  for (const part of parts) {
    samples.set(part, at);
    at += part.length;
  }
  return { sampleRate: worker.get_samplerate(), samples, events };
}

function toEvent({ type, audio_position: atMs, text_position, id }: Event): EspeakEvent[] {
  if (type === 'phoneme') return [{ type, atMs, ipa: String(id ?? '') }];
  return type === 'word' ? [{ type, atMs, place: text_position - 1 }] : [];
}

function send(message: FromEspeak): void {
  if (!process.connected) process.exit(0);
  process.send?.(message);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
