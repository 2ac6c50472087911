/** How long the server's other work may have to wait. */
const SLICE_MS = 8;

/** Tells a long loop when to let the event loop live, and waits while it does. */
export class Pacer {
  #restedAt = performance.now();

  get due(): boolean {
    return performance.now() - this.#restedAt > SLICE_MS;
  }

  async rest(): Promise<void> {
    await new Promise<void>((resolve) => {
      setImmediate(resolve);
    });
    this.#restedAt = performance.now();
  }

  /** Between two steps that are not long themselves. */
  async restIfDue(): Promise<void> {
    if (this.due) await this.rest();
  }
}
