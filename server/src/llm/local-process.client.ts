import { type ChildProcess, fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { backoffMs } from '../core/sleep.ts';
import type { EngineStatus } from './engine.ts';
import { ALIVE_EVERY_MS, type ChildOptions, type FromChild, type ToChild } from './local-protocol.ts';

export type FromAnswer = Extract<FromChild, { type: 'end' | 'refused' | 'text' }>;
type Handlers = {
  onAnswer: (message: FromAnswer) => void;
  /** The process is gone, and with it every answer that it was making. */
  onGone: (reason: string) => void;
};

const SILENCE_MAX_MS = 15 * ALIVE_EVERY_MS;
const RESTART_FIRST_MS = 200;
const RESTART_MAX_MS = 30_000;
/** A process that lived so long was a good one: the next restart is quick again. */
const GOOD_LIFE_MS = 30_000;
const EXIT_TIMEOUT_MS = 2_000;
const STDERR_MAX_CHARS = 2_000;

/** Keeps one process with the model running: starts it, watches it, starts it again. */
export class LocalProcess {
  readonly #childUrl: URL;
  readonly #options: ChildOptions;
  readonly #handlers: Handlers;
  readonly #watch: NodeJS.Timeout;
  readonly #waiting = new Set<() => void>();
  #child: ChildProcess | undefined;
  #status: EngineStatus = { state: 'loading', progress: 0 };
  #restartTimer: NodeJS.Timeout | undefined;
  #heardAt = 0;
  #startedAt = 0;
  #failures = 0;
  #stderr = '';
  #closed = false;

  constructor(childUrl: URL, options: ChildOptions, handlers: Handlers) {
    this.#childUrl = childUrl;
    this.#options = options;
    this.#handlers = handlers;
    this.#watch = setInterval(() => this.#checkAlive(), ALIVE_EVERY_MS).unref();
    this.#start();
  }

  get status(): EngineStatus {
    return this.#status;
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  send(message: ToChild): void {
    if (this.#child?.connected) this.#child.send(message, () => {}); // a lost message is seen as the process's end
  }

  /** Waits while the process loads, as long as `signal` lets it. */
  async settled(signal: AbortSignal): Promise<EngineStatus> {
    while (this.#status.state === 'loading' && !signal.aborted)
      await new Promise<void>((resolve) => {
        const done = () => {
          this.#waiting.delete(done);
          signal.removeEventListener('abort', done);
          resolve();
        };
        this.#waiting.add(done);
        signal.addEventListener('abort', done);
      });
    return this.#status;
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#watch);
    clearTimeout(this.#restartTimer);
    this.#become({ state: 'unavailable', reason: 'the server stops' });
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    await new Promise<void>((resolve) => {
      const kill = setTimeout(() => child.kill('SIGKILL'), EXIT_TIMEOUT_MS);
      child.once('exit', () => {
        clearTimeout(kill);
        resolve();
      });
      if (child.connected) child.disconnect();
      else child.kill('SIGKILL');
    });
  }

  #start(): void {
    const { modelPath } = this.#options;
    if (!existsSync(modelPath)) {
      this.#become({ state: 'unavailable', reason: `There is no model file at ${modelPath}` });
      this.#restartLater();
      return;
    }
    this.#stderr = '';
    this.#startedAt = this.#heardAt = performance.now();
    const child = fork(fileURLToPath(this.#childUrl), [], { stdio: ['ignore', 'ignore', 'pipe', 'ipc'], execArgv: [] });
    this.#child = child;
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#stderr = (this.#stderr + text).slice(-STDERR_MAX_CHARS);
    });
    child.on('message', (message: FromChild) => this.#hear(message));
    child.once('error', (error) => this.#gone(child, error.message)); // it could not be started
    child.once('exit', (code, signal) => this.#gone(child, this.#stderr.trim() || `it ended with ${signal ?? code}`));
    this.send({ type: 'load', options: this.#options });
  }

  #hear(message: FromChild): void {
    this.#heardAt = performance.now();
    if (message.type === 'loading') {
      // After a failure it stays unavailable until it is ready: nobody should wait for a model that cannot load.
      if (this.#status.state === 'loading') this.#become({ state: 'loading', progress: message.progress });
    } else if (message.type === 'ready') this.#become({ state: 'ready' });
    else if (message.type === 'unloadable') {
      this.#become({ state: 'unavailable', reason: message.reason });
      this.#child?.kill('SIGKILL');
    } else if (message.type !== 'alive') this.#handlers.onAnswer(message);
  }

  #gone(child: ChildProcess, reason: string): void {
    if (this.#child !== child) return;
    this.#child = undefined;
    if (!this.#closed && this.#status.state !== 'unavailable') this.#become({ state: 'loading', progress: 0 });
    this.#handlers.onGone(reason);
    if (this.#closed) return;
    if (performance.now() - this.#startedAt > GOOD_LIFE_MS) this.#failures = 0;
    if (this.#failures >= 3) this.#become({ state: 'unavailable', reason });
    this.#restartLater();
  }

  #restartLater(): void {
    const waitMs = backoffMs(this.#failures, RESTART_FIRST_MS, RESTART_MAX_MS);
    this.#failures += 1;
    this.#restartTimer = setTimeout(() => this.#start(), waitMs).unref();
  }

  #checkAlive(): void {
    if (this.#child && performance.now() - this.#heardAt > SILENCE_MAX_MS) this.#child.kill('SIGKILL');
  }

  #become(status: EngineStatus): void {
    this.#status = status;
    if (status.state !== 'loading') for (const wake of this.#waiting) wake();
  }
}
