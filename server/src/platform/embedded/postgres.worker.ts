import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';
import { z } from 'zod';

if (!parentPort) throw new Error('This file runs in a worker thread');
const parent = parentPort;
const { dir } = z.object({ dir: z.string() }).parse(workerData);

const db = await PGlite.create(dir);
let tail: Promise<unknown> = Promise.resolve();

/** Postgres here is one backend: what it is sent is carried out one after the other. */
function inTurn(work: () => Promise<void>): void {
  tail = tail.then(work).catch((error: unknown) => {
    setImmediate(() => {
      throw error; // ends the thread: nothing is known of the backend's state any more
    });
  });
}

function serve(port: MessagePort): void {
  inTurn(async () => {
    if (db.isInTransaction()) await db.exec('ROLLBACK'); // the connection before this one was cut in the middle
  });
  port.on('message', (request: Uint8Array) =>
    inTurn(async () => {
      const answer = await db.execProtocolRaw(request);
      port.postMessage(answer, answer.buffer instanceof ArrayBuffer ? [answer.buffer] : []);
    }),
  );
}

parent.on('message', (message: { connect: MessagePort } | 'close') => {
  if (message !== 'close') return serve(message.connect);
  inTurn(async () => {
    await db.close();
    process.exit(0);
  });
});
parent.postMessage('ready');
