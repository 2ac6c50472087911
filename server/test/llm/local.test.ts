import { type ChildProcess, spawn } from 'node:child_process';
import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { demoTwin } from '../../src/characters/demo-twin.ts';
import { createBreaker } from '../../src/llm/breaker.client.ts';
import type { ChatMessage } from '../../src/llm/engine.ts';
import { LocalEngine, type LocalEngineOptions } from '../../src/llm/local.client.ts';
import { createLlm } from '../../src/llm/router.ts';
import { buildChild, modelName, modelPath } from './local-child.ts';
import { readStream, until } from './read-stream.ts';

const system = `You are Mira, a friendly AI companion. ${demoTwin.persona}`;
const talk = (text: string): ChatMessage[] => [
  { role: 'system', content: system },
  { role: 'user', content: text },
];
const questions = [
  'hi',
  'how are you?',
  'what games do you like?',
  'tell me about your favourite song',
  'what is 2+2?',
  'who are you?',
];
const long = 'Tell me a long story about a singer and her cat. Make it very long, with many names and places.';

const alive = (pid: number) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

let child: Awaited<ReturnType<typeof buildChild>>;
beforeAll(async () => {
  child = await buildChild();
});
afterAll(() => child.remove());

test('without its file the model is unavailable, and says why', async () => {
  const engine = new LocalEngine({ modelPath: '/nowhere/model.gguf', childUrl: child.childUrl });
  const llm = createLlm({ engines: [{ engine, breaker: createBreaker() }] });
  expect(engine.status()).toEqual({ state: 'unavailable', reason: 'There is no model file at /nowhere/model.gguf' });
  expect(llm.available()).toBe(false);
  expect((await readStream(engine)).error).toMatchObject({ kind: 'unavailable' });
  await llm.close();
});

test('a broken file is unavailable, says why, and nobody waits for it', async () => {
  const broken = join(fileURLToPath(new URL('.', child.childUrl)), 'broken.gguf');
  writeFileSync(broken, 'this is no model');
  const engine = new LocalEngine({ modelPath: broken, childUrl: child.childUrl });
  await until(() => engine.status().state === 'unavailable', 20_000);
  expect(engine.status()).toMatchObject({ reason: expect.stringMatching(/\w+/) });
  expect((await readStream(engine)).error).toMatchObject({ kind: 'unavailable' });
  await engine.close();
});

test('the process ends with a parent that was killed before it had loaded', async () => {
  for (const afterMs of [0, 30, 100, 250, 500]) {
    const { parent, pid } = await startParent(parentThatStarts(child.childUrl));
    await new Promise((resolve) => setTimeout(resolve, afterMs));
    parent.kill('SIGKILL');
    await until(() => !alive(pid), 5_000);
  }
});

