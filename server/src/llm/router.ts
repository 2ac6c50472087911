import { AppError } from '../core/errors.ts';
import { backoffMs, sleep } from '../core/sleep.ts';
import type { Breaker } from './breaker.client.ts';
import {
  type Engine,
  EngineError,
  type EngineRequest,
  type EngineRoute,
  type EngineStatus,
  type Llm,
  type StreamEnd,
  type TokenStream,
  type Usage,
} from './engine.ts';

export type Guarded = { engine: Engine; breaker: Breaker };

export type LlmOptions = {
  /** In order of preference: the second stands in for the first. None: nobody answers. */
  engines: readonly Guarded[];
  /** One answer is tried so often in all, and an engine that failed it is not asked again after `triesForMs`. */
  triesMax?: number;
  triesForMs?: number;
};

type Limits = { triesMax: number; triesForMs: number };

const RETRY_FIRST_MS = 150;
const RETRY_MAX_MS = 3_000;

export function createLlm({ engines, triesMax = 4, triesForMs = 20_000 }: LlmOptions): Llm {
  function status(): EngineStatus {
    const [first] = engines.map(statusOf).sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state));
    return first ?? { state: 'unavailable', reason: 'No language model is configured' };
  }

  return {
    available: () => status().state !== 'unavailable',
    status,
    route({ adapter }): EngineRoute {
      const [preferred] = engines;
      if (!preferred) throw new AppError('unavailable', 'No language model is configured');
      const { model, compact } = preferred.engine;
      return {
        model,
        compact,
        continues: engines.some(({ engine }) => engine.continues),
        stream: (request) => answer(request, engines, { triesMax, triesForMs }),
        // No engine applies adapters yet: the base model speaks with the persona alone, and the reply says so.
        ...(adapter && { degraded: true }),
      };
    },
    async close() {
      for (const { breaker } of engines) breaker.close();
      await Promise.all(engines.map(async ({ engine }) => engine.close?.()));
    },
  };
}

const order: EngineStatus['state'][] = ['ready', 'loading', 'unavailable'];

function statusOf({ engine }: Guarded): EngineStatus {
  return engine.status?.() ?? { state: 'ready' };
}

/**
 * Streams one answer. Before its first token another engine takes over when one fails; after it the answer is carried
 * on from its text, where an engine can. Throws the EngineError that could not be got around.
 */
async function* answer(request: EngineRequest, engines: readonly Guarded[], limits: Limits): TokenStream {
  const startedAt = performance.now();
  const failed = new Set<Guarded>();
  let spent: Usage = { promptTokens: 0, completionTokens: 0, costMicroUsd: 0 };
  let text = request.prefix ?? '';
  for (let tries = 1; ; tries += 1) {
    const chosen = choose(ableTo(text, engines), failed);
    if (!chosen) throw new EngineError('refused', 'No engine can carry on from a prefix');
    const tokens = chosen.engine.stream({ ...request, ...(text && { prefix: text }) });
    let started = false;
    try {
      let step = await chosen.breaker.guard(() => tokens.next());
      while (!step.done) {
        started = true;
        text += step.value;
        yield step.value;
        step = await tokens.next();
      }
      return { ...step.value, ...sum(spent, step.value), ...(spent.promptTokens > 0 && { estimated: true }) };
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      if (error.usage) spent = sum(spent, error.usage);
      if (started) chosen.breaker.failed(error);
      else failed.add(chosen);
      if (!error.retryable || tries >= limits.triesMax) throw error;
      const next = choose(ableTo(text, engines), failed);
      if (!next) throw error;
      if (next === chosen || failed.has(next)) {
        const waitMs = Math.max(backoffMs(tries, RETRY_FIRST_MS, RETRY_MAX_MS), error.retryAfterMs ?? 0);
        if (waitMs > RETRY_MAX_MS || performance.now() - startedAt + waitMs > limits.triesForMs) throw error;
        await sleep(waitMs, request.signal);
      }
      if (request.signal.aborted) return aborted(chosen.engine.model, spent);
    } finally {
      await tokens.return(aborted(chosen.engine.model, spent)); // the reader went away: so does the request
    }
  }
}

function ableTo(carryOn: string, engines: readonly Guarded[]): Guarded[] {
  return engines.filter(({ engine }) => carryOn === '' || engine.continues);
}

/** The first that has not failed this answer and is not known to be down; else the first that is not known to be down. */
function choose(able: readonly Guarded[], failed: ReadonlySet<Guarded>): Guarded | undefined {
  const up = able.filter((one) => !one.breaker.open && statusOf(one).state !== 'unavailable');
  return up.find((one) => !failed.has(one)) ?? up[0] ?? able[0];
}

function sum(a: Usage, b: Usage): Usage {
  return {
    promptTokens: a.promptTokens + b.promptTokens,
    completionTokens: a.completionTokens + b.completionTokens,
    costMicroUsd: a.costMicroUsd + b.costMicroUsd,
  };
}

function aborted(model: string, spent: Usage): StreamEnd {
  return { model, finish: 'aborted', ...spent };
}
