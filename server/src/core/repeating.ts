/** Work that is done again and again, never twice at once; a failure is reported and the next time tried again. */
export class Repeating {
  readonly #work: () => Promise<void>;
  readonly #onFailure: (error: unknown) => void;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> = Promise.resolve();
  #stopped = false;

  /** `everyMs`: between the end of one time and the start of the next, a little more or less. */
  constructor(everyMs: number, work: () => Promise<void>, onFailure: (error: unknown) => void) {
    this.#work = work;
    this.#onFailure = onFailure;
    this.#later(everyMs);
  }

  async close(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#running;
  }

  #later(everyMs: number): void {
    if (this.#stopped) return;
    this.#timer = setTimeout(
      () => {
        this.#running = this.#work()
          .catch(this.#onFailure)
          .finally(() => this.#later(everyMs));
      },
      everyMs * (0.8 + Math.random() * 0.4),
    );
  }
}
