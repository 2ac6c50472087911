// Builds the server to server/dist and the page to client/dist; what is up to date is left alone.
// `--server`: the server alone.
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { hashOf, readIfThere, root, writeWhole } from './lib/tree.mjs';

const serverEntries = [
  'main.ts',
  'platform/embedded/postgres.worker.ts',
  'platform/embedded/redis.worker.ts',
  'llm/local.child.ts',
  'speech/espeak.child.ts',
];
const common = ['shared/src', 'shared/package.json', 'package-lock.json', 'tsconfig.json', 'scripts/build.mjs'];
const isSource = (/** @type {string} */ path) => !/\.test\.tsx?$/.test(path);

/** Options of esbuild for the server, also used by `npm run dev`. @returns {import('esbuild').BuildOptions} */
export function serverOptions() {
  const entries = serverEntries.map((entry) => join(root, 'server/src', entry));
  if (!existsSync(entries[0])) throw new Error('server/src/main.ts is missing');
  const { dependencies } = JSON.parse(readFileSync(join(root, 'server/package.json'), 'utf8'));
  return {
    absWorkingDir: root,
    entryPoints: entries.filter((entry) => existsSync(entry)),
    outdir: 'server/dist',
    outbase: 'server/src',
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    sourcemap: true,
    external: Object.keys(dependencies).filter((name) => !name.startsWith('@fantwin/')),
    loader: { '.lua': 'text' },
    logLevel: 'warning',
  };
}

async function buildServer() {
  const { build } = await import('esbuild');
  const { outputFiles, warnings } = await build({ ...serverOptions(), write: false, logLevel: 'silent' });
  for (const { text, location } of warnings) console.warn(`${location?.file}:${location?.line}: ${text}`);
  for (const file of outputFiles ?? []) {
    mkdirSync(dirname(file.path), { recursive: true });
    writeWhole(file.path, file.contents);
  }
}

async function buildClient() {
  const { build } = await import('vite');
  await build({ root: join(root, 'client'), logLevel: 'warn' });
}

const targets = [
  {
    name: 'server',
    inputs: ['server/src', 'server/package.json', ...common],
    result: 'server/dist/main.js',
    stamp: 'server/dist/.inputs',
    build: buildServer,
  },
  {
    name: 'page',
    inputs: ['client', ...common],
    result: 'client/dist/index.html',
    stamp: 'client/dist/.inputs',
    build: buildClient,
  },
];

async function buildAll() {
  for (const target of process.argv.includes('--server') ? targets.slice(0, 1) : targets) {
    const inputs = hashOf(target.inputs, isSource);
    const stamp = join(root, target.stamp);
    if (readIfThere(stamp) === inputs && existsSync(join(root, target.result))) continue;
    const startedAt = Date.now();
    console.log(`Building the ${target.name} ...`);
    await target.build();
    writeWhole(stamp, inputs);
    console.log(`Built the ${target.name} in ${((Date.now() - startedAt) / 1000).toFixed(1)} s`);
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  try {
    await buildAll();
  } catch (error) {
    console.error(`The build failed: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  }
}
