import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { spawn } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type EspeakEngine, findEspeak, openEspeak } from '../../src/speech/espeak.client.ts';
import { waitFor } from '../fan.ts';
import { keepsTheContract } from './contract.ts';
import { type BuiltChild, buildEspeakChild } from './espeak-child.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const programPath = findEspeak(process.env.TEST_VOICE_DIR ?? join(root, '.data'));
const name = programPath ? 'eSpeak NG' : 'eSpeak NG (skipped: it is not set up, npm run setup:voice)';

describe.skipIf(!programPath)(name, () => {
  let child: BuiltChild;
  let engine: EspeakEngine;
  beforeAll(async () => {
    child = await buildEspeakChild();
    engine = openEspeak({ programPath: programPath ?? '', childUrl: child.url, startNow: true });
  });
  afterAll(async () => {
    await engine?.close?.();
    child?.remove();
  });
  const say = (text: string, language: 'en' | 'ja' = 'en') =>
    engine.record(text, language, engine.voiceOf(language) ?? '');

  keepsTheContract(
    () => engine,
    [
      { language: 'en', sentence: '😊 Hi, it is 2.5 km!', words: ['Hi', 'it', 'is', '2.5', 'km'] },
      {
        language: 'en',
        sentence: 'You know, 2026 was *really* good.',
        words: ['You', 'know', '2026', 'was', 'really', 'good'],
      },
      { language: 'ja', sentence: 'こんにちは、ラーメン。', words: ['こんにちは', 'ラーメン'] },
    ],
  );

  test.each(['en', 'ja'] as const)(
    'every voice that it offers for %s is there, and sounds like no other',
    async (language) => {
      const offered = await engine.voices(language);
      const sounds = new Set<string>();
      for (const { voice } of offered) {
        const { wav } = await engine.record(language === 'en' ? 'Hello there.' : 'こんにちは。', language, voice);
        sounds.add(createHash('sha256').update(wav).digest('hex'));
      }
      expect(sounds.size).toBe(offered.length);
      expect(new Set(offered.map((one) => one.name)).size).toBe(offered.length);
    },
  );

  test('the lips close for m, p and b, and open for a', async () => {
    const { visemes } = await say('Mama, papa.');
    const mouth = visemes.filter(({ v }) => v !== 'sil').map(({ v }) => v);
    expect(mouth).toEqual(['PP', 'aa', 'PP', 'aa', 'PP', 'aa', 'PP', 'aa']);
  });

  test('what looks like a command of its own is read, not obeyed', async () => {
    const plain = await say('Say hello twice now.');
    const marked = await say('Say <prosody rate="500%">hello</prosody> [[h@l]] twice & now.');
    expect(marked.words.length).toBeGreaterThan(plain.words.length); // "prosody rate 500" is said
    expect(marked.durationMs).toBeGreaterThan(plain.durationMs + 500);
  });

  test('kanji cannot be read, kana can, whoever says it', () => {
    expect(engine.canRead('今日は良い天気。', 'ja')).toBe(false);
    expect(engine.canRead('Thanks, 先生!', 'en')).toBe(false);
    expect(engine.canRead('ラーメン、OK? 100%', 'ja')).toBe(true);
    expect(engine.canRead('Привет', 'en')).toBe(false);
    expect(engine.canRead('ありがとう', 'en')).toBe(true);
    expect(engine.unread).toBe('kanji');
  });

  test('the first words come within 250 ms, a hundred at once come in order and in time', async () => {
    const startedAt = performance.now();
    await say('Hello there,');
    expect(performance.now() - startedAt).toBeLessThan(250);
    const many = await Promise.allSettled(Array.from({ length: 100 }, (_, n) => say(`Sentence number ${n}.`)));
    const refused = many.filter((one) => one.status === 'rejected');
    expect(refused.length).toBe(100 - 33); // one is being said, 32 wait
    expect(String(refused[0]?.reason)).toContain('too much to say');
  });

  test('a voice that it does not have is refused, and the next sentence is said', async () => {
    await expect(engine.record('Hello.', 'en', 'no such voice')).rejects.toThrow('no such voice');
    expect((await say('Hello.')).durationMs).toBeGreaterThan(300);
  });

  test('a process that is killed is started again; one that hangs is killed', async () => {
    const first = engine.pid() ?? 0;
    process.kill(first, 'SIGKILL');
    await waitFor(() => engine.pid() !== undefined && engine.pid() !== first, 'another process');
    await say('I am back.');
    const second = engine.pid() ?? 0;
    process.kill(second, 'SIGSTOP');
    const startedAt = performance.now();
    await expect(say('Are you there?')).rejects.toThrow('eSpeak NG failed');
    expect(performance.now() - startedAt).toBeLessThan(5_000);
    await waitFor(() => engine.pid() !== undefined && engine.pid() !== second, 'a third process');
    await say('I am back again.');
  });

  test('the process ends with its parent, also when that is killed', async () => {
    const parent = spawn(process.execPath, ['--input-type=module', '--eval', parentOf(child.url, programPath ?? '')], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let output = '';
    parent.stdout.on('data', (part: Buffer) => (output += part.toString()));
    const pid = await waitFor(() => Number(/ready (\d+)/.exec(output)?.[1]) || undefined, 'the process speaks');
    parent.kill('SIGKILL');
    await waitFor(() => !isAlive(pid), 'it is gone');
  });

  test('without its program it says so at once, and does not try all the time', async () => {
    const broken = openEspeak({ programPath: '/nowhere/espeak-ng.js', childUrl: child.url, startNow: true });
    await waitFor(() => !broken.ready(), 'it gives up');
    await expect(broken.record('Hello.', 'en', 'en-us')).rejects.toThrow(/eSpeak NG is broken/);
    const pids = new Set<number | undefined>();
    for (let n = 0; n < 10; n += 1) {
      pids.add(broken.pid());
      await pause(50);
    }
    expect(pids.size).toBeLessThan(4);
    await broken.close?.();
  });
});

const parentOf = (childUrl: URL, program: string): string => `
  import { fork } from 'node:child_process';
  const child = fork(${JSON.stringify(fileURLToPath(childUrl))}, [${JSON.stringify(program)}], { serialization: 'advanced', execArgv: [] });
  child.on('message', ({ type }) => console.log(type, child.pid));`;

/** A process that has ended but was not waited for counts as gone. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    if (process.platform !== 'linux') return true;
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}
