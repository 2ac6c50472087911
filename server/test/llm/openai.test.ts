import { afterEach, expect, test } from 'vitest';
import { EngineError } from '../../src/llm/engine.ts';
import { createOpenAiEngine, type OpenAiEngineOptions } from '../../src/llm/openai.client.ts';
import { type OpenAiDouble, startOpenAiDouble } from '../doubles/openai-double.ts';
import type { OpenAiDoubleOptions } from '../doubles/openai-double-script.ts';
import { ask, readStream, requestOf, until } from './read-stream.ts';

const answer = 'I sing every evening. What do you like to hear?';
let double: OpenAiDouble;

async function open(options: Partial<OpenAiEngineOptions> = {}, doubleOptions: OpenAiDoubleOptions = {}) {
  double = await startOpenAiDouble({ apiKey: 'secret', models: ['gpt-4o-mini'], answers: [answer], ...doubleOptions });
  return createOpenAiEngine({ baseUrl: double.url, apiKey: 'secret', model: 'gpt-4o-mini', ...options });
}
const failure = (error: unknown) => {
  expect(error).toBeInstanceOf(EngineError);
  return error as EngineError;
};

afterEach(async () => double.close());

test('an answer streams token by token, with what it cost', async () => {
  const engine = await open();
  const read = await readStream(engine, { messages: [{ role: 'system', content: 'Be kind.' }, ...ask('hello')] });
  expect(read.text).toBe(answer);
  expect(read.pieces.length).toBeGreaterThan(5);
  expect(read.end).toEqual({
    model: 'gpt-4o-mini',
    finish: 'stop',
    promptTokens: 3,
    completionTokens: 10,
    costMicroUsd: Math.ceil(3 * 0.15 + 10 * 0.6),
  });
  expect(double.requests[0]?.fault).toBeUndefined();
});

test('own prices come before the list, and an unknown model costs nothing', async () => {
  const own = await open({ prices: { 'gpt-4o-mini': { prompt: 100, completion: 1_000 } } });
  expect((await readStream(own)).end?.costMicroUsd).toBe(100 + 10_000);
  await double.close();
  const unknown = await open({ model: 'house-model' }, { models: ['house-model'] });
  expect((await readStream(unknown)).end).toMatchObject({ costMicroUsd: 0, completionTokens: 10 });
});

test('a server that does not count: the cost is estimated, and says so', async () => {
  const engine = await open();
  double.misbehave({ kind: 'no-usage' });
  const { end } = await readStream(engine);
  expect(end).toMatchObject({ finish: 'stop', estimated: true });
  expect(end?.completionTokens).toBeGreaterThan(8);
  expect(end?.costMicroUsd).toBeGreaterThan(0);
});

test('the longest answer allowed ends with `length`', async () => {
  const engine = await open();
  const read = await readStream(engine, { maxTokens: 3 });
  expect(read).toMatchObject({ text: 'I sing every', end: { finish: 'length', completionTokens: 3 } });
});

test.each([
  [
    '429',
    { kind: 'status', status: 429, retryAfterSeconds: 2 },
    { kind: 'rate-limited', retryAfterMs: 2_000, retryable: true },
  ],
  ['500', { kind: 'status', status: 500 }, { kind: 'unavailable', retryable: true }],
  ['400', { kind: 'status', status: 400 }, { kind: 'refused', retryable: false }],
  ['a cut before the first token', { kind: 'cut', afterTokens: 0 }, { kind: 'cut', retryable: true }],
  ['an error event', { kind: 'error-event', afterTokens: 0 }, { kind: 'unavailable', retryable: true }],
] as const)('%s becomes an EngineError, tried once', async (_, misbehaviour, expected) => {
  const engine = await open();
  double.misbehave(misbehaviour);
  const read = await readStream(engine);
  expect(read.text).toBe('');
  expect(failure(read.error)).toMatchObject(expected);
  expect(double.requests).toHaveLength(1);
});

test.each(['cut', 'malformed', 'error-event', 'no-end'] as const)(
  '`%s` in the middle is a cut, with its cost',
  async (kind) => {
    const engine = await open();
    double.misbehave({ kind, afterTokens: 4 });
    const read = await readStream(engine);
    expect(read.text).toBe('I sing every evening.');
    expect(failure(read.error)).toMatchObject({ kind: 'cut', retryable: true });
    expect(failure(read.error).usage?.completionTokens).toBeGreaterThan(2);
  },
);

