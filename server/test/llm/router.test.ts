import { afterEach, expect, test } from 'vitest';
import { type BreakerOptions, createBreaker } from '../../src/llm/breaker.client.ts';
import { EngineError, type Llm } from '../../src/llm/engine.ts';
import { createOpenAiEngine, type OpenAiEngineOptions } from '../../src/llm/openai.client.ts';
import { createLlm, type Guarded } from '../../src/llm/router.ts';
import { type OpenAiDouble, startOpenAiDouble } from '../doubles/openai-double.ts';
import type { OpenAiDoubleOptions } from '../doubles/openai-double-script.ts';
import { readStream, until } from './read-stream.ts';

const answer = 'I sing every evening. What do you like to hear?';
let double: OpenAiDouble;
let llm: Llm;

type Options = {
  models?: string[];
  breaker?: Partial<BreakerOptions>;
  triesMax?: number;
  double?: OpenAiDoubleOptions;
} & Pick<OpenAiEngineOptions, 'continuation' | 'timeouts'>;

async function open({
  models = ['gpt-4.1-mini', 'gpt-4.1-nano'],
  breaker,
  triesMax,
  ...options
}: Options = {}): Promise<Llm> {
  double = await startOpenAiDouble({ answers: [answer], ...options.double });
  const engines = models.map(
    (model): Guarded => ({
      engine: createOpenAiEngine({ baseUrl: double.url, model, ...options }),
      breaker: createBreaker(breaker),
    }),
  );
  llm = createLlm({ engines, triesMax });
  return llm;
}
const asked = () => double.requests.map(({ body }) => (body as { model: string }).model);

afterEach(async () => {
  await llm.close();
  await double.close();
});

test('the first engine answers while it works', async () => {
  const route = (await open()).route({});
  const read = await readStream(route);
  expect(read).toMatchObject({ text: answer, end: { model: 'gpt-4.1-mini', finish: 'stop' } });
  expect(route).toMatchObject({ model: 'gpt-4.1-mini', continues: false });
  expect(route.degraded).toBeUndefined();
});

test('without an engine nobody answers, and a wanted adapter is named missing', async () => {
  await open({ models: [] });
  expect(llm.available()).toBe(false);
  expect(() => llm.route({})).toThrow('No language model');
  await double.close();
  await open();
  expect(llm.available()).toBe(true);
  expect(llm.route({ adapter: 'a'.repeat(64) })).toMatchObject({ degraded: true });
  expect(llm.route({ adapter: 'a'.repeat(64) }).adapter).toBeUndefined();
});

test.each([
  ['429', { kind: 'status', status: 429, retryAfterSeconds: 60 }],
  ['503', { kind: 'status', status: 503 }],
  ['a cut', { kind: 'cut', afterTokens: 0 }],
  ['silence', { kind: 'silent' }],
] as const)('%s before the first token: the other model answers at once', async (_, misbehaviour) => {
  const { stream } = (await open({ timeouts: { firstTokenMs: 120 } })).route({});
  double.misbehave({ ...misbehaviour, model: 'gpt-4.1-mini' });
  const read = await readStream({ stream });
  expect(read).toMatchObject({ text: answer, end: { model: 'gpt-4.1-nano' } });
  expect(read.firstMs).toBeLessThan(600);
  expect(asked()).toEqual(['gpt-4.1-mini', 'gpt-4.1-nano']);
});

test('a refusal is not tried elsewhere', async () => {
  const { stream } = (await open()).route({});
  double.misbehave({ kind: 'status', status: 400 });
  const { error } = await readStream({ stream });
  expect(error).toMatchObject({ kind: 'refused', retryable: false });
  expect(double.requests).toHaveLength(1);
});

test('a lone engine is asked again, after the time it named', async () => {
  const { stream } = (await open({ models: ['gpt-4.1-mini'] })).route({});
  double.misbehave({ kind: 'status', status: 429, retryAfterSeconds: 0.6 }, { kind: 'status', status: 500 });
  const read = await readStream({ stream });
  expect(read.text).toBe(answer);
  expect(double.requests).toHaveLength(3);
  const [first, second] = double.requests.map(({ at }) => at);
  expect((second ?? 0) - (first ?? 0)).toBeGreaterThanOrEqual(590);
});

