// npm test: everything from a fresh clone. `npm test -- server test/chat.test.ts`: one workspace, arguments for vitest.
import './lib/node-version.mjs';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureChromium } from './lib/chromium.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { run, tool } from './lib/run.mjs';
import { readReport } from './lib/test-report.mjs';
import { filesUnder, root } from './lib/tree.mjs';
import { ensureModel } from './model.mjs';
import { findBinaries, startServices } from './services.mjs';

const workspaces = ['scripts', 'shared', 'bench', 'server', 'client', 'gpu-worker'];
const workspaceTimeoutMs = 15 * 60_000;
/** Tests touch no store and no account that is meant for something else. */
const notForTests = /^(DATABASE_URL|REDIS_URL|OPENAI_API_KEY|LLM_BASE_URL|S3_.*|STRIPE_.*)$/;

const hasTests = (/** @type {string} */ workspace) =>
  filesUnder(join(root, workspace)).some((file) => /\.test\.(mjs|tsx?)$/.test(file));

/** @param {string[]} notShown */
async function openStores(notShown) {
  const { TEST_DATABASE_URL: database, TEST_REDIS_URL: redis } = process.env;
  const found = findBinaries();
  if ((!database && !(found.postgres && found.initdb)) || (!redis && !found.redis)) {
    notShown.push('suites on Postgres and Redis: no binaries found here, they ran on the embedded stores');
    return { env: { TEST_STORES: 'embedded' }, stop: async () => {} };
  }
  if (database && redis) return { env: {}, stop: async () => {} };
  const services = await startServices({ postgres: !database, redis: !redis });
  return {
    env: { TEST_DATABASE_URL: database ?? services.databaseUrl, TEST_REDIS_URL: redis ?? services.redisUrl },
    stop: services.stop,
  };
}

/** @typedef {{ name: string, workspace: string, args: string[] }} Suites */

/**
 * Pages wait for frames, the others for stores and engines: side by side they take little longer than one of them.
 * @param {string[]} wanted @param {string[]} args
 * @returns {Suites[][]}
 */
function lanes(wanted, args) {
  if (args.length > 0) return [wanted.map((workspace) => ({ name: workspace, workspace, args }))];
  const first = wanted.filter((workspace) => workspace !== 'client');
  const second = wanted.filter((workspace) => workspace === 'client' || workspace === 'server');
  const beside = ['test/page/', 'test/page-voice', 'test/embedded'];
  const notBeside = beside.flatMap((path) => ['--exclude', `${path}**`]);
  return [
    first.map((workspace) => ({ name: workspace, workspace, args: workspace === 'server' ? notBeside : [] })),
    second.map((workspace) =>
      workspace === 'server' ? { name: 'pages', workspace, args: beside } : { name: workspace, workspace, args: [] },
    ),
  ];
}

/** @param {Suites} suites @param {boolean} live whether its output is shown as it comes @param {NodeJS.ProcessEnv} env @param {string} reports */
async function runSuites({ name, workspace, args }, live, env, reports) {
  const path = join(reports, `${name}.json`);
  if (live) console.log(`\n--- ${name} ---`);
  const options = ['run', '--root', workspace, '--reporter=default', '--reporter=json', `--outputFile.json=${path}`];
  const { code, output } = await tool('vitest/vitest.mjs', [...options, ...args], {
    env,
    timeoutMs: workspaceTimeoutMs,
    stdio: live ? 'inherit' : ['ignore', 'pipe', 'pipe'],
  });
  if (!live) console.log(`\n--- ${name} ---\n${output}`);
  return readReport(path, code, name);
}

async function main() {
  const args = process.argv.slice(2);
  const named = workspaces.filter((workspace) => workspace === args[0]);
  const wanted = (named.length > 0 ? named : workspaces).filter(hasTests);
  const rest = args.slice(named.length);

  await ensureInstalled();
  const built = await run(process.execPath, ['scripts/build.mjs']);
  if (built.code !== 0) throw new Error('Nothing was tested: the build failed');

  const notShown = /** @type {string[]} */ ([]);
  const chromium = await ensureChromium();
  if (!chromium) notShown.push('page tests: no Chromium (set CHROMIUM_PATH)');
  const model = await ensureModel({ LLM_MODEL_PATH: process.env.LLM_MODEL_PATH, DATA_DIR: process.env.DATA_DIR });
  if (!model || !existsSync(model)) notShown.push('local model: not fetched (set LLM_MODEL_PATH)');

  const reports = mkdtempSync(join(tmpdir(), 'fantwin-tests-'));
  const stores = await openStores(notShown);
  const total = { passed: 0, failed: 0, skipped: 0 };
  try {
    const kept = Object.entries(process.env).filter(([name]) => !notForTests.test(name));
    const env = {
      ...Object.fromEntries(kept),
      ...stores.env,
      NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ''} --disable-warning=ExperimentalWarning`.trim(),
      ...(chromium && { CHROMIUM_PATH: chromium }),
      ...(model && existsSync(model) && { TEST_MODEL_PATH: model }),
    };
    const running = lanes(wanted, rest).map(async (lane, n) => {
      for (const suites of lane) {
        const report = await runSuites(suites, n === 0, env, reports);
        for (const key of /** @type {const} */ (['passed', 'failed', 'skipped'])) total[key] += report[key];
        notShown.push(...report.notShown);
      }
    });
    await Promise.all(running);
  } finally {
    await stores.stop();
    rmSync(reports, { recursive: true, force: true });
  }

  if (notShown.length > 0) console.log(`\nNot shown here:\n${notShown.map((name) => `  - ${name}`).join('\n')}`);
  if (total.passed + total.failed === 0) console.log('No test ran.');
  console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
  return total.failed === 0 && total.passed > 0 ? 0 : 1;
}

// An exit, not an exception, must also end the throw-away stores: they end with our end of their input.
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']))
  process.on(signal, () => process.exit(130));

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  console.log('\n0 passed, 1 failed, 0 skipped');
  process.exitCode = 1;
}
