import {
  type ChatHistoryItem,
  type ChatWrapper,
  getLlama,
  type LlamaContextSequence,
  LlamaLogLevel,
  type LlamaModel,
  resolveChatWrapper,
  type Token,
  TokenBias,
} from 'node-llama-cpp';
import type { ChatMessage, StreamEnd } from './engine.ts';
import type { ChildOptions, Generate } from './local-protocol.ts';
import { NoRepeat } from './no-repeat.ts';
import { plainSampling, type Sampling, smallModelSampling } from './sampling.ts';
import { judgeAnswer } from './stop-rules.ts';

/** A prompt is read in pieces of so many tokens, because llama.cpp can only be stopped between two. */
const PIECE_TOKENS = 16;
const PENALTY_WINDOW_TOKENS = 64;

/** Room for one answer: a context of its own. What it has read stays, and the next prompt reads on from there. */
type Slot = { sequence: LlamaContextSequence; busy: boolean; usedAt: number };

export type Answered = { finish: StreamEnd['finish']; promptTokens: number; completionTokens: number };

/** `begun`: what the answer begins with, which the model has to go on from. */
type Begun = Generate & { begun: string };

export class PromptTooLong extends Error {}

/** A model in memory with its slots. It lives as long as its process. */
export class LocalModel {
  readonly #model: LlamaModel;
  readonly #chat: ChatWrapper;
  readonly #slots: Slot[];
  readonly #sampling: Sampling;

  private constructor(model: LlamaModel, slots: Slot[], sampling: Sampling) {
    this.#model = model;
    this.#chat = resolveChatWrapper(model);
    this.#slots = slots;
    this.#sampling = sampling;
  }

  static async load(options: ChildOptions, onProgress: (progress: number) => void): Promise<LocalModel> {
    const { modelPath, maxThreads } = options;
    const llama = await getLlama({ gpu: false, build: 'never', maxThreads, logLevel: LlamaLogLevel.error });
    const model = await llama.loadModel({ modelPath, onLoadProgress: onProgress });
    const contextSize = Math.min(options.contextTokens, model.trainContextSize);
    const slots: Slot[] = [];
    while (slots.length < options.slots) {
      // One context per slot, not one with many sequences: node-llama-cpp 3.21 samples the sequences of a batch in
      // parallel threads, where llama.cpp reorders their logits lazily, and so a token of one fan's answer can land in
      // another's. A context is also what a LoRA adapter binds to.
      const context = await model.createContext({ contextSize, batchSize: PIECE_TOKENS, threads: options.threadsEach });
      slots.push({ sequence: context.getSequence(), busy: false, usedAt: 0 });
    }
    return new LocalModel(model, slots, options.compact ? smallModelSampling : plainSampling);
  }

  /** Makes one answer. Throws `PromptTooLong`. The caller keeps within the number of slots. */
  async answer(asked: Generate, signal: AbortSignal, onText: (text: string) => void): Promise<Answered> {
    const request = { ...asked, ...beginning(asked) };
    const { prompt, maxTokens } = this.#fit(request);
    const slot = this.#takeSlot(prompt);
    try {
      if (!(await this.#read(slot.sequence, prompt, signal)))
        return { finish: 'aborted', promptTokens: prompt.length, completionTokens: 0 };
      return await this.#write(slot.sequence, prompt, { ...request, maxTokens }, signal, onText);
    } finally {
      slot.busy = false;
      slot.usedAt = performance.now();
    }
  }

  /** The free slot that has read most of this prompt already; of equals the one that was idle longest. */
  #takeSlot(prompt: Token[]): Slot {
    const read = (slot: Slot) => slot.sequence.compareContextTokens(prompt).firstDifferentIndex;
    const [slot] = this.#slots.filter(({ busy }) => !busy).sort((a, b) => read(b) - read(a) || a.usedAt - b.usedAt);
    if (!slot) throw new Error('no free slot');
    slot.busy = true;
    return slot;
  }

  /** Leaves out the oldest messages until the prompt and its answer fit into the context. */
  #fit(request: Begun): { prompt: Token[]; maxTokens: number } {
    const wanted = Math.min(request.maxTokens, this.#sampling.answerTokensMax);
    const size = this.#slots[0]?.sequence.contextSize ?? 0;
    const messages = [...request.messages];
    for (;;) {
      const prompt = this.#tokens(messages, request.begun.trimEnd());
      const room = size - 1 - prompt.length;
      if (room >= wanted) return { prompt, maxTokens: wanted };
      const oldest = messages.findIndex(({ role }, index) => role !== 'system' && index < messages.length - 1);
      if (oldest < 0) throw new PromptTooLong(`The prompt needs ${prompt.length} tokens of ${size}`);
      messages.splice(oldest, 1);
    }
  }

  #tokens(messages: ChatMessage[], prefix: string): Token[] {
    const chatHistory: ChatHistoryItem[] = messages.map(({ role, content }) => {
      if (role === 'assistant') return { type: 'model', response: [content] };
      return { type: role, text: content };
    });
    chatHistory.push({ type: 'model', response: prefix ? [prefix] : [] });
    const tokens = this.#chat.generateContextState({ chatHistory }).contextText.tokenize(this.#model.tokenizer);
    // ChatML begins with <|im_start|>, which is also what SmolLM2 calls BOS: its own template says it once.
    return tokens[0] === this.#model.tokens.bos && tokens[1] === tokens[0] ? tokens.slice(1) : tokens;
  }

