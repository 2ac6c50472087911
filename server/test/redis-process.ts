import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { freePort } from './free-port.ts';

const program = ['redis-server', 'valkey-server'].find((name) => spawnSync(name, ['--version']).status === 0);

/** Whether there is a Redis that a test can start, freeze and kill. */
export const hasRedis = program !== undefined;

/** A Redis of a test's own, which keeps nothing over its end. */
export class RedisProcess {
  readonly url: string;
  readonly #port: number;
  #child: ChildProcess | undefined;

  private constructor(port: number) {
    this.#port = port;
    this.url = `redis://127.0.0.1:${port}`;
  }

  static async start(): Promise<RedisProcess> {
    const redis = new RedisProcess(await freePort());
    await redis.startAgain();
    return redis;
  }

  /** Empty, at the same address. */
  async startAgain(): Promise<void> {
    const args = ['--port', `${this.#port}`, '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
    const child = spawn(program ?? '', args, { stdio: ['ignore', 'pipe', 'inherit'], cwd: '/tmp' });
    this.#child = child;
    process.once('exit', () => child.kill('SIGKILL')); // whatever becomes of the test
    for await (const chunk of child.stdout) if (/Ready to accept connections/.test(String(chunk))) break;
  }

  async kill(): Promise<void> {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }

  freeze(): void {
    this.#child?.kill('SIGSTOP');
  }

  thaw(): void {
    this.#child?.kill('SIGCONT');
  }
}
