import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { pauseBefore } from './backoff.mjs';

const calmMs = 10_000;
const readyTimeoutMs = 60_000;
const readyEveryMs = 50;

/** @typedef {import('node:child_process').ChildProcess} ChildProcess */
/** @typedef {{ add: (pid: number | undefined) => void, remove: (pid: number | undefined) => void, ended: Promise<unknown> }} Reaper */

/**
 * A process that ends others, and removes a folder, when we are gone, however we go.
 * @param {string} folder
 * @returns {Reaper}
 */
export function startReaper(folder) {
  const child = spawn(process.execPath, [fileURLToPath(new URL('reaper.mjs', import.meta.url))], {
    stdio: ['pipe', 'ignore', 'inherit'],
    detached: true,
  });
  child.stdin.on('error', () => {}); // its end is heard of by `ended`
  child.stdin.write(`folder ${folder}\n`);
  return {
    add: (pid) => void child.stdin.write(`+ ${pid}\n`),
    remove: (pid) => void child.stdin.write(`- ${pid}\n`),
    ended: once(child, 'close'),
  };
}

/** A process that is started again when it dies. */
export class Supervised {
  /** @type {ChildProcess | undefined} */
  #child;
  #stopping = false;
  up = false;

  /**
   * @param {object} options
   * @param {string} options.name for people
   * @param {() => ChildProcess} options.start
   * @param {() => Promise<boolean>} options.isReady asked until it says so
   * @param {() => void} options.onUp after a restart
   * @param {Reaper} options.reaper
   */
  constructor(options) {
    this.options = options;
  }

  get pid() {
    return this.#child?.pid;
  }

  /** Resolves when it is ready. Throws when it ends before. */
  async start() {
    const { name, start, isReady, reaper } = this.options;
    const child = start();
    this.#child = child;
    reaper.add(child.pid);
    const ended = new Promise((resolve) => {
      child.once('error', (error) => resolve(error.message));
      child.once('exit', (code, signal) => resolve(signal ?? code));
    });
    void ended.then((how) => this.#onEnd(child, how));
    const deadline = Date.now() + readyTimeoutMs;
    while (!(await isReady())) {
      const how = await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, readyEveryMs))]);
      if (how !== undefined) throw new Error(`${name} ended (${String(how)}) before it was ready`);
      if (Date.now() > deadline) throw new Error(`${name} was not ready after ${readyTimeoutMs} ms`);
    }
    this.upAt = Date.now();
    this.up = true;
  }

  #attempt = 0;
  upAt = 0;

  #onEnd(/** @type {ChildProcess} */ child, /** @type {unknown} */ how) {
    this.options.reaper.remove(child.pid);
    if (this.#stopping || !this.up) return;
    this.up = false;
    if (Date.now() - this.upAt > calmMs) this.#attempt = 0;
    console.error(`${this.options.name} ended (${String(how)}) and is started again`);
    void this.#restart();
  }

  async #restart() {
    while (!this.#stopping && !this.up) {
      await pauseBefore(this.#attempt);
      this.#attempt += 1;
      if (this.#stopping) return;
      try {
        await this.start();
        this.options.onUp();
      } catch (error) {
        if (!this.#stopping) console.error(error instanceof Error ? error.message : error);
        this.#child?.kill('SIGKILL');
      }
    }
  }

  /** @param {number} patienceMs before it is killed */
  async stop(patienceMs) {
    this.#stopping = true;
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill('SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), patienceMs);
    await exited;
    clearTimeout(timer);
  }
}
