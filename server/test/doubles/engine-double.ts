import { type EngineRequest, EngineError, type EngineRoute, type Llm, type TokenStream } from '../../src/llm/engine.ts';

export type EngineDouble = Llm & {
  /** What was asked, in order. */
  readonly requests: EngineRequest[];
  /** Streams that run now. */
  readonly open: () => number;
  /** The answers, in turn; the last one is given again and again. */
  answers: string[];
  tokenMs: number;
  continues: boolean;
  /** Throws this after so many tokens, once. */
  failOnce?: { afterTokens: number; error: EngineError };
  /** Waits here before each token. */
  gate?: Promise<void>;
};

/** An engine in this process: says scripted answers token by token, carries on from a prefix, notices an abort. */
export function createEngineDouble(
  answers: string[],
  options: { tokenMs?: number; continues?: boolean } = {},
): EngineDouble {
  let open = 0;
  const double: EngineDouble = {
    requests: [],
    answers,
    tokenMs: options.tokenMs ?? 0,
    continues: options.continues ?? true,
    open: () => open,
    available: () => true,
    close: () => Promise.resolve(),
    route: (): EngineRoute => ({ model: 'double', continues: double.continues, stream }),
  };

  async function* stream(request: EngineRequest): TokenStream {
    if (request.messages.length === 0) throw new EngineError('refused', 'no messages');
    const fresh = request.prefix === undefined;
    const nth = double.requests.filter(({ prefix }) => prefix === undefined).length - (fresh ? 0 : 1);
    double.requests.push(request);
    const whole = double.answers[Math.min(Math.max(nth, 0), double.answers.length - 1)] ?? '';
    const prefix = request.prefix ?? '';
    if (!whole.startsWith(prefix)) throw new EngineError('refused', `cannot continue "${prefix}"`);
    const tokens = whole.slice(prefix.length).match(/\s*\S+/gu) ?? [];
    const fail = double.failOnce;
    open += 1;
    try {
      for (const [n, token] of tokens.entries()) {
        if (fail && double.failOnce === fail && n === fail.afterTokens) {
          double.failOnce = undefined;
          throw fail.error;
        }
        await double.gate;
        if (double.tokenMs > 0) await new Promise((resolve) => setTimeout(resolve, double.tokenMs));
        if (request.signal.aborted) return end('aborted');
        yield token;
      }
      return end('stop');
    } finally {
      open -= 1;
    }
  }

  const end = (finish: 'stop' | 'aborted') => ({
    model: 'double',
    finish,
    promptTokens: 10,
    completionTokens: 5,
    costMicroUsd: 7,
  });
  return double;
}
