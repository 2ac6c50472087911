import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { waitFor } from '../fan.ts';

const scripts = new URL('../../../scripts/', import.meta.url);
const script = fileURLToPath(new URL('cluster.mjs', scripts));
const START_MS = 120_000;
const OUTPUT_MAX = 400_000;

const Line = z.object({
  url: z.string(),
  servers: z.array(z.object({ url: z.string(), pid: z.number(), roles: z.array(z.string()) })),
  databaseUrl: z.string(),
  redisUrl: z.string(),
  proxyPid: z.number(),
  redisPid: z.number(),
  postgresPid: z.number(),
});
export type Line = z.infer<typeof Line>;

/** Whether HAProxy, Postgres and Redis are installed here. */
export async function hasClusterPrograms(): Promise<boolean> {
  const { findHaproxy } = (await import(new URL('lib/haproxy.mjs', scripts).href)) as { findHaproxy: () => unknown };
  const { findBinaries } = (await import(new URL('services.mjs', scripts).href)) as { findBinaries: () => object };
  return [findHaproxy(), ...Object.values(findBinaries())].every(Boolean);
}

/** `npm run cluster` as an outsider sees it: its lines, and processes to kill. */
export class ClusterProcess {
  readonly lines: Line[] = [];
  readonly #child: ChildProcess;
  readonly #metricsPort: number;
  #output = '';

  private constructor(env: Record<string, string>, servers: number, metricsPort: number) {
    const { PATH = '', HOME = '' } = process.env;
    this.#metricsPort = metricsPort;
    this.#child = spawn(process.execPath, [script, '--servers', String(servers), '--port', '0'], {
      // as npm runs it: it ends with the one who started it
      env: { PATH, HOME, npm_lifecycle_event: 'cluster', METRICS_PORT: String(metricsPort), ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const { stdout, stderr } = this.#child;
    if (stdout)
      createInterface({ input: stdout }).on('line', (line) => {
        if (line.startsWith('{')) this.lines.push(Line.parse(JSON.parse(line)));
      });
    stderr?.on('data', (chunk: Buffer) => {
      this.#output = (this.#output + chunk.toString()).slice(-OUTPUT_MAX);
    });
  }

  /** Resolves when it is ready. `metricsPort`: the first server's, the others' follow it. */
  static async start(env: Record<string, string>, servers: number, metricsPort: number): Promise<ClusterProcess> {
    const cluster = new ClusterProcess(env, servers, metricsPort);
    await waitFor(
      () => {
        if (cluster.#child.exitCode !== null) throw new Error(`the cluster did not start:\n${cluster.output}`);
        return cluster.lines.length > 0;
      },
      'the cluster is ready',
      START_MS,
    );
    return cluster;
  }

  /** The newest line. */
  get now(): Line {
    const line = this.lines.at(-1);
    if (!line) throw new Error('the cluster is not ready');
    return line;
  }

  /** What it said beside its lines, the end of it. */
  get output(): string {
    return this.#output;
  }

  /** The sign-in of the demo creator, as the servers print it. */
  get creator(): { email: string; password: string } {
    const [, email = '', password = ''] = /creator\s+(\S+@\S+)\s+(\S+)/.exec(this.#output) ?? [];
    return { email, password };
  }

  /** One number of a server's metrics. */
  async metric(server: number, name: string): Promise<number> {
    const answer = await fetch(`http://127.0.0.1:${this.#metricsPort + server}/metrics`);
    const value = new RegExp(`^${name} (\\S+)$`, 'm').exec(await answer.text())?.[1];
    return Number(value ?? 0);
  }

  /** Every server takes clients again, HAProxy knows it, and the lines tell the processes that are there. */
  async whole(timeoutMs = 60_000): Promise<void> {
    await waitFor(
      async () => {
        const { url, servers } = this.now;
        const kept = servers.map(async (_server, n) => {
          const answer = await fetch(`${url}/readyz`, { headers: { cookie: `node=s${n + 1}` } });
          await answer.arrayBuffer();
          return answer.ok && answer.headers.get('set-cookie') === null; // a new cookie says that the server is down
        });
        return (await Promise.all(kept).catch(() => [false])).every(Boolean);
      },
      'every server is back',
      timeoutMs,
    );
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null) return;
    const exited = new Promise((resolve) => this.#child.once('exit', resolve));
    this.#child.kill('SIGTERM');
    await exited;
  }
}
