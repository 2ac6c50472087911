import type { ChatMessage, StreamEnd } from './engine.ts';

/** What the server and the process with the local model say to each other. */
export type ChildOptions = {
  modelPath: string;
  /** Answers made at once. */
  slots: number;
  contextTokens: number;
  /** A small model: short answers, and no run of words said twice. */
  compact: boolean;
  /** Threads for one answer, and for all of them. */
  threadsEach: number;
  maxThreads: number;
};

export type Generate = {
  type: 'generate';
  id: number;
  messages: ChatMessage[];
  prefix: string;
  maxTokens: number;
  /** The same seed gives the same answer. */
  seed: number;
};

export type ToChild = { type: 'load'; options: ChildOptions } | Generate | { type: 'abort'; id: number };

export type FromChild =
  | { type: 'loading'; progress: number }
  | { type: 'ready' }
  | { type: 'unloadable'; reason: string }
  | { type: 'alive' }
  /** Pieces of any number of answers, in order. */
  | { type: 'text'; pieces: { id: number; text: string }[] }
  | { type: 'end'; id: number; finish: StreamEnd['finish']; promptTokens: number; completionTokens: number }
  | { type: 'refused'; id: number; reason: string };

export const ALIVE_EVERY_MS = 1_000;
