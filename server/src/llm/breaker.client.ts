import CircuitBreaker from 'opossum';
import { EngineError } from './engine.ts';

export type Breaker = {
  /** Runs the attempt, or throws `unavailable` at once while the engine is known to be down. */
  guard<T>(attempt: () => Promise<T>): Promise<T>;
  /** The engine failed after its first token. */
  failed(error: EngineError): void;
  readonly open: boolean;
  close(): void;
};

export type BreakerOptions = { failuresPercent: number; attemptsMin: number; openMs: number };

const defaults: BreakerOptions = { failuresPercent: 50, attemptsMin: 5, openMs: 10_000 };

/** Opens when most attempts of the last ten seconds failed; lets one through every `openMs` to see whether it is back. */
export function createBreaker(options: Partial<BreakerOptions> = {}): Breaker {
  const { failuresPercent, attemptsMin, openMs } = { ...defaults, ...options };
  const circuit = new CircuitBreaker((attempt: () => Promise<unknown>) => attempt(), {
    timeout: false,
    errorThresholdPercentage: failuresPercent,
    volumeThreshold: attemptsMin,
    resetTimeout: openMs,
    rollingPercentilesEnabled: false,
    errorFilter: (error: unknown) => !isEngineDown(error),
  });
  return {
    async guard<T>(attempt: () => Promise<T>): Promise<T> {
      try {
        return (await circuit.fire(attempt)) as T;
      } catch (error) {
        if (!CircuitBreaker.isOurError(error as Error)) throw error;
        throw new EngineError('unavailable', 'The engine failed too often and is left alone', { cause: error });
      }
    },
    failed(error) {
      circuit.fire(() => Promise.reject(error)).catch(() => {}); // counted; it was thrown where it happened
    },
    get open() {
      return circuit.opened;
    },
    close: () => circuit.shutdown(),
  };
}

/** A refusal is about the request, and "come back later" is the answer of an engine that works. */
function isEngineDown(error: unknown): boolean {
  if (!(error instanceof EngineError)) return true;
  return error.retryable && !(error.kind === 'unavailable' && error.retryAfterMs !== undefined);
}
