import type { Sentence } from '@fantwin/shared/conversations';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { AudioOutput } from './audio-output.ts';
import type { Start } from './schedule.ts';
import { createVoice, type VoicePlayer } from './voice.ts';

type Played = { url: string; start: Start; stoppedAt?: number };

const LATENCY = 0.02;
let open: boolean;
let played: Played[];
let fetched: string[];
let missing: string[];
let broken: Set<string>;
let slowMs: number;
let voice: VoicePlayer;
let close: () => void;
let tell: () => void;

/** A sound card that started 100 s before the test and runs by the fake timers; it can stand still. */
let standsStillSince: number | undefined;
const cardTime = () => ((standsStillSince ?? Date.now()) - 1_000_000) / 1000 + 100;
const output: AudioOutput = {
  isOpen: () => open,
  unlock: () => undefined,
  subscribe(listener) {
    tell = listener;
    return () => undefined;
  },
  times: () => ({ heard: cardTime() - LATENCY, next: cardTime() }),
  decode: async (bytes) => {
    const url = new TextDecoder().decode(bytes);
    if (url.includes('no-sound')) throw new Error('it cannot be decoded');
    return { url } as never;
  },
  play(sound, start) {
    const one: Played = { url: (sound as unknown as { url: string }).url, start };
    played.push(one);
    return {
      stop: () => {
        one.stoppedAt ??= Date.now();
      },
    };
  },
};
const fetchSound = async (url: string, signal: AbortSignal): Promise<ArrayBuffer> => {
  fetched.push(url);
  await new Promise((resolve) => setTimeout(resolve, slowMs));
  signal.throwIfAborted();
  if (broken.has(url)) throw new Error(`no ${url}`);
  return new TextEncoder().encode(url).buffer;
};

const sentence = (index: number, startsAt: number, more: Partial<Sentence> = {}): Sentence => ({
  index,
  text: 'Hello.',
  mood: { name: 'neutral', intensity: 0 },
  startsAt,
  durationMs: 1_000,
  visemes: [],
  words: [],
  url: `/speech/${index}.wav`,
  ...more,
});
const say = (replyId: string, ...sentences: Sentence[]) => voice.show({ replyId, sentences });
const at = (ms: number) => vi.advanceTimersByTimeAsync(ms - (Date.now() - 1_000_000));
const T = 1_000_000; // the platform's clock is that of the fake timers

beforeEach(() => {
  vi.useFakeTimers({ now: T });
  [open, played, fetched, missing, broken, slowMs, standsStillSince] = [true, [], [], [], new Set(), 20, undefined];
  voice = createVoice({
    output,
    clock: { now: () => Date.now() },
    fetchSound,
    onMissing: (error) => missing.push(String(error)),
  });
  close = voice.open();
  voice.turn(true);
});
afterEach(() => {
  close();
  vi.useRealTimers();
});

describe('a reply that is heard', () => {
  test('each sentence is fetched before its time and put out so that it is heard at it', async () => {
    say('r', sentence(0, T + 150), sentence(1, T + 1_150));
    await at(60);
    expect(played.map(({ url }) => url)).toEqual(['/speech/0.wav', '/speech/1.wav']);
    expect(played[0]?.start).toEqual({ when: expect.closeTo(100 + 0.15 - LATENCY), offset: 0 });
    expect(played[1]?.start.when).toBeCloseTo(100 + 1.15 - LATENCY);
    await at(3_000);
    expect([played.length, played.some(({ stoppedAt }) => stoppedAt)]).toEqual([2, false]);
  });

  test('who comes late, or whose sound comes late, starts in the middle', async () => {
    say('r', sentence(0, T - 400));
    await at(60);
    expect(played[0]?.start.offset).toBeCloseTo(0.42 + LATENCY);
  });

  test('a sentence without sound, one that does not come and one that is broken leave the others alone', async () => {
    broken.add('/speech/1.wav');
    const silent = sentence(0, T + 100, { url: undefined });
    say(
      'r',
      silent,
      sentence(1, T + 1_100),
      sentence(2, T + 2_100, { url: '/speech/no-sound.wav' }),
      sentence(3, T + 3_100),
    );
    await at(60);
    expect(played.map(({ url }) => url)).toEqual(['/speech/3.wav']);
    expect(missing).toHaveLength(2);
    await at(5_000);
    expect(fetched).toHaveLength(3); // no second try: its time goes by
  });

  test('only so many are fetched ahead, the others in their turn', async () => {
    say('r', ...Array.from({ length: 10 }, (_, index) => sentence(index, T + 100 + index * 1_000)));
    await at(60);
    expect(fetched).toHaveLength(4);
    await at(2_500);
    expect(fetched).toHaveLength(6);
    await at(11_000);
    expect(played).toHaveLength(10);
  });

  test('given again as it grows, nothing is played twice', async () => {
    say('r', sentence(0, T + 100));
    await at(60);
    say('r', sentence(0, T + 100), sentence(1, T + 1_100));
    say('r', sentence(0, T + 100), sentence(1, T + 1_100));
    await at(2_500);
    expect(played.map(({ url }) => url)).toEqual(['/speech/0.wav', '/speech/1.wav']);
  });
});

