// npm run bench: measures our server against a bare Socket.IO peer on throw-away stores. `--only row,row`, `--quick` (small, for
// trying), `--write` (puts the table into docs/benchmarks.md), `--profile folder` (CPU profiles of our servers). Rows: bench/rows.
import './lib/node-version.mjs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { serverOptions } from './build.mjs';
import { ensureChromium } from './lib/chromium.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { run } from './lib/run.mjs';
import { root } from './lib/tree.mjs';
import { findBinaries, startServices } from './services.mjs';

const entries = { main: 'bench/main.ts', server: 'bench/server.ts', peer: 'bench/peer.ts', load: 'bench/load/main.ts' };
const outdir = join(root, 'bench/dist/run'); // as deep as what it takes from server/test

async function main() {
  if (process.platform !== 'linux') throw new Error('The bench reads CPU times from /proc, so it runs on Linux only');
  const { initdb, postgres, redis } = findBinaries();
  if (!(initdb && postgres && redis))
    throw new Error('Install postgresql and redis-server first: the bench counts their CPU');
  await ensureInstalled();
  const built = await run(process.execPath, ['scripts/build.mjs']);
  if (built.code !== 0) throw new Error('Nothing was measured: the build failed');
  await bundle();

  const { databaseUrl, redisUrl, postgresPid, redisPid, stop } = await startServices({ postgres: true, redis: true });
  const chromium = await ensureChromium();
  Object.assign(process.env, {
    TEST_DATABASE_URL: databaseUrl,
    TEST_REDIS_URL: redisUrl,
    BENCH_POSTGRES_PID: String(postgresPid),
    BENCH_REDIS_PID: String(redisPid),
    ...(chromium && { CHROMIUM_PATH: chromium }),
  });
  process.chdir(root);
  try {
    await import(pathToFileURL(join(outdir, 'main.js')).href);
  } finally {
    await stop();
  }
}

async function bundle() {
  const { build } = await import('esbuild');
  const { external, outbase: _base, ...options } = serverOptions();
  await build({
    ...options,
    entryPoints: entries,
    outdir,
    external: [...(external ?? []), 'socket.io-client', 'playwright-core'],
  });
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
