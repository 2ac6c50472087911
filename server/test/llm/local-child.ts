import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** Builds the process that holds the model, as the release build does, where it finds its packages. */
export async function buildChild(): Promise<{ childUrl: URL; remove: () => void }> {
  const cache = join(root, 'node_modules/.cache');
  mkdirSync(cache, { recursive: true });
  const outdir = mkdtempSync(join(cache, 'local-child-'));
  await build({
    entryPoints: [join(root, 'server/src/llm/local.child.ts')],
    outdir,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    external: ['node-llama-cpp'],
    outExtension: { '.js': '.mjs' },
    logLevel: 'error',
  });
  return {
    childUrl: pathToFileURL(join(outdir, 'local.child.mjs')),
    remove: () => rmSync(outdir, { recursive: true, force: true }),
  };
}

/** The real model's file; suites without it skip themselves by name. */
export const modelPath = process.env.TEST_MODEL_PATH;
export const modelName = modelPath ? 'the local model' : 'the local model (skipped: TEST_MODEL_PATH is not set)';
