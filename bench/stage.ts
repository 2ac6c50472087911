import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openTestStores, type TestStores } from '../server/test/stores.ts';
import { Child } from './child.ts';
import type { LoadMethods } from './load/main.ts';
import type { PeerMethods } from './peer.ts';
import { createPeople, type People } from './people.ts';
import type { Bench } from './row.ts';
import type { ServerMethods } from './server.ts';

export type Server = { child: Child<ServerMethods>; url: string };
export type Peer = { child: Child<PeerMethods>; url: string };
export type Load = Child<LoadMethods>;

const SECRET = 'a secret of the bench, long enough to be one';

/** A database and a Redis prefix of their own, and the processes of one row that use them. */
export class Stage {
  readonly #bench: Bench;
  readonly #children: Child<never>[] = [];
  readonly #dataDir = mkdtempSync(join(tmpdir(), 'fantwin-bench-'));
  readonly stores: TestStores;
  readonly people: People;
  #closing: Promise<void> | undefined;

  private constructor(bench: Bench, stores: TestStores) {
    this.#bench = bench;
    this.stores = stores;
    const { db, redis, prefix } = stores;
    this.people = createPeople({ db, redis: redis(), prefix, secret: SECRET });
  }

  static async open(bench: Bench): Promise<Stage> {
    const stage = new Stage(bench, await openTestStores());
    bench.atEnd(() => stage.close());
    return stage;
  }

  async startServer(env: Record<string, string> = {}): Promise<Server> {
    const { profileFolder } = this.#bench;
    const child = new Child<ServerMethods>('the server', './server.js', {
      env: { ...this.env, ...env },
      execArgv: [
        '--enable-source-maps',
        '--expose-gc',
        ...(profileFolder ? ['--cpu-prof', `--cpu-prof-dir=${profileFolder}`] : []),
      ],
    });
    this.#children.push(child as unknown as Child<never>);
    return { child, url: await child.call('url') };
  }

  /** `together`: with the Redis adapter, for several that are one. */
  async startPeer(how: 'alone' | 'together' = 'alone'): Promise<Peer> {
    const { redisUrl, prefix } = this.stores;
    const child = new Child<PeerMethods>('the bare peer', './peer.js', {
      env: { NODE_ENV: 'production', ...(how === 'together' && { REDIS_URL: redisUrl, REDIS_PREFIX: prefix }) },
      execArgv: ['--expose-gc'],
    });
    this.#children.push(child as unknown as Child<never>);
    return { child, url: await child.call('url') };
  }

  startLoad(): Load {
    const load: Load = new Child('the load', './load.js');
    this.#children.push(load as unknown as Child<never>);
    return load;
  }

  get env(): Record<string, string> {
    const { databaseUrl, redisUrl, prefix } = this.stores;
    return {
      NODE_ENV: 'production',
      PORT: '0',
      TRUST_PROXY: '1',
      METRICS_PORT: '0',
      DRAIN_MS: '0',
      DATABASE_URL: databaseUrl,
      REDIS_URL: redisUrl,
      REDIS_PREFIX: prefix,
      SESSION_SECRET: SECRET,
      SEED_DEMO: 'on',
      SPEECH: 'none',
      DATA_DIR: this.#dataDir,
      LOG_LEVEL: process.env.BENCH_LOG_LEVEL ?? 'error',
    };
  }

  close(): Promise<void> {
    return (this.#closing ??= this.#close());
  }

  async #close(): Promise<void> {
    await Promise.all(this.#children.map((child) => child.end()));
    await this.stores.close();
    rmSync(this.#dataDir, { recursive: true, force: true });
  }
}
