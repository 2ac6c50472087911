import type { ChatMessage, Engine, EngineRequest, StreamEnd } from '../../src/llm/engine.ts';

export type Read = { pieces: string[]; text: string; end?: StreamEnd; error?: unknown; firstMs: number };

export const ask = (content: string): ChatMessage[] => [{ role: 'user', content }];

export function requestOf(request: Partial<EngineRequest> = {}): EngineRequest {
  return { messages: ask('hi'), maxTokens: 200, signal: new AbortController().signal, ...request };
}

/** Reads a stream to its end or failure. `onPiece` sees each piece as it comes. */
export async function readStream(
  engine: Pick<Engine, 'stream'>,
  request: Partial<EngineRequest> = {},
  onPiece: (text: string, read: Read) => void = () => {},
): Promise<Read> {
  const startedAt = performance.now();
  const read: Read = { pieces: [], text: '', firstMs: 0 };
  const tokens = engine.stream(requestOf(request));
  try {
    for (;;) {
      const step = await tokens.next();
      if (step.done) return { ...read, end: step.value };
      if (read.pieces.length === 0) read.firstMs = performance.now() - startedAt;
      read.pieces.push(step.value);
      read.text += step.value;
      onPiece(step.value, read);
    }
  } catch (error) {
    return { ...read, error };
  }
}

/** Waits until something is so; fails after `timeoutMs`. Answers with how long it took. */
export async function until(what: () => boolean, timeoutMs = 2_000): Promise<number> {
  const startedAt = performance.now();
  while (!what()) {
    if (performance.now() - startedAt > timeoutMs) throw new Error(`not within ${timeoutMs} ms: ${String(what)}`);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  return performance.now() - startedAt;
}
