import { Readable } from 'node:stream';
import { beforeEach, describe, expect, test } from 'vitest';
import { createRecordings, type Shelf } from './recordings.ts';
import { createTextTimedSpeech } from './speech.ts';
import type { VoiceEngine } from './voice-engine.ts';
import { createVoicedSpeech } from './voiced-speech.ts';
import { writeWav } from './wav.ts';

type Gate = { promise: Promise<void>; resolve: () => void };

function openGate(): Gate {
  let resolve = (): void => undefined;
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

type Scripted = VoiceEngine & { recorded: string[]; fails: boolean; gate?: Promise<void> };

/** Says anything but what has a 漢 in it; every recording differs, as with a voice that has moods. */
function scriptedVoice(name = 'scripted', languages = ['en', 'ja']): Scripted {
  const engine: Scripted = {
    key: 'espeak',
    name,
    version: '1',
    recorded: [],
    fails: false,
    voiceOf: (language) => (languages.includes(language) ? 'usual' : undefined),
    voices: () => Promise.resolve([{ voice: 'usual', name: 'Usual' }]),
    canRead: (text) => !text.includes('漢'),
    ready: () => true,
    async record(text) {
      engine.recorded.push(text);
      await engine.gate;
      if (engine.fails) throw new Error('scripted');
      const samples = Int16Array.of(engine.recorded.length, 0, 0);
      const wav = writeWav({ sampleRate: 22_050, samples });
      return { wav, durationMs: 10, visemes: [{ t: 0, d: 10, v: 'aa', w: 1 }], words: [{ t: 0, d: 10, i: 0 }] };
    },
  };
  return engine;
}

function memoryShelf(): Shelf & { blobs: Map<string, Uint8Array>; fails: boolean } {
  const blobs = new Map<string, Uint8Array>();
  const shelf = {
    blobs,
    fails: false,
    async put(key: string, content: Uint8Array) {
      if (shelf.fails) throw new Error('the store is away');
      blobs.set(key, content);
    },
    get: (key: string) => Readable.from([blobs.get(key) ?? new Uint8Array()]),
    async stat(key: string) {
      if (shelf.fails) throw new Error('the store is away');
      const content = blobs.get(key);
      return content && { bytes: content.length };
    },
  };
  return shelf;
}

let shelf: ReturnType<typeof memoryShelf>;
let now: number;
let said: string[];
beforeEach(() => {
  shelf = memoryShelf();
  now = 0;
  said = [];
});
const never = new AbortController().signal;
const speechOf = (...engines: VoiceEngine[]) =>
  createVoicedSpeech({
    engines,
    recordings: createRecordings(shelf),
    silent: createTextTimedSpeech(),
    now: () => now,
    onSaid: (how) => said.push(how),
    onRecorded: () => undefined,
    onFailure: () => undefined,
  });

describe('a character with a voice of its own', () => {
  test('speaks with it where its engine can read the sentence, otherwise with the usual one of another', async () => {
    const [first, second] = [scriptedVoice('first'), { ...scriptedVoice('second'), key: 'voicevox' as const }];
    second.canRead = (text) => !text.includes('漢') && !text.includes('?');
    const asked: string[] = [];
    for (const engine of [first, second]) {
      const { record } = engine;
      engine.record = (text, language, voice) => {
        asked.push(`${engine.name}:${voice}`);
        return record(text, language, voice);
      };
    }
    const speech = speechOf(first, second);
    expect(speech.voiceFor('en', 'voicevox:7')).toEqual({ name: 'second' });
    await speech.speak('Hello.', 'en', never, 'voicevox:7');
    await speech.speak('Really?', 'en', never, 'voicevox:7');
    await speech.speak('Well.', 'en', never, 'gone:7');
    await speech.speak('Then.', 'en', never, null);
    expect(asked).toEqual(['second:7', 'first:usual', 'first:usual', 'first:usual']);
    expect(speech.voiceFor('en', 'gone:7')).toEqual({ name: 'first' });
  });

  test('is offered the voices of every engine that answers', async () => {
    const [first, second] = [scriptedVoice('first'), { ...scriptedVoice('second', ['ja']), key: 'voicevox' as const }];
    expect(await speechOf(first, second).voices('en')).toEqual([
      { id: 'espeak:usual', name: 'Usual', engine: 'eSpeak NG' },
    ]);
    second.voices = () => Promise.reject(new Error('scripted'));
    expect(await speechOf(first, second).voices('ja')).toHaveLength(1);
  });
});

describe('a sentence is recorded once', () => {
  test('for all who ask at once, and for all who ask later, on any server', async () => {
    const engine = scriptedVoice();
    const speech = speechOf(engine);
    const all = await Promise.all(Array.from({ length: 5 }, () => speech.speak('Hello.', 'en', never)));
    const another = scriptedVoice();
    all.push(await speechOf(another).speak('Hello.', 'en', never));
    expect(new Set(all.map(({ url }) => url)).size).toBe(1);
    expect(all[0]?.url).toMatch(/^\/speech\/[0-9a-f]{64}\.wav$/);
    expect(all.at(-1)).toEqual(all[0]);
    expect([engine.recorded, another.recorded, said]).toEqual([['Hello.'], [], ['recorded', 'kept']]);
  });

  test('but for each voice and version', async () => {
    const engine = scriptedVoice();
    const urls = new Set([
      (await speechOf(engine).speak('Hello.', 'en', never)).url,
      (await speechOf(engine).speak('Hello.', 'en', never, 'espeak:sage')).url,
      (await speechOf({ ...engine, version: '2' }).speak('Hello.', 'en', never)).url,
      (await speechOf(engine).speak('Hello.', 'ja', never)).url,
    ]);
    expect(urls.size).toBe(4);
  });

  test('again where its sound was swept away, or what is kept of it is broken', async () => {
    const engine = scriptedVoice();
    const first = await speechOf(engine).speak('Hello.', 'en', never);
    for (const key of shelf.blobs.keys()) if (key.endsWith('.wav')) shelf.blobs.delete(key);
    const second = await speechOf(engine).speak('Hello.', 'en', never);
    expect(second.url).not.toBe(first.url);
    for (const key of shelf.blobs.keys())
      if (key.endsWith('.json')) shelf.blobs.set(key, Buffer.from('{"durationMs":'));
    await speechOf(engine).speak('Hello.', 'en', never);
    expect(engine.recorded).toHaveLength(3);
  });
});

test('who goes away does not take the sentence from those who wait for it', async () => {
  const engine = scriptedVoice();
  const gate = openGate();
  engine.gate = gate.promise;
  const speech = speechOf(engine);
  const stopped = new AbortController();
  const one = speech.speak('Hello.', 'en', stopped.signal);
  const other = speech.speak('Hello.', 'en', never);
  stopped.abort();
  await expect(one).rejects.toThrow();
  gate.resolve();
  expect((await other).url).toBeDefined();
  await expect(speech.speak('Hello.', 'en', AbortSignal.abort())).rejects.toThrow();
});

test('the first voice that can read the sentence says it; what none can read is said without sound', async () => {
  const japanese = scriptedVoice('japanese', ['ja']);
  const english = scriptedVoice('english', ['en']);
  const speech = speechOf(japanese, english);
  await speech.speak('こんにちは', 'ja', never);
  await speech.speak('Hello.', 'en', never);
  const unread = await speech.speak('漢字', 'ja', never);
  expect([japanese.recorded, english.recorded]).toEqual([['こんにちは'], ['Hello.']]);
  expect(unread.url).toBeUndefined();
  expect(unread.visemes.length).toBeGreaterThan(0);
  expect([speech.voiceFor('ja'), speech.voiceFor('en')]).toEqual([{ name: 'japanese' }, { name: 'english' }]);
  expect(speechOf(english).voiceFor('ja')).toEqual({ silent: 'language' });
  expect(speechOf().voiceFor('ja')).toEqual({ silent: 'none' });
  expect(speechOf({ ...japanese, unread: 'kanji' }).voiceFor('ja')).toEqual({
    name: 'japanese',
    unread: 'kanji',
  });
});

test('a voice that fails three times in a row is left alone for a while; what is kept is said all the same', async () => {
  const engine = scriptedVoice();
  const speech = speechOf(engine);
  await speech.speak('Known.', 'en', never);
  engine.fails = true;
  for (const text of ['One.', 'Two.', 'Three.', 'Four.', 'Five.'])
    await expect(speech.speak(text, 'en', never)).rejects.toThrow();
  expect(engine.recorded).toEqual(['Known.', 'One.', 'Two.', 'Three.']);
  expect(speech.voiceFor('en')).toEqual({ silent: 'away' });
  expect((await speech.speak('Known.', 'en', never)).url).toBeDefined();
  now += 15_000;
  engine.fails = false;
  expect((await speech.speak('Four.', 'en', never)).url).toBeDefined();
  expect(speech.voiceFor('en')).toEqual({ name: 'scripted' });
});

test('a store that is away is a failure, and the next sentence is tried again', async () => {
  const speech = speechOf(scriptedVoice());
  shelf.fails = true;
  await expect(speech.speak('Hello.', 'en', never)).rejects.toThrow('the store is away');
  shelf.fails = false;
  expect((await speech.speak('Hello.', 'en', never)).url).toBeDefined();
});

test('there is a cap on what is recorded at once', async () => {
  const engine = scriptedVoice();
  const gate = openGate();
  engine.gate = gate.promise;
  const speech = speechOf(engine);
  const asked = Array.from({ length: 70 }, (_, n) => speech.speak(`Sentence ${n}.`, 'en', never));
  const settled = Promise.allSettled(asked);
  await new Promise((resolve) => setTimeout(resolve, 20));
  gate.resolve();
  expect((await settled).filter(({ status }) => status === 'rejected')).toHaveLength(6);
});
