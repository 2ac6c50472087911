/** Promises that nobody awaits belong here: failures are reported once, and `drain` waits for the rest. */
export class TaskGroup {
  readonly #running = new Set<Promise<void>>();
  readonly #report: (name: string, error: unknown) => void;

  constructor(report: (name: string, error: unknown) => void) {
    this.#report = report;
  }

  run(name: string, task: () => Promise<unknown>): void {
    const running = task()
      .then(() => undefined)
      .catch((error: unknown) => this.#report(name, error))
      .finally(() => this.#running.delete(running));
    this.#running.add(running);
  }

  async drain(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running);
  }
}
