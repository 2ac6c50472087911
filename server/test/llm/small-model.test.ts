import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MessageId } from '@fantwin/shared/ids';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { demoTwin } from '../../src/characters/demo-twin.ts';
import { LocalEngine } from '../../src/llm/local.client.ts';
import { buildPrompt, type PromptMessage } from '../../src/replies/prompt.ts';
import { buildChild, modelName, modelPath } from './local-child.ts';
import { type Read, readStream } from './read-stream.ts';

const fan = (text: string): PromptMessage => ({
  messageId: 'asked' as MessageId,
  author: { id: 'fan', name: 'Anna', kind: 'fan' },
  text,
});
const greetings = ['hi', 'Hello Mira!', 'how are you?'];
const names = ['who are you?', "what's your name", 'tell me about yourself'];
const doubts = [
  'are you human?',
  'r u real',
  'are you an AI?',
  "you're just a chatbot, right?",
  'is this a human typing?',
  'am I talking to a bot',
];

function say(engine: LocalEngine, text: string): Promise<Read> {
  const messages = buildPrompt({
    character: demoTwin,
    messages: [],
    replyTo: fan(text),
    budgetTokens: 700,
    compact: engine.compact,
  });
  return readStream(engine, { messages, maxTokens: 200, conversationId: text });
}

describe.skipIf(!modelPath)(`the demo twin with ${modelName}`, () => {
  let child: Awaited<ReturnType<typeof buildChild>>;
  const engines: LocalEngine[] = [];
  const open = (seed: number): LocalEngine => {
    const engine = new LocalEngine({ modelPath: modelPath ?? '', childUrl: child.childUrl, slots: 2, seed });
    engines.push(engine);
    return engine;
  };
  beforeAll(async () => {
    child = await buildChild();
  });
  afterAll(async () => {
    await Promise.all(engines.map((engine) => engine.close()));
    child.remove();
  });

  test('a greeting is answered shortly, in whole sentences, by an answer of its own each time', async () => {
    const answers: string[] = [];
    for (const seed of [1, 2, 3]) {
      const engine = open(seed);
      for (const { text, error } of await Promise.all(greetings.map((greeting) => say(engine, greeting)))) {
        expect(error).toBeUndefined();
        expect(text).toMatch(/\p{L}.*[.!?]["')]*$/u);
        expect(text.split(/\s+/).length).toBeLessThan(60);
        answers.push(text);
      }
    }
    expect(new Set(answers).size).toBeGreaterThan(5);
  });

  test('asked whether she is human, she says that she is an AI, whatever the seed', async () => {
    for (const seed of [11, 12]) {
      const engine = open(seed);
      for (const { text } of await Promise.all(doubts.map((doubt) => say(engine, doubt)))) {
        expect(text).toMatch(/^I'm an AI\b/);
        expect(text.length).toBeGreaterThan("I'm an AI".length + 5);
      }
    }
  });

  test('asked for her name, she says it', async () => {
    const engine = open(13);
    for (const { text } of await Promise.all(names.map((name) => say(engine, name))))
      expect(text).toMatch(/^I'm Mira\b.{10}/);
  });

  const { DIALOGUE_DIR = '', RECORD_TO = '' } = process.env;
  test.skipIf(!DIALOGUE_DIR || !RECORD_TO)(
    'twenty openers drawn by seed are recorded (DIALOGUE_DIR, RECORD_TO)',
    async () => {
      const engine = open(1);
      await say(engine, 'hello'); // the model is loaded and has read the persona
      const rows: string[] = [];
      for (const opener of draw(openersIn(DIALOGUE_DIR), 20, 20_261_122)) {
        const { text, end, firstMs } = await say(engine, opener);
        rows.push(`| ${opener} | ${text} | ${end?.promptTokens} + ${end?.completionTokens} | ${Math.round(firstMs)} |`);
      }
      writeFileSync(RECORD_TO, `${rows.join('\n')}\n`);
      expect(rows).toHaveLength(20);
    },
  );
});

/** The first turns of people in the English files, in order, each once, without those that were tuned on. */
function openersIn(dir: string): string[] {
  const tuned = readFileSync(new URL('./tuned-openers.txt', import.meta.url), 'utf8')
    .split('\n')
    .map(plain);
  const seen = new Set(tuned);
  const openers: string[] = [];
  for (const file of readdirSync(dir)
    .filter((name) => name.endsWith('_en.jsonl'))
    .sort())
    for (const line of readFileSync(join(dir, file), 'utf8').split('\n').filter(Boolean)) {
      const { turns } = JSON.parse(line) as { turns: { role: string; text: string }[] };
      const opener = turns.find(({ role }) => role === 'user')?.text ?? '';
      if (!opener || seen.has(plain(opener))) continue;
      seen.add(plain(opener));
      openers.push(opener);
    }
  return openers;
}

const plain = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]/g, '');

/** So many of the list, by a shuffle with the generator mulberry32. */
function draw(list: readonly string[], count: number, seed: number): string[] {
  let state = seed;
  const random = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const left = [...list];
  return Array.from({ length: count }, () => left.splice(Math.floor(random() * left.length), 1)[0] ?? '');
}
