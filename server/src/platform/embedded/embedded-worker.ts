import { once } from 'node:events';
import { type TransferListItem, Worker } from 'node:worker_threads';

export type EmbeddedStart = {
  /** The store's own folder. */
  dir: string;
  /** The folder of the built `main.js`, where the workers lie under `platform/embedded/`. */
  workersUrl: URL;
  /** The store died by itself; the server cannot go on. */
  onFailure: (error: Error) => void;
};

type Options = EmbeddedStart & { file: string; data: Record<string, unknown>; startTimeoutMs: number };

/** A store in a thread of its own: so a heavy query or a save never holds up the server's event loop. */
export class EmbeddedWorker {
  readonly #worker: Worker;
  readonly #exited: Promise<unknown>;
  #closing = false;

  private constructor(worker: Worker, options: Options) {
    this.#worker = worker;
    this.#exited = once(worker, 'exit').catch(() => undefined);
    let cause: unknown;
    worker.on('error', (error) => (cause = error));
    worker.on('exit', (code) => {
      if (!this.#closing)
        options.onFailure(new Error(`${options.file} ended by itself (exit code ${code})`, { cause }));
    });
  }

  /** Resolves with the worker's first message, which says that it is ready. */
  static async start(options: Options): Promise<{ worker: EmbeddedWorker; ready: unknown }> {
    const thread = new Worker(new URL(`platform/embedded/${options.file}`, options.workersUrl), {
      workerData: { dir: options.dir, ...options.data },
    });
    const deadline = AbortSignal.timeout(options.startTimeoutMs);
    try {
      const ready = await Promise.race([
        once(thread, 'message', { signal: deadline }).then(([message]) => message as unknown),
        once(thread, 'exit', { signal: deadline }).then(([code]) => {
          throw new Error(`exit code ${code}`);
        }),
      ]);
      return { worker: new EmbeddedWorker(thread, options), ready };
    } catch (error) {
      await thread.terminate();
      const reason = deadline.aborted ? `not ready after ${options.startTimeoutMs} ms` : (error as Error).message;
      throw new Error(`${options.file} did not start in ${options.dir}: ${reason}`, { cause: error });
    }
  }

  post(message: unknown, transfer: TransferListItem[] = []): void {
    this.#worker.postMessage(message, transfer);
  }

  /** Asks the store to save and end, and ends it after `timeoutMs` if it has not. */
  async close(timeoutMs = 10_000): Promise<void> {
    this.#closing = true;
    this.#worker.postMessage('close');
    const timer = setTimeout(() => void this.#worker.terminate(), timeoutMs);
    await this.#exited;
    clearTimeout(timer);
  }
}
