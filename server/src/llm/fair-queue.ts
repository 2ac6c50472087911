import { EngineError } from './engine.ts';

type Waiting = { enter: (leave: () => void) => void; refuse: (error: Error) => void };

/**
 * Lets a fixed number in at once. Who waits stands in the line of their key, and the lines take turns, so that
 * one busy conversation cannot keep the others waiting.
 */
export class FairQueue {
  readonly #lines = new Map<string, Waiting[]>();
  readonly #limits: { places: number; waitingMax: number };
  #inside = 0;
  #waiting = 0;
  #meanStayMs = 2_000;

  constructor(limits: { places: number; waitingMax: number }) {
    this.#limits = limits;
  }

  get waiting(): number {
    return this.#waiting;
  }

  /**
   * Waits for a place and answers with the function that gives it back; undefined when `signal` came first.
   * Throws `unavailable` when too many wait.
   */
  async enter(key: string, signal: AbortSignal): Promise<(() => void) | undefined> {
    if (signal.aborted) return undefined;
    if (this.#inside < this.#limits.places && this.#waiting === 0) return this.#admit();
    if (this.#waiting >= this.#limits.waitingMax) throw this.#full();
    const line = this.#lines.get(key) ?? [];
    this.#lines.set(key, line);
    this.#waiting += 1;
    return new Promise((resolve, reject) => {
      const waiting: Waiting = {
        enter(leave) {
          signal.removeEventListener('abort', giveUp);
          resolve(leave);
        },
        refuse(error) {
          signal.removeEventListener('abort', giveUp);
          reject(error);
        },
      };
      const giveUp = () => this.#remove(key, waiting) && resolve(undefined);
      signal.addEventListener('abort', giveUp, { once: true });
      line.push(waiting);
    });
  }

  /** Refuses everyone who waits. */
  clear(error: EngineError): void {
    const refused = [...this.#lines.values()].flat();
    this.#lines.clear();
    this.#waiting = 0;
    for (const { refuse } of refused) refuse(error);
  }

  #admit(): () => void {
    this.#inside += 1;
    const enteredAt = performance.now();
    let left = false;
    return () => {
      if (left) return;
      left = true;
      this.#inside -= 1;
      this.#meanStayMs += (performance.now() - enteredAt - this.#meanStayMs) / 8;
      this.#admitNext();
    };
  }

  #admitNext(): void {
    const [first] = this.#lines;
    if (!first || this.#inside >= this.#limits.places) return;
    const [key, line] = first;
    const next = line.shift();
    this.#lines.delete(key);
    if (line.length > 0) this.#lines.set(key, line); // to the end: the other lines come first
    if (!next) return;
    this.#waiting -= 1;
    next.enter(this.#admit());
  }

  #remove(key: string, waiting: Waiting): boolean {
    const line = this.#lines.get(key);
    const at = line?.indexOf(waiting) ?? -1;
    if (!line || at < 0) return false;
    line.splice(at, 1);
    if (line.length === 0) this.#lines.delete(key);
    this.#waiting -= 1;
    return true;
  }

  #full(): EngineError {
    const retryAfterMs = Math.ceil((this.#waiting / this.#limits.places) * this.#meanStayMs);
    return new EngineError('unavailable', 'Too many replies are waiting for the model', { retryAfterMs });
  }
}