describe.skipIf(!modelPath)(modelName, () => {
  const engines: LocalEngine[] = [];
  const open = (options: Partial<LocalEngineOptions> = {}) => {
    const engine = new LocalEngine({
      modelPath: modelPath ?? '',
      childUrl: child.childUrl,
      slots: 2,
      seed: 7,
      ...options,
    });
    engines.push(engine);
    return engine;
  };
  let shared: LocalEngine;
  beforeAll(async () => {
    shared = open();
    await until(() => shared.status().state === 'ready', 60_000);
  });
  afterAll(async () => {
    await Promise.all(engines.map((engine) => engine.close()));
  });

  test('it loads with progress, and who asks meanwhile waits', async () => {
    const engine = open();
    expect(engine.status()).toMatchObject({ state: 'loading' });
    expect(engine).toMatchObject({ model: expect.stringContaining('SmolLM2'), continues: true, compact: true });
    const read = await readStream(engine, { messages: talk('hi') });
    expect(read.text).not.toBe('');
    expect(engine.status()).toEqual({ state: 'ready' });
    await engine.close();
    expect((await readStream(engine)).error).toMatchObject({ kind: 'unavailable' });
  });

  test('a model whose file comes later answers then', async () => {
    const later = join(fileURLToPath(new URL('.', child.childUrl)), 'later.gguf');
    const engine = open({ modelPath: later });
    expect(engine.status().state).toBe('unavailable');
    symlinkSync(modelPath ?? '', later);
    await until(() => engine.status().state === 'ready', 20_000);
    expect((await readStream(engine, { messages: talk('hi') })).text).not.toBe('');
    await engine.close();
  });

  test('an answer streams, is short, ends at a sentence and holds no template mark', async () => {
    for (const question of questions) {
      const read = await readStream(shared, { messages: talk(question) });
      expect(read.text).toMatch(/\w/);
      expect(read.text).not.toMatch(/<\||\n|^\s|\s$|\ufffd/);
      expect(read.end).toMatchObject({ costMicroUsd: 0, finish: expect.stringMatching(/stop|length/) });
      expect(read.end?.promptTokens).toBeGreaterThan(40);
      expect(read.end?.completionTokens).toBeLessThanOrEqual(96);
    }
    const read = await readStream(shared, { messages: talk(long) });
    expect(read.pieces.length).toBeGreaterThan(3);
  });

  test('answers made at the same time hold nothing of each other', async () => {
    const alone: string[] = [];
    for (const question of questions) alone.push((await readStream(shared, { messages: talk(question) })).text);
    const together = await Promise.all(
      [...questions, ...questions].map((question, n) =>
        readStream(shared, { messages: talk(question), conversationId: `${n}` }),
      ),
    );
    expect(together.map(({ text }) => text)).toEqual([...alone, ...alone]);
  });

  test('an abort ends the stream at once, and the place is free for the next', async () => {
    const abort = new AbortController();
    let abortedAt = 0;
    const read = await readStream(shared, { messages: talk(long), signal: abort.signal }, () => {
      abortedAt = performance.now();
      abort.abort();
    });
    expect(performance.now() - abortedAt).toBeLessThan(100);
    expect(read.end).toMatchObject({ finish: 'aborted', estimated: true });
    await Promise.all(
      [1, 2].map(async () => expect((await readStream(shared, { messages: talk('hi') })).text).not.toBe('')),
    );
  });

  test('an abort while a long prompt is read stops the reading', async () => {
    const engine = open({ slots: 1 });
    await readStream(engine, { messages: talk('hi') });
    const prompt = talk(`${'The quick brown fox jumps over the lazy dog. '.repeat(40)} Who jumps?`);
    const whole = await readStream(engine, { messages: prompt });
    const abort = new AbortController();
    setTimeout(() => abort.abort(), 60);
    const other = prompt.with(0, { role: 'system', content: 'You are somebody else.' });
    await readStream(engine, { messages: other, signal: abort.signal });
    const next = await readStream(engine, { messages: talk('hi') }); // waits for the one place
    expect(next.firstMs).toBeLessThan(whole.firstMs / 2);
    await engine.close();
  });

  test('an answer goes on from published text, wherever that was cut', async () => {
    const { text } = await readStream(shared, { messages: talk(long) });
    expect(text.length).toBeGreaterThan(60);
    const words = text.split(' ');
    for (const take of [3, Math.floor(words.length / 2)]) {
      const prefix = words.slice(0, take).join(' ');
      const rest = await readStream(shared, { messages: talk(long), prefix });
      expect(rest.text).toMatch(/^\s|^[.,!?]/); // not the word before again, and a space between
      const spaced = await readStream(shared, { messages: talk(long), prefix: `${prefix} ` });
      expect(spaced.text).not.toMatch(/^\s/);
    }
    expect((await readStream(shared, { messages: talk('hi'), prefix: 'Hi there! How are you?' })).text).toBe('');
  });

  test('what a conversation has read is not read again', async () => {
    const engine = open({ slots: 2 });
    const story = `${system} ${'You remember the day when the two of you met at the sea. '.repeat(20)}`;
    const first = await readStream(engine, {
      messages: [
        { role: 'system', content: story },
        { role: 'user', content: 'hi' },
      ],
    });
    const second = await readStream(engine, {
      messages: [
        { role: 'system', content: story },
        { role: 'user', content: 'hi' },
        { role: 'assistant', content: first.text },
        { role: 'user', content: 'how are you?' },
      ],
    });
    expect(second.end?.promptTokens).toBeGreaterThan(first.end?.promptTokens ?? Infinity);
    expect(second.firstMs).toBeLessThan(first.firstMs / 2);
    await engine.close();
  });

  test('more than it can make at once wait their turn, and past the cap they are told when to come back', async () => {
    const engine = open({ slots: 2, waitingMax: 3 });
    const reads = await Promise.all([1, 2, 3, 4, 5, 6, 7].map(() => readStream(engine, { messages: talk('hi') })));
    expect(reads.filter(({ text }) => text !== '')).toHaveLength(5);
    const refused = reads.flatMap(({ error }) => (error ? [error] : []));
    expect(refused).toHaveLength(2);
    for (const error of refused) expect(error).toMatchObject({ kind: 'unavailable', retryAfterMs: expect.any(Number) });
    await engine.close();
  });

  test('a killed process is started again, and the answer goes on from its text', async () => {
    const engine = open({ slots: 2 });
    const llm = createLlm({ engines: [{ engine, breaker: createBreaker() }] });
    await until(() => engine.status().state === 'ready', 60_000);
    const pid = engine.pid ?? 0;
    let atKill = '';
    const read = await readStream(llm.route({}), { messages: talk(long) }, (_, { text, pieces }) => {
      if (pieces.length !== 2) return;
      atKill = text;
      process.kill(pid, 'SIGKILL');
    });
    expect(read.error).toBeUndefined();
    expect(read.end).toMatchObject({ finish: expect.stringMatching(/stop|length/) });
    expect(read.text.startsWith(atKill)).toBe(true);
    expect(read.text.length).toBeGreaterThan(atKill.length);
    expect(read.text).not.toContain(`${atKill.trim()} ${atKill.trim()}`);
    expect(engine.pid).not.toBe(pid);
    await llm.close();
  });

  test('without a router the killed answer fails retryable, with what it cost', async () => {
    const engine = open({ slots: 2 });
    await until(() => engine.status().state === 'ready', 60_000);
    const read = await readStream(engine, { messages: talk(long) }, (_, { pieces }) => {
      if (pieces.length === 1 && engine.pid) process.kill(engine.pid, 'SIGKILL');
    });
    expect(read.error).toMatchObject({ kind: 'cut', retryable: true });
    expect(read.error).toHaveProperty('usage.completionTokens');
    await engine.close();
  });

  test('the process ends with its parent, also when that is killed', async () => {
    const { parent, pid } = await startParent(parentScript(child.childUrl, modelPath ?? ''));
    expect(alive(pid)).toBe(true);
    parent.kill('SIGKILL');
    await until(() => !alive(pid), 3_000);
  });
});

