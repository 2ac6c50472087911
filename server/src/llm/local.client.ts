import { statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { basename } from 'node:path';
import {
  type ChatMessage,
  type Engine,
  EngineError,
  type EngineRequest,
  type EngineStatus,
  type StreamEnd,
  type TokenStream,
  type Usage,
} from './engine.ts';
import { FairQueue } from './fair-queue.ts';
import { type FromAnswer, LocalProcess } from './local-process.client.ts';
import { estimateTokens } from './tokens.ts';

export type LocalEngineOptions = {
  modelPath: string;
  /** The built `local.child.js`. */
  childUrl: URL;
  /** Answers made at once. */
  slots?: number;
  waitingMax?: number;
  contextTokens?: number;
  /** A small model gets the short prompt and the rules for short answers; by default one under 1 GB. */
  compact?: boolean;
  /** Fixes the sampling, for tests and records. */
  seed?: number;
  timeouts?: Partial<Timeouts>;
};

export type Timeouts = { startMs: number; firstTokenMs: number; betweenTokensMs: number };

const defaultTimeouts: Timeouts = { startMs: 60_000, firstTokenMs: 30_000, betweenTokensMs: 10_000 };
const SMALL_MODEL_BYTES = 1_000_000_000;
const SEED_MAX = 2 ** 31;

type Heard = Exclude<FromAnswer, { type: 'text' }> | { type: 'text'; text: string } | { type: 'gone'; reason: string };

/** What the process says about one answer, kept until somebody asks. */
class Inbox {
  readonly #heard: Heard[] = [];
  #wake: (() => void) | undefined;

  put(message: Heard): void {
    this.#heard.push(message);
    this.#wake?.();
  }

  /** Undefined after `timeoutMs`, and when `signal` comes first. */
  async next(timeoutMs: number, signal: AbortSignal): Promise<Heard | undefined> {
    if (this.#heard.length === 0 && !signal.aborted) {
      let timer: NodeJS.Timeout | undefined;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
        timer = setTimeout(resolve, timeoutMs);
        signal.addEventListener('abort', this.#wake);
      });
      clearTimeout(timer);
      if (this.#wake) signal.removeEventListener('abort', this.#wake);
    }
    return signal.aborted ? undefined : this.#heard.shift();
  }
}

/** A model on this machine, in a process of its own that is started again when it dies. Carries on from any prefix. */
export class LocalEngine implements Engine {
  readonly model: string;
  readonly continues = true;
  readonly compact: boolean;
  readonly #options: LocalEngineOptions;
  readonly #timeouts: Timeouts;
  readonly #queue: FairQueue;
  readonly #process: LocalProcess;
  readonly #answers = new Map<number, { inbox: Inbox; leave: () => void }>();
  #lastId = 0;

  constructor(options: LocalEngineOptions) {
    const cores = availableParallelism();
    const slots = options.slots ?? Math.min(4, Math.max(2, cores));
    this.model = basename(options.modelPath).replace(/\.gguf$/i, '');
    this.compact = options.compact ?? isSmall(options.modelPath);
    this.#options = options;
    this.#timeouts = { ...defaultTimeouts, ...options.timeouts };
    this.#queue = new FairQueue({ places: slots, waitingMax: options.waitingMax ?? 64 });
    const childOptions = {
      modelPath: options.modelPath,
      slots,
      contextTokens: options.contextTokens ?? 2_048,
      compact: this.compact,
      // llama.cpp's threads wait for each other by spinning: where they do not have their cores to themselves, few are faster.
      threadsEach: Math.max(1, Math.floor(cores / 2)),
      maxThreads: cores,
    };
    this.#process = new LocalProcess(options.childUrl, childOptions, {
      onAnswer: (message) => this.#hear(message),
      onGone: (reason) => {
        for (const id of this.#answers.keys()) this.#answered(id, { type: 'gone', reason });
      },
    });
  }

  status(): EngineStatus {
    return this.#process.status;
  }

  /** Of the process with the model, while there is one. */
  get pid(): number | undefined {
    return this.#process.pid;
  }

  /** Throws EngineError: `unavailable` without a model or with a full queue, `timeout`, `cut` when the process died. */
  async *stream(request: EngineRequest): TokenStream {
    const leave = await this.#queue.enter(request.conversationId ?? '', request.signal);
    if (!leave) return this.#end('aborted');
    const id = (this.#lastId += 1);
    const inbox = new Inbox();
    try {
      await this.#ready(request.signal);
      if (request.signal.aborted) return this.#end('aborted');
      this.#answers.set(id, { inbox, leave });
      return yield* this.#generate(id, request, inbox);
    } finally {
      // The place is free when the process says so: an abandoned answer holds its slot for some more milliseconds.
      if (this.#answers.has(id)) this.#process.send({ type: 'abort', id });
      else leave();
    }
  }

  async close(): Promise<void> {
    this.#queue.clear(new EngineError('unavailable', 'The local model stops'));
    await this.#process.close();
  }

  async #ready(signal: AbortSignal): Promise<void> {
    const { startMs } = this.#timeouts;
    const status = await this.#process.settled(AbortSignal.any([signal, AbortSignal.timeout(startMs)]));
    if (status.state === 'ready' || signal.aborted) return;
    const reason = status.state === 'unavailable' ? status.reason : 'it is still loading';
    throw new EngineError('unavailable', `The local model cannot answer: ${reason}`);
  }

  async *#generate(id: number, request: EngineRequest, inbox: Inbox): TokenStream {
    const { messages, prefix = '', maxTokens, signal } = request;
    const seed = this.#options.seed ?? Math.floor(Math.random() * SEED_MAX);
    this.#process.send({ type: 'generate', id, messages, prefix, maxTokens, seed });
    let text = '';
    for (;;) {
      const patienceMs = text ? this.#timeouts.betweenTokensMs : this.#timeouts.firstTokenMs;
      const heard = await inbox.next(patienceMs, signal);
      if (!heard && signal.aborted) return this.#end('aborted', guessed(messages, text));
      if (!heard) throw new EngineError('timeout', `The local model said nothing for ${patienceMs} ms`);
      if (heard.type === 'text') {
        text += heard.text;
        yield heard.text;
      } else if (heard.type === 'refused') throw new EngineError('refused', heard.reason);
      else if (heard.type === 'gone') {
        const usage = guessed(messages, text);
        throw new EngineError('cut', `The local model's process died: ${heard.reason}`, { usage });
      } else {
        const { finish, promptTokens, completionTokens } = heard;
        return this.#end(finish, { promptTokens, completionTokens });
      }
    }
  }

  #hear(message: FromAnswer): void {
    if (message.type !== 'text') return this.#answered(message.id, message);
    for (const { id, text } of message.pieces) this.#answers.get(id)?.inbox.put({ type: 'text', text });
  }

  #answered(id: number, last: Heard): void {
    const answer = this.#answers.get(id);
    this.#answers.delete(id);
    answer?.inbox.put(last);
    answer?.leave();
  }

  #end(finish: StreamEnd['finish'], counted: Partial<StreamEnd> = {}): StreamEnd {
    return { model: this.model, finish, promptTokens: 0, completionTokens: 0, costMicroUsd: 0, ...counted };
  }
}

/** Of an answer that was left before the process could count it. */
function guessed(messages: ChatMessage[], text: string): Usage & { estimated: true } {
  const promptTokens = messages.reduce((sum, { content }) => sum + estimateTokens(content), 0);
  return { promptTokens, completionTokens: estimateTokens(text), costMicroUsd: 0, estimated: true };
}

function isSmall(modelPath: string): boolean {
  return (statSync(modelPath, { throwIfNoEntry: false })?.size ?? 0) < SMALL_MODEL_BYTES;
}
