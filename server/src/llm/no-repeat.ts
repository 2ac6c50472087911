/** Remembers every run of `length` tokens, so that none is said twice; a length of 0 switches it off. */
export class NoRepeat {
  readonly #length: number;
  readonly #nextAfter = new Map<string, Set<number>>();

  constructor(length: number, said: readonly (readonly number[])[] = []) {
    this.#length = length;
    for (const tokens of said)
      for (let end = Math.max(1, length); end <= tokens.length; end += 1) this.learn(tokens.slice(0, end));
  }

  /** Remembers the run that the last of these tokens completes. */
  learn(tokens: readonly number[]): void {
    if (this.#length === 0 || tokens.length < this.#length) return;
    const run = tokens.slice(-this.#length);
    const last = run.pop();
    const key = run.join();
    const next = this.#nextAfter.get(key) ?? new Set();
    this.#nextAfter.set(key, next);
    if (last !== undefined) next.add(last);
  }

  /** The tokens that would say a remembered run again. */
  banned(tokens: readonly number[]): ReadonlySet<number> {
    if (this.#length === 0 || tokens.length < this.#length - 1) return none;
    return this.#nextAfter.get(tokens.slice(1 - this.#length).join()) ?? none;
  }
}

const none: ReadonlySet<number> = new Set();
