import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const server = fileURLToPath(new URL('../../', import.meta.url));
const outdir = join(server, 'dist/.embedded-tests');

/** Builds the worker files, and two programs that the tests kill, as the server's own build does. */
export async function buildWorkers(): Promise<{ workersUrl: URL; writer: string; holder: string }> {
  await build({
    absWorkingDir: server,
    entryPoints: {
      'platform/embedded/postgres.worker': 'src/platform/embedded/postgres.worker.ts',
      'platform/embedded/redis.worker': 'src/platform/embedded/redis.worker.ts',
      writer: 'test/embedded/writer.child.ts',
      holder: 'test/embedded/holder.child.ts',
    },
    outdir,
    bundle: true,
    packages: 'external',
    platform: 'node',
    target: 'node20',
    format: 'esm',
  });
  return {
    workersUrl: pathToFileURL(`${outdir}/`),
    writer: join(outdir, 'writer.js'),
    holder: join(outdir, 'holder.js'),
  };
}

export function temporaryDir(): { path: string; remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'fantwin-embedded-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true, maxRetries: 5 }) };
}
