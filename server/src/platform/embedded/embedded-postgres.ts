import { Duplex } from 'node:stream';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { Pool, types } from 'pg';
import { type EmbeddedStart, EmbeddedWorker } from './embedded-worker.ts';

const bigintType = 20;

/**
 * Postgres as PGlite in a worker thread. `pg` itself speaks to it over a message port, so values, errors and the pool are
 * the same as with a Postgres elsewhere. It has one connection: a query on the outer `db` inside `db.transaction()` waits
 * for itself and fails after 10 s. LISTEN does not work.
 */
export class EmbeddedPostgres {
  readonly pool: Pool;
  readonly #worker: EmbeddedWorker;

  private constructor(worker: EmbeddedWorker, pool: Pool) {
    this.#worker = worker;
    this.pool = pool;
  }

  static async start(options: EmbeddedStart): Promise<EmbeddedPostgres> {
    const streams = new Set<PortStream>();
    const onFailure = (error: Error) => {
      for (const stream of streams) stream.destroy(error);
      options.onFailure(error);
    };
    const { worker } = await EmbeddedWorker.start({
      ...options,
      onFailure,
      file: 'postgres.worker.js',
      data: {},
      startTimeoutMs: 60_000,
    });
    const pool = new Pool({
      user: 'postgres',
      database: 'postgres',
      password: '',
      max: 1,
      idleTimeoutMillis: 0,
      connectionTimeoutMillis: 10_000,
      query_timeout: 60_000,
      types: {
        getTypeParser: (oid: number, format?: 'text' | 'binary') =>
          oid === bigintType ? Number : types.getTypeParser(oid, format),
      },
      stream: () => {
        const { port1, port2 } = new MessageChannel();
        worker.post({ connect: port2 }, [port2]);
        const stream = new PortStream(port1);
        streams.add(stream);
        stream.once('close', () => streams.delete(stream));
        return stream;
      },
    });
    pool.on('error', () => undefined); // an idle connection ends only with the worker, which `onFailure` reports
    return new EmbeddedPostgres(worker, pool);
  }

  async close(): Promise<void> {
    if (!this.pool.ending) await this.pool.end();
    await this.#worker.close();
  }
}

/** What `pg` needs of a socket, over a message port: one message for each flush. */
class PortStream extends Duplex {
  readonly #port: MessagePort;

  constructor(port: MessagePort) {
    super();
    this.#port = port;
    port.on('message', (bytes: Uint8Array) => {
      if (bytes.length > 0) this.push(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    });
  }

  connect(): this {
    setImmediate(() => this.emit('connect'));
    return this;
  }

  setNoDelay(): this {
    return this;
  }

  setKeepAlive(): this {
    return this;
  }

  ref(): this {
    this.#port.ref();
    return this;
  }

  unref(): this {
    this.#port.unref();
    return this;
  }

  override _read(): void {}

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.#send([chunk]);
    done();
  }

  override _writev(chunks: { chunk: Buffer }[], done: () => void): void {
    this.#send(chunks.map(({ chunk }) => chunk));
    done();
  }

  override _final(done: () => void): void {
    this.push(null);
    done();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#port.close();
    done(error);
  }

  #send(chunks: Buffer[]): void {
    const bytes = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
    let at = 0;
    for (const chunk of chunks) {
      bytes.set(chunk, at);
      at += chunk.length;
    }
    this.#port.postMessage(bytes, [bytes.buffer]);
  }
}
