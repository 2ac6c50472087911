export type ChatMessage = { role: 'system' | 'user' | 'assistant'; content: string };

export type EngineRequest = {
  /** For a `compact` engine the last one may be the assistant's: the first words of the answer, which it says itself. */
  messages: ChatMessage[];
  /** Text of the answer that is already published; only an engine that `continues` gets one. */
  prefix?: string;
  /** Requests of one conversation wait in one line; lines take turns. */
  conversationId?: string;
  maxTokens: number;
  /** Aborting it ends the stream without an error; the engine stops its work within 100 ms. */
  signal: AbortSignal;
};

export type Usage = {
  promptTokens: number;
  completionTokens: number;
  /** Millionths of a US dollar; 0 for a local model and for one without a known price. */
  costMicroUsd: number;
};

/** What a stream cost, given as its return value. */
export type StreamEnd = Usage & {
  /** The model that answered, which a fallback may have changed. */
  model: string;
  finish: 'stop' | 'length' | 'aborted';
  /** The engine did not count: the numbers are guessed from the length of the texts. */
  estimated?: boolean;
};

export type TokenStream = AsyncGenerator<string, StreamEnd, void>;

export type EngineStatus =
  | { state: 'ready' }
  /** `progress` from 0 to 1; requests wait. */
  | { state: 'loading'; progress: number }
  | { state: 'unavailable'; reason: string };

/** One engine with one model. */
export type Engine = {
  readonly model: string;
  /** Whether it can carry on from `prefix`; where it cannot, a reply that changes its maker starts over. */
  readonly continues: boolean;
  /** A small model: it follows a short prompt far better than a long one. */
  readonly compact?: boolean;
  /** An engine without it is always ready. */
  status?(): EngineStatus;
  stream(request: EngineRequest): TokenStream;
  close?(): Promise<void>;
};

/** What the router chose for one reply. */
export type EngineRoute = Engine & {
  /** SHA-256 of the adapter that is applied. */
  readonly adapter?: string;
  /** The character has an adapter that could not be applied. */
  readonly degraded?: boolean;
};

export type Llm = {
  /** False where no engine is configured or its model is missing: conversations work, nobody answers. */
  available(): boolean;
  /** Why it is not available, or how far its model has loaded. */
  status?(): EngineStatus;
  /** Throws `unavailable` where there is no engine. */
  route(want: { adapter?: string }): EngineRoute;
  close(): Promise<void>;
};

type Extra = { cause?: unknown; retryAfterMs?: number; usage?: Usage };

/** An engine failed. `retryable`: the same request may succeed a little later. */
export class EngineError extends Error {
  readonly kind: 'rate-limited' | 'unavailable' | 'timeout' | 'cut' | 'refused';
  readonly retryAfterMs?: number;
  /** What the failed attempt cost. */
  readonly usage?: Usage;

  constructor(kind: EngineError['kind'], message: string, extra: Extra = {}) {
    super(message, { cause: extra.cause });
    this.name = 'EngineError';
    this.kind = kind;
    this.retryAfterMs = extra.retryAfterMs;
    this.usage = extra.usage;
  }

  get retryable(): boolean {
    return this.kind !== 'refused';
  }
}

/** Where the answers come from, as the settings say it. */
export type LlmSettings = {
  baseUrl?: string;
  model?: string;
  fallbackModel?: string;
  continuation: 'none' | 'assistant' | 'vllm';
  apiKey?: string;
  /** A GGUF file for the local engine. */
  modelPath?: string;
};