  /** Reads all of the prompt but the last token. False when it was aborted. */
  async #read(sequence: LlamaContextSequence, prompt: Token[], signal: AbortSignal): Promise<boolean> {
    await sequence.adaptStateToTokens(prompt.slice(0, -1), false);
    while (sequence.nextTokenIndex < prompt.length - 1) {
      if (signal.aborted) return false;
      const from = sequence.nextTokenIndex;
      await sequence.evaluateWithoutGeneratingNewTokens(
        prompt.slice(from, Math.min(from + PIECE_TOKENS, prompt.length - 1)),
      );
    }
    return !signal.aborted;
  }

  async #write(
    sequence: LlamaContextSequence,
    prompt: Token[],
    request: Begun,
    signal: AbortSignal,
    onText: (text: string) => void,
  ): Promise<Answered> {
    const { rules } = this.#sampling;
    const { prefix, begun } = request;
    const said = begun ? this.#model.tokenize(begun.trimEnd()) : [];
    const written: Token[] = [];
    let shown = prefix.length;
    const end = (finish: StreamEnd['finish']) => ({
      finish,
      promptTokens: prompt.length,
      completionTokens: written.length,
    });
    if (judgeAnswer(`${begun} `, said.length, begun.trimEnd().length, rules).over) return end('stop'); // it was whole already

    for await (const token of sequence.evaluate(prompt.slice(-1), this.#options(request, said, written))) {
      if (signal.aborted) return end('aborted');
      if (this.#model.isEogToken(token) || this.#model.isSpecialToken(token)) return end('stop');
      written.push(token);
      const text = begun + this.#textOf(written, prompt, begun);
      const judged = judgeAnswer(text, said.length + written.length, shown, rules);
      const until = text.slice(0, judged.shown).trimEnd().length; // a space waits for the word behind it
      if (until > shown) {
        onText(text.slice(shown, until));
        shown = until;
      }
      if (judged.over) return end('stop');
      if (written.length >= request.maxTokens) return end('length');
    }
    return end('stop');
  }

  /** Half a letter at the end is left for the token that completes it; a space that is published already is not said again. */
  #textOf(written: Token[], prompt: Token[], prefix: string): string {
    const text = this.#model.detokenize(written, false, prompt).replace(/\ufffd+$/u, '');
    if (!prefix) return text.trimStart();
    const owed = prefix.length - prefix.trimEnd().length;
    const spaces = text.length - text.trimStart().length;
    return text.slice(Math.min(owed, spaces));
  }

  #options(request: Begun, said: Token[], written: Token[]) {
    const { temperature, minP, topP, topK, repeatPenalty, noRepeat, never, neverFirst } = this.#sampling;
    const [marks, firstMarks] = [this.#singleTokens(never), this.#singleTokens(neverFirst)];
    const before = request.messages.filter(({ role }) => role === 'assistant');
    const runs = new NoRepeat(noRepeat, [...before.map(({ content }) => this.#model.tokenize(content)), said]);
    const tokenBias = () => {
      const own = [...said, ...written];
      runs.learn(own);
      const bias = new TokenBias(this.#model.tokenizer);
      for (const token of [...marks, ...(own.length === 0 ? firstMarks : []), ...runs.banned(own)])
        bias.set(token as Token, 'never');
      return bias;
    };
    const punishTokens = () => [...said, ...written].slice(-PENALTY_WINDOW_TOKENS);
    const penalty = { penalty: repeatPenalty, punishTokens };
    return {
      temperature,
      minP,
      topP,
      topK,
      seed: request.seed,
      repeatPenalty: penalty,
      tokenBias,
      yieldEogToken: true,
    };
  }

  #singleTokens(texts: readonly string[]): Token[] {
    const tokens = texts.map((text) => this.#model.tokenize(text));
    return tokens.flatMap(([token, more]) => (token !== undefined && more === undefined ? [token] : []));
  }
}

/** A last message of the assistant is the answer's beginning: it is said first, as far as it is not published yet. */
function beginning({ messages, prefix }: Generate): { messages: ChatMessage[]; begun: string } {
  const last = messages.at(-1);
  if (last?.role !== 'assistant') return { messages, begun: prefix };
  return { messages: messages.slice(0, -1), begun: last.content.startsWith(prefix) ? last.content : prefix };
}
