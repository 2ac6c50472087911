import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { serverEnv } from './test-app.ts';
import { openTestStores, type TestStores } from './stores.ts';

const main = fileURLToPath(new URL('../dist/main.js', import.meta.url));

/** A built server in a process of its own, which a test may kill. */
export class ServerProcess {
  url = '';
  readonly #child: ChildProcess;
  #output = '';
  readonly exited: Promise<number | null>;

  private constructor(env: Record<string, string>) {
    if (!existsSync(main)) throw new Error('the server is not built: node scripts/build.mjs --server');
    const { PATH = '', HOME = '' } = process.env;
    const flags = ['--disable-warning=ExperimentalWarning', '--enable-source-maps'];
    this.#child = spawn(process.execPath, [...flags, main], {
      env: { PATH, HOME, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.#child.stdout, this.#child.stderr])
      stream?.on('data', (chunk: Buffer) => {
        this.#output += chunk.toString();
      });
    this.exited = new Promise((resolve) => {
      this.#child.once('exit', resolve);
    });
  }

  /** Resolves when it listens. */
  static async start(env: Record<string, string>, timeoutMs = 60_000): Promise<ServerProcess> {
    const server = new ServerProcess(env);
    const deadline = performance.now() + timeoutMs;
    for (;;) {
      const url = /is open at (\S+)/.exec(server.#output)?.[1];
      if (url) {
        server.url = url;
        return server;
      }
      if (server.#child.exitCode !== null || performance.now() > deadline) {
        server.kill();
        throw new Error(`the server did not start:\n${server.#output}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  get output(): string {
    return this.#output;
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  kill(): void {
    this.#child.kill('SIGKILL');
  }
}

export type TestCluster = {
  stores: TestStores;
  servers: ServerProcess[];
  add: (env?: Record<string, string>) => Promise<ServerProcess>;
  close: () => Promise<void>;
};

/** Servers in processes of their own on one database and one Redis prefix. */
export async function startTestCluster(count: number, env: Record<string, string>): Promise<TestCluster> {
  const stores = await openTestStores();
  const dataDir = mkdtempSync(join(tmpdir(), 'fantwin-cluster-'));
  const servers: ServerProcess[] = [];
  const add = async (more: Record<string, string> = {}): Promise<ServerProcess> => {
    const server = await ServerProcess.start({ ...serverEnv(stores, dataDir), ...env, ...more });
    servers.push(server);
    return server;
  };
  for (let n = 0; n < count; n += 1) await add();
  return {
    stores,
    servers,
    add,
    async close() {
      for (const server of servers) server.kill();
      await Promise.all(servers.map(({ exited }) => exited));
      await stores.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
