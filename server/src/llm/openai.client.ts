import OpenAI, { APIConnectionError, APIError } from 'openai';
import type { ChatCompletionChunk, ChatCompletionCreateParamsStreaming } from 'openai/resources/chat/completions';
import {
  type Engine,
  EngineError,
  type EngineRequest,
  type StreamEnd,
  type TokenStream,
  type Usage,
} from './engine.ts';
import { type PriceList, priceOf, withCost } from './prices.ts';
import { estimateTokens } from './tokens.ts';

/**
 * How a server is asked to carry on from published text. `assistant`: the text as a last message of the assistant;
 * `vllm`: the same, with vLLM's switches for it; `none`: it cannot.
 */
export type Continuation = 'none' | 'assistant' | 'vllm';

export type OpenAiEngineOptions = {
  baseUrl: string;
  apiKey?: string;
  model: string;
  continuation?: Continuation;
  prices?: PriceList;
  timeouts?: Partial<Timeouts>;
};

export type Timeouts = { firstTokenMs: number; betweenTokensMs: number; totalMs: number };

const defaultTimeouts: Timeouts = { firstTokenMs: 20_000, betweenTokensMs: 10_000, totalMs: 120_000 };
/** The answer is whole; the numbers of its cost may follow. */
const USAGE_WAIT_MS = 1_000;

type State = { text: string; finish?: 'stop' | 'length'; usage?: ChatCompletionChunk['usage'] };

/** A model behind an OpenAI-compatible address. Nothing is retried here: the router decides. */
export function createOpenAiEngine(options: OpenAiEngineOptions): Engine {
  const { model, continuation = 'none' } = options;
  const timeouts = { ...defaultTimeouts, ...options.timeouts };
  const client = new OpenAI({
    baseURL: options.baseUrl,
    apiKey: options.apiKey || 'none', // the package insists on one; many servers need none
    maxRetries: 0,
    timeout: timeouts.totalMs,
    logLevel: 'off', // it would log the text of a broken answer
  });

  /** Throws EngineError. */
  async function* stream(request: EngineRequest): TokenStream {
    const upstream = new AbortController();
    const clock = new Clock(upstream);
    const stop = () => upstream.abort();
    request.signal.addEventListener('abort', stop, { once: true });
    if (request.signal.aborted) stop();
    const state: State = { text: '' };
    try {
      clock.limit('total', timeouts.totalMs);
      clock.limit('first token', timeouts.firstTokenMs);
      const chunks = await client.chat.completions.create(bodyOf(request, options), { signal: upstream.signal });
      for await (const chunk of chunks) {
        const text = read(chunk, state);
        if (state.finish) clock.limit('usage', USAGE_WAIT_MS);
        else if (state.text || text) clock.limit('next token', timeouts.betweenTokensMs);
        if (!text) continue;
        state.text += text;
        yield text;
      }
    } catch (error) {
      if (!request.signal.aborted && !clock.late && !state.finish) throw toEngineError(error, usageOf(request, state));
    } finally {
      clock.stop();
      request.signal.removeEventListener('abort', stop);
      upstream.abort(); // also when the reader went away
    }
    return endOf(request, state, clock.late);
  }

  function endOf(request: EngineRequest, state: State, late: string | undefined): StreamEnd {
    const usage = usageOf(request, state);
    const end = { model, ...usage, ...(!state.usage && { estimated: true }) };
    if (state.finish) return { ...end, finish: state.finish };
    if (request.signal.aborted) return { ...end, finish: 'aborted' };
    if (late) throw new EngineError('timeout', `The engine was too slow (${late})`, { usage });
    throw new EngineError('cut', 'The answer ended in the middle', { usage });
  }

  function usageOf(request: EngineRequest, { text, usage }: State): Usage {
    const asked = request.messages.reduce((sum, { content }) => sum + estimateTokens(content), 0);
    const promptTokens = usage?.prompt_tokens ?? asked + estimateTokens(request.prefix ?? '');
    const completionTokens = usage?.completion_tokens ?? estimateTokens(text);
    return withCost({ promptTokens, completionTokens }, priceOf(model, options.prices));
  }

  return { model, continues: continuation !== 'none', stream };
}

/** What is sent. Sampling is left to the server: the newest hosted models refuse to be told. */
function bodyOf(request: EngineRequest, options: OpenAiEngineOptions): ChatCompletionCreateParamsStreaming {
  const { prefix, maxTokens } = request;
  const { continuation = 'none', model } = options;
  const hosted = new URL(options.baseUrl).hostname.endsWith('openai.com');
  const limit = hosted ? { max_completion_tokens: maxTokens } : { max_tokens: maxTokens };
  const base = { model, stream: true, stream_options: { include_usage: true }, ...limit } as const;
  if (!prefix) return { ...base, messages: request.messages };
  if (continuation === 'none') throw new EngineError('refused', 'This engine cannot carry on from a prefix');
  const messages = [...request.messages, { role: 'assistant' as const, content: prefix }];
  const switches = continuation === 'vllm' ? { continue_final_message: true, add_generation_prompt: false } : {};
  return { ...base, messages, ...switches };
}

/** Keeps what a chunk says, and answers with its text. */
function read(chunk: ChatCompletionChunk, state: State): string {
  if (chunk.usage) state.usage = chunk.usage;
  const choice = chunk.choices?.[0];
  if (choice?.finish_reason) state.finish = choice.finish_reason === 'length' ? 'length' : 'stop';
  return choice?.delta?.content ?? '';
}

/** Ends the request when something takes too long. */
class Clock {
  late: string | undefined;
  readonly #upstream: AbortController;
  #total: NodeJS.Timeout | undefined;
  #step: NodeJS.Timeout | undefined;

  constructor(upstream: AbortController) {
    this.#upstream = upstream;
  }

  /** `total` runs beside the others, of which each takes the place of the last. */
  limit(what: string, ms: number): void {
    const timer = setTimeout(() => {
      this.late = `${what} after ${ms} ms`;
      this.#upstream.abort();
    }, ms);
    if (what === 'total') this.#total = timer;
    else {
      clearTimeout(this.#step);
      this.#step = timer;
    }
  }

  stop(): void {
    clearTimeout(this.#total);
    clearTimeout(this.#step);
  }
}

/** In the middle of an answer a broken connection is a plain TypeError, and broken JSON a SyntaxError. */
function toEngineError(error: unknown, usage: Usage): EngineError {
  if (error instanceof EngineError) return error;
  const message = error instanceof Error ? error.message : String(error);
  if (usage.completionTokens > 0) return new EngineError('cut', message, { cause: error, usage });
  if (!(error instanceof APIError)) return new EngineError('cut', message, { cause: error });
  const retryAfterMs = retryAfter(error.headers);
  const extra = { cause: error, retryAfterMs };
  if (error instanceof APIConnectionError || error.status === undefined)
    return new EngineError('unavailable', message, extra);
  if (error.status === 429) return new EngineError('rate-limited', message, extra);
  if (error.status >= 500 || error.status === 408 || error.status === 409)
    return new EngineError('unavailable', message, extra);
  return new EngineError('refused', message, { cause: error });
}

function retryAfter(headers: Headers | undefined): number | undefined {
  const ms = Number.parseFloat(headers?.get('retry-after-ms') ?? '');
  if (ms >= 0) return Math.ceil(ms);
  const value = headers?.get('retry-after') ?? '';
  const seconds = Number.parseFloat(value);
  if (seconds >= 0) return Math.ceil(seconds * 1_000);
  const at = Date.parse(value);
  return Number.isNaN(at) ? undefined : Math.max(0, at - Date.now());
}
