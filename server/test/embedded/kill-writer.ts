import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** Runs the writer on a folder, kills it with SIGKILL `afterMs` after its first row, and returns the last row it was promised. */
export async function killWriter(
  writer: string,
  dir: string,
  afterMs: number,
  beforeKill = async () => {},
): Promise<number> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', writer, dir], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let errors = '';
  let promised = 0;
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  const lines = createInterface({ input: child.stdout });
  lines.on('line', (line) => (promised = Number(line)));
  const closed = once(child, 'close');
  try {
    await Promise.race([
      once(lines, 'line', { signal: AbortSignal.timeout(30_000) }),
      closed.then(() => {
        throw new Error(`The writer ended early: ${errors}`);
      }),
    ]);
    await new Promise((resolve) => setTimeout(resolve, afterMs));
    await beforeKill();
  } finally {
    child.kill('SIGKILL');
    await closed;
  }
  return promised;
}