test('a wrong key is refused; a server that is not there is unavailable', async () => {
  const engine = await open({ apiKey: 'wrong' });
  expect(failure((await readStream(engine)).error)).toMatchObject({ kind: 'refused' });
  expect(double.requests[0]?.fault).toContain('API key');
  const nobody = createOpenAiEngine({ baseUrl: 'http://127.0.0.1:1/v1', model: 'gpt-4o-mini' });
  expect(failure((await readStream(nobody)).error)).toMatchObject({ kind: 'unavailable' });
});

test.each([
  ['no headers', { kind: 'silent' }, { firstTokenMs: 80 }, ''],
  ['no first token', { kind: 'hang', afterTokens: 0 }, { firstTokenMs: 80 }, ''],
  ['no next token', { kind: 'hang', afterTokens: 2 }, { betweenTokensMs: 80 }, 'I sing'],
] as const)('%s: a timeout, and the connection is closed', async (_, misbehaviour, timeouts, text) => {
  const engine = await open({ timeouts });
  double.misbehave(misbehaviour);
  const read = await readStream(engine);
  expect(read.text).toBe(text);
  expect(failure(read.error)).toMatchObject({ kind: 'timeout', retryable: true });
  await until(() => double.openStreams() === 0);
});

test('an answer that never ends runs into the total timeout', async () => {
  const engine = await open({ timeouts: { totalMs: 150 } }, { tokenMs: 40 });
  const read = await readStream(engine);
  expect(read.pieces.length).toBeGreaterThan(0);
  expect(failure(read.error)).toMatchObject({ kind: 'timeout' });
});

test('an abort ends the stream without an error and the request at once', async () => {
  const engine = await open({}, { tokenMs: 30 });
  const abort = new AbortController();
  let abortedAt = 0;
  const read = await readStream(engine, { signal: abort.signal }, (_, { pieces }) => {
    if (pieces.length < 3) return;
    abortedAt = performance.now();
    abort.abort();
  });
  expect(performance.now() - abortedAt).toBeLessThan(100);
  expect(read).toMatchObject({ text: 'I sing every', end: { finish: 'aborted', estimated: true } });
  await until(() => double.openStreams() === 0, 100);
  expect(double.streams).toMatchObject([{ left: true }]);
});

test('an abort before anything came sends nothing more; a reader who leaves closes the connection', async () => {
  const engine = await open({}, { tokenMs: 30 });
  const read = await readStream(engine, { signal: AbortSignal.abort() });
  expect(read).toMatchObject({ text: '', end: { finish: 'aborted' } });
  expect(double.requests).toHaveLength(0);

  for await (const _ of engine.stream(requestOf())) break;
  await until(() => double.openStreams() === 0, 200);
  expect(double.streams).toMatchObject([{ left: true }]);
});

test.each(['assistant', 'vllm'] as const)('%s: an answer goes on from its published text', async (continuation) => {
  const engine = await open({ continuation }, { continuation });
  expect(engine.continues).toBe(true);
  const read = await readStream(engine, { prefix: 'I sing every eve' });
  expect(read.text).toBe('ning. What do you like to hear?');
  expect(double.requests[0]).toMatchObject({
    body: { messages: [{ role: 'user' }, { role: 'assistant', content: 'I sing every eve' }] },
  });
});

test('without continuation a prefix is refused', async () => {
  const engine = await open();
  expect(engine.continues).toBe(false);
  expect(failure((await readStream(engine, { prefix: 'I' })).error).kind).toBe('refused');
});

test('the double takes its script over HTTP, and tells what it saw', async () => {
  const engine = await open();
  const post = (body: unknown) => fetch(double.controlUrl, { method: 'POST', body: JSON.stringify(body) });
  expect((await post({ answers: ['Scripted.'], misbehave: [{ kind: 'status', status: 500, times: 2 }] })).status).toBe(
    200,
  );
  expect((await post({ nonsense: true })).status).toBe(400);
  for (const kind of ['unavailable', 'unavailable']) expect((await readStream(engine)).error).toMatchObject({ kind });
  expect((await readStream(engine)).text).toBe('Scripted.');
  expect(
    (await fetch(`${double.url}/chat/completions`, { method: 'POST', body: '{"model":"gpt-4o-mini"}' })).status,
  ).toBe(401);
  const seen = (await (await fetch(double.controlUrl)).json()) as {
    requests: number;
    faults: unknown[];
    openStreams: number;
  };
  expect(seen).toMatchObject({ requests: 4, openStreams: 0 });
  expect(seen.faults).toHaveLength(1);
});
