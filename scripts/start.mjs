// npm start: installs, builds, fetches the model and runs the server. Nothing but Node need be there.
import './lib/node-version.mjs';
import { constants } from 'node:os';
import { loadDotEnv } from './lib/env.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { run } from './lib/run.mjs';
import { startServerProcess } from './lib/server-process.mjs';
import { ensureModel } from './model.mjs';

const parent = process.ppid;

try {
  loadDotEnv();
  await ensureInstalled();
  const { code } = await run(process.execPath, ['scripts/build.mjs']);
  if (code !== 0) process.exit(code);
  const model = await ensureModel();
  startServer(model);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}

function startServer(/** @type {string | undefined} */ model) {
  const server = startServerProcess(model ? { LLM_MODEL_PATH: model } : {});
  for (const signal of /** @type {const} */ (['SIGTERM', 'SIGINT', 'SIGHUP'])) {
    process.on(signal, () => server.kill(signal === 'SIGHUP' ? 'SIGTERM' : signal));
  }
  if (process.env.npm_lifecycle_event) onceWithoutParent(() => server.kill('SIGTERM'));
  server.on('error', (error) => {
    console.error(`The server could not be started: ${error.message}`);
    process.exit(1);
  });
  server.on('exit', (code, signal) => {
    process.exit(code ?? 128 + constants.signals[signal]);
  });
}

/** The shell in which npm runs us dies of a signal without handing it on. */
function onceWithoutParent(/** @type {() => void} */ act) {
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    act();
  }, 500);
}