test('an engine that stays down is given up after a few tries', async () => {
  const { stream } = (await open({ models: ['gpt-4.1-mini'], triesMax: 3 })).route({});
  double.misbehave({ kind: 'status', status: 500, times: 100 });
  const { error } = await readStream({ stream });
  expect(error).toBeInstanceOf(EngineError);
  expect(error).toMatchObject({ kind: 'unavailable', retryable: true });
  expect(double.requests).toHaveLength(3);
});

test('an open breaker sends everyone to the other model, until the first one is back', async () => {
  const { stream } = (await open({ breaker: { attemptsMin: 3, openMs: 300 } })).route({});
  double.misbehave({ kind: 'status', status: 500, model: 'gpt-4.1-mini', times: 4 });
  for (let n = 0; n < 6; n += 1) expect((await readStream({ stream })).text).toBe(answer);
  expect(asked().filter((model) => model === 'gpt-4.1-mini')).toHaveLength(3);
  double.misbehave();
  await new Promise((resolve) => setTimeout(resolve, 350));
  expect((await readStream({ stream })).end?.model).toBe('gpt-4.1-mini');
});

test('a lone engine with an open breaker is left alone', async () => {
  const { stream } = (await open({ models: ['gpt-4.1-mini'], triesMax: 1, breaker: { attemptsMin: 2 } })).route({});
  double.misbehave({ kind: 'status', status: 500, times: 100 });
  for (let n = 0; n < 5; n += 1) expect((await readStream({ stream })).error).toMatchObject({ kind: 'unavailable' });
  expect(double.requests).toHaveLength(2);
});

test('cut after its first tokens, an answer goes on from its text, twice, and all of it is paid', async () => {
  const { stream } = (await open({ continuation: 'assistant', double: { continuation: 'assistant' } })).route({});
  double.misbehave({ kind: 'cut', afterTokens: 3 }, { kind: 'cut', afterTokens: 4 });
  const read = await readStream({ stream });
  expect(read.text).toBe(answer);
  expect(asked()).toEqual(['gpt-4.1-mini', 'gpt-4.1-mini', 'gpt-4.1-mini']);
  expect(read.end).toMatchObject({ finish: 'stop', estimated: true });
  expect(read.end?.completionTokens).toBeGreaterThanOrEqual(10);
  expect(read.end?.promptTokens).toBeGreaterThanOrEqual(3);
  expect(read.end?.costMicroUsd).toBeGreaterThan(16);
});

test('cut after its first tokens, an answer that cannot go on fails retryable', async () => {
  const { stream } = (await open()).route({});
  double.misbehave({ kind: 'cut', afterTokens: 3 });
  const read = await readStream({ stream });
  expect(read.text).toBe('I sing every');
  expect(read.error).toMatchObject({ kind: 'cut', retryable: true });
  expect(double.requests).toHaveLength(1);
});

test('a reply that changed its maker goes on from the text of the former one', async () => {
  const { stream, continues } = (await open({ continuation: 'vllm', double: { continuation: 'vllm' } })).route({});
  expect(continues).toBe(true);
  double.misbehave({ kind: 'cut', afterTokens: 1 });
  expect((await readStream({ stream }, { prefix: 'I sing every' })).text).toBe(answer.slice('I sing every'.length));
});

test('an abort while it waits to try again ends the stream at once', async () => {
  const { stream } = (await open({ models: ['gpt-4.1-mini'] })).route({});
  double.misbehave({ kind: 'status', status: 429, retryAfterSeconds: 2 });
  const abort = new AbortController();
  const reading = readStream({ stream }, { signal: abort.signal });
  await until(() => double.requests.length === 1);
  await new Promise((resolve) => setTimeout(resolve, 50));
  abort.abort();
  const startedAt = performance.now();
  expect(await reading).toMatchObject({ text: '', end: { finish: 'aborted' } });
  expect(performance.now() - startedAt).toBeLessThan(100);
  expect(double.requests).toHaveLength(1);
});
