import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

type Methods = Record<string, (input: never) => unknown>;
type Call = { id: number; name: string; input: unknown };
type Answer = { id: number; value?: unknown; fault?: string };

const CALL_TIMEOUT_MS = 300_000;
const READY = 0;

/** The other end of `Child`: answers calls until the one who started this process is gone. */
export function serve(methods: Methods): void {
  const send = (answer: Answer) => process.connected && process.send?.(answer);
  process.on('message', ({ id, name, input }: Call) => {
    const method = methods[name] as ((input: unknown) => unknown) | undefined;
    Promise.resolve()
      .then(() => {
        if (!method) throw new Error(`there is no ${name}`);
        return method(input);
      })
      .then(
        (value) => send({ id, value }),
        (error: unknown) =>
          send({ id, fault: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
      );
  });
  process.once('disconnect', () => process.exit(0));
  send({ id: READY });
}

type Options = { env?: Record<string, string>; execArgv?: string[] };

/** A process of the bench with methods to call. */
export class Child<M extends Methods> {
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, { resolve: (value: never) => void; reject: (error: Error) => void }>();
  readonly #exited: Promise<unknown>;
  readonly #ready: Promise<void>;
  #last = READY;

  /** `file`: beside the one that runs. */
  constructor(
    readonly name: string,
    file: string,
    { env = {}, execArgv = [] }: Options = {},
  ) {
    const { PATH = '', HOME = '' } = process.env;
    this.#child = fork(fileURLToPath(new URL(file, import.meta.url)), {
      execArgv: ['--disable-warning=ExperimentalWarning', ...execArgv],
      env: { PATH, HOME, ...env },
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    this.#exited = new Promise((resolve) => this.#child.once('exit', resolve));
    void this.#exited.then((code) => {
      for (const { reject } of this.#waiting.values()) reject(new Error(`${name} ended (${String(code)})`));
      this.#waiting.clear();
    });
    this.#ready = this.#expect<void>(READY);
    this.#child.on('message', ({ id, value, fault }: Answer) => {
      const waiting = this.#waiting.get(id);
      this.#waiting.delete(id);
      if (fault === undefined) waiting?.resolve(value as never);
      else waiting?.reject(new Error(`${name}: ${fault}`));
    });
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  async call<N extends keyof M & string>(name: N, ...[input]: Parameters<M[N]>): Promise<Awaited<ReturnType<M[N]>>> {
    await this.#ready;
    this.#last += 1;
    const answer = this.#expect<Awaited<ReturnType<M[N]>>>(this.#last);
    this.#child.send({ id: this.#last, name, input } satisfies Call);
    return answer;
  }

  #expect<T>(id: number): Promise<T> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiting.delete(id);
        reject(new Error(`${this.name} did not answer within ${CALL_TIMEOUT_MS / 1000} s`));
      }, CALL_TIMEOUT_MS);
      const settle =
        <V>(next: (value: V) => void) =>
        (value: V) => {
          clearTimeout(timer);
          next(value);
        };
      this.#waiting.set(id, { resolve: settle(resolve) as never, reject: settle(reject) });
    });
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  /** Lets it end by itself, so that it can write its profile; then it is killed. */
  async end(patienceMs = 2_000): Promise<void> {
    if (this.#child.connected) this.#child.disconnect();
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), patienceMs);
    await this.#exited;
    clearTimeout(timer);
  }
}