/** Runs a script that prints the pid of the process it started. */
async function startParent(script: string): Promise<{ parent: ChildProcess; pid: number }> {
  const parent = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const pid = await new Promise<number>((resolve) => parent.stdout?.once('data', (text) => resolve(Number(text))));
  return { parent, pid };
}

function parentThatStarts(childUrl: URL): string {
  return `import { fork } from 'node:child_process';
    const child = fork(${JSON.stringify(fileURLToPath(childUrl))}, [], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'], execArgv: [] });
    console.log(child.pid);`;
}

/** Starts the process, lets it write a long answer, and prints its pid. */
function parentScript(childUrl: URL, model: string): string {
  const options = { modelPath: model, slots: 1, contextTokens: 512, compact: false, threadsEach: 1, maxThreads: 1 };
  const generate = { type: 'generate', id: 1, messages: talk(long), prefix: '', maxTokens: 400, seed: 1 };
  return `import { fork } from 'node:child_process';
    const child = fork(${JSON.stringify(fileURLToPath(childUrl))}, [], {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      execArgv: [],
    });
    child.send(${JSON.stringify({ type: 'load', options })});
    child.on('message', (message) => {
      if (message.type === 'ready') child.send(${JSON.stringify(generate)});
      if (message.type === 'text') child.removeAllListeners('message').on('message', () => {}), console.log(child.pid);
    });`;
}