describe('silence', () => {
  test('a stop is silence at once, for what is heard, what is scheduled and what is on its way', async () => {
    say('r', sentence(0, T + 100), sentence(1, T + 1_100));
    await at(60);
    slowMs = 500;
    say('r', sentence(0, T + 100), sentence(1, T + 1_100), sentence(2, T + 2_100));
    await at(400);
    voice.show(undefined);
    expect(played.map(({ stoppedAt }) => stoppedAt)).toEqual([T + 400, T + 400]);
    await at(3_000);
    expect(played).toHaveLength(2);
    expect(missing).toEqual([]);
  });

  test('a reply that starts over is silent; the next reply leaves this one its last syllable and no more', async () => {
    say('r', sentence(0, T + 100), sentence(1, T + 1_100));
    await at(60);
    say('r');
    expect(played.every(({ stoppedAt }) => stoppedAt === T + 60)).toBe(true);

    say('r2', sentence(0, T + 100, { url: '/speech/tail.wav' }), sentence(1, T + 1_100, { url: '/speech/cut.wav' }));
    await at(900);
    say('r3');
    expect(played.find(({ url }) => url.includes('tail'))?.stoppedAt).toBeUndefined();
    expect(played.find(({ url }) => url.includes('cut'))?.stoppedAt).toBe(T + 900);
  });

  test('turned off nothing is fetched; turned on again it goes on in the middle', async () => {
    say('r', sentence(0, T + 100));
    await at(300);
    voice.turn(false);
    expect(played[0]?.stoppedAt).toBe(T + 300);
    say('r', sentence(0, T + 100), sentence(1, T + 1_100));
    await at(600);
    expect(fetched).toHaveLength(1);
    voice.turn(true);
    await at(650);
    expect(played.map(({ url }) => url)).toEqual(['/speech/0.wav', '/speech/0.wav', '/speech/1.wav']);
    expect(played[1]?.start.offset).toBeCloseTo(0.52 + LATENCY);
  });

  test('when the page is left', async () => {
    say('r', sentence(0, T + 100), sentence(1, T + 1_100));
    await at(300);
    close();
    expect(played.every(({ stoppedAt }) => stoppedAt === T + 300)).toBe(true);
  });
});

describe('the loudspeaker', () => {
  test('before the first gesture nothing is heard; after it everything goes on where it is', async () => {
    open = false;
    say('r', sentence(0, T + 100));
    await at(500);
    expect([fetched.length, played.length]).toEqual([1, 0]);
    open = true;
    tell();
    await at(510);
    expect(played[0]?.start.offset).toBeCloseTo(0.4 + LATENCY);
  });

  test('after a pause that the system made, sounds are where they should be', async () => {
    say('r', sentence(0, T + 100), sentence(1, T + 1_100));
    await at(300);
    open = false;
    tell();
    expect(played.every(({ stoppedAt }) => stoppedAt === T + 300)).toBe(true);
    await at(1_300);
    open = true;
    tell();
    await at(1_310);
    expect(played.slice(2).map(({ url }) => url)).toEqual(['/speech/1.wav']);
    expect(played[2]?.start.offset).toBeCloseTo(0.2 + LATENCY);
  });

  test('the lips go by the sound where one is heard, otherwise by the clock', async () => {
    say('r', sentence(0, T + 100));
    await at(600);
    expect(voice.now()).toBeCloseTo(T + 600, 3);
    standsStillSince = Date.now();
    await at(700);
    expect(voice.now()).toBeCloseTo(T + 600, 3); // the sound is 100 ms behind, and so are the lips
    await at(1_000);
    expect(voice.now()).toBe(T + 1_000); // it stands still: lips that wait for it would freeze
    await at(1_200);
    expect(voice.now()).toBe(T + 1_200);
  });
});
