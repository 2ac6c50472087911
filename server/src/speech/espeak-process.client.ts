import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { backoffMs } from '../core/sleep.ts';
import type { FromEspeak, Utter } from './espeak-protocol.ts';

export type Said = Extract<FromEspeak, { type: 'said' }>;
type Job = Utter & { resolve: (said: Said) => void; reject: (error: Error) => void };

/** Sentences that may wait; more than that is refused at once. */
const WAITING_MAX = 32;
const JOB_TIMEOUT_MS = 3_000;
const START_TIMEOUT_MS = 10_000;
const RESTART_FIRST_MS = 200;
const RESTART_MAX_MS = 30_000;
const EXIT_TIMEOUT_MS = 2_000;
const STDERR_MAX_CHARS = 1_000;

type State = 'starting' | 'ready' | 'broken' | 'closed';

/** Keeps one process with eSpeak NG running and gives it one sentence at a time. Starts it again when it dies or hangs. */
export class EspeakProcess {
  readonly #childUrl: URL;
  readonly #programPath: string;
  readonly #waiting: Job[] = [];
  #current: Job | undefined;
  #child: ChildProcess | undefined;
  #state: State = 'starting';
  #failures = 0;
  #lastId = 0;
  #patience: NodeJS.Timeout | undefined;
  #restart: NodeJS.Timeout | undefined;
  #stderr = '';

  /** `programPath`: the operator's `espeak-ng.js`. */
  constructor(childUrl: URL, programPath: string) {
    this.#childUrl = childUrl;
    this.#programPath = programPath;
    this.#start();
  }

  get state(): State {
    return this.#state;
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  utter(text: string, voice: string): Promise<Said> {
    if (this.#state === 'broken' || this.#state === 'closed')
      return Promise.reject(new Error(`eSpeak NG is ${this.#state}: ${this.#stderr.trim()}`));
    if (this.#waiting.length >= WAITING_MAX) return Promise.reject(new Error('eSpeak NG has too much to say'));
    return new Promise((resolve, reject) => {
      this.#waiting.push({ id: (this.#lastId += 1), text, voice, resolve, reject });
      this.#next();
    });
  }

  async close(): Promise<void> {
    this.#state = 'closed';
    clearTimeout(this.#restart);
    this.#fail(new Error('the server stops'));
    const child = this.#child;
    if (!child) return;
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
    this.#stderr = '';
    const child = fork(fileURLToPath(this.#childUrl), [this.#programPath], {
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      execArgv: [],
      serialization: 'advanced',
    });
    this.#child = child;
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#stderr = (this.#stderr + text).slice(-STDERR_MAX_CHARS);
    });
    child.on('message', (message: FromEspeak) => this.#hear(message));
    child.once('error', (error) => this.#gone(child, error.message)); // it could not be started
    child.once('exit', (code, signal) => this.#gone(child, `its process ended with ${signal ?? code}`));
    this.#wait(START_TIMEOUT_MS);
  }

  #hear(message: FromEspeak): void {
    if (message.type === 'unloadable') {
      this.#stderr = message.reason;
      this.#child?.kill('SIGKILL');
      return;
    }
    clearTimeout(this.#patience);
    if (message.type === 'ready') {
      this.#state = 'ready';
      this.#next();
      return;
    }
    const job = this.#current;
    if (!job || message.id !== job.id) return;
    this.#current = undefined;
    this.#failures = 0;
    if (message.type === 'said') job.resolve(message);
    else job.reject(new Error(`eSpeak NG refused: ${message.reason}`));
    this.#next();
  }

  #next(): void {
    if (this.#state !== 'ready' || this.#current) return;
    const job = this.#waiting.shift();
    if (!job) return;
    this.#current = job;
    this.#wait(JOB_TIMEOUT_MS);
    const { id, text, voice } = job;
    this.#child?.send({ id, text, voice } satisfies Utter, () => {}); // a lost message is seen as the process's end
  }

  /** A process that does not answer cannot be stopped otherwise. */
  #wait(ms: number): void {
    clearTimeout(this.#patience);
    this.#patience = setTimeout(() => this.#child?.kill('SIGKILL'), ms).unref();
  }

  /** Whatever it was asked fails: the sentence in its hands may be what broke it. */
  #gone(child: ChildProcess, reason: string): void {
    if (this.#child !== child) return;
    this.#child = undefined;
    clearTimeout(this.#patience);
    if (this.#state === 'closed') return;
    this.#state = this.#failures >= 2 ? 'broken' : 'starting';
    this.#fail(new Error(`eSpeak NG failed: ${this.#stderr.trim() || reason}`), this.#state === 'broken');
    const waitMs = backoffMs(this.#failures, RESTART_FIRST_MS, RESTART_MAX_MS);
    this.#failures += 1;
    this.#restart = setTimeout(() => this.#start(), waitMs).unref();
  }

  #fail(error: Error, all = true): void {
    const failed = [...(this.#current ? [this.#current] : []), ...(all ? this.#waiting.splice(0) : [])];
    this.#current = undefined;
    for (const { reject } of failed) reject(error);
  }
}
