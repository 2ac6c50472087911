import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

export type BuiltChild = { url: URL; remove: () => void };

/** Builds the process that runs eSpeak NG, as the release build does. */
export async function buildEspeakChild(): Promise<BuiltChild> {
  const outdir = mkdtempSync(join(tmpdir(), 'fantwin-espeak-'));
  await build({
    entryPoints: [fileURLToPath(new URL('../../src/speech/espeak.child.ts', import.meta.url))],
    outdir,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    outExtension: { '.js': '.mjs' },
    logLevel: 'error',
  });
  return {
    url: pathToFileURL(join(outdir, 'espeak.child.mjs')),
    remove: () => rmSync(outdir, { recursive: true, force: true }),
  };
}
