// npm run dev: the embedded stack in watch mode. The page comes from Vite, which hands the rest on to the server.
import './lib/node-version.mjs';
import { once } from 'node:events';
import { join } from 'node:path';
import { serverOptions } from './build.mjs';
import { loadDotEnv } from './lib/env.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { startServerProcess } from './lib/server-process.mjs';
import { root } from './lib/tree.mjs';
import { ensureModel } from './model.mjs';

const stopTimeoutMs = 5000;
const pageUrl = 'http://127.0.0.1:5173';

loadDotEnv();
await ensureInstalled();
const model = await ensureModel();
const [{ context }, { createServer }] = await Promise.all([import('esbuild'), import('vite')]);

/** @type {import('node:child_process').ChildProcess | undefined} */
let server;
let turn = Promise.resolve();

async function stopServer() {
  if (!server || server.exitCode !== null || server.signalCode !== null) return;
  const exited = once(server, 'exit');
  server.kill('SIGTERM');
  const timer = setTimeout(() => server?.kill('SIGKILL'), stopTimeoutMs);
  await exited;
  clearTimeout(timer);
}

async function restartServer() {
  await stopServer();
  server = startServerProcess({ PUBLIC_URL: pageUrl, ...(model && { LLM_MODEL_PATH: model }) });
}

/** @type {import('esbuild').Plugin} */
const restart = {
  name: 'restart',
  setup: (build) => {
    build.onEnd(({ errors }) => {
      if (errors.length > 0) return;
      turn = turn.then(restartServer).catch((error) => console.error(error));
    });
  },
};

process.env.FANTWIN_SERVER ??= `http://127.0.0.1:${process.env.PORT || 3000}`;
const watcher = await context({ ...serverOptions(), plugins: [restart] });
const page = await createServer({ root: join(root, 'client'), server: { port: 5173, strictPort: true } });
await Promise.all([watcher.watch(), page.listen()]);
console.log(`\nThe page is at ${pageUrl}; what you save is there at once.`);

let stopping = false;
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
  process.on(signal, () => {
    if (stopping) return;
    stopping = true;
    void Promise.all([watcher.dispose(), page.close(), turn.then(stopServer)]).then(() => process.exit(0));
  });
}
