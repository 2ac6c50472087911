// A throw-away Postgres and Redis from installed binaries. By itself (`node scripts/services.mjs`) it prints their addresses
// and runs until its input ends. `startServices` runs it so: whatever becomes of the caller, the input ends and all is removed.
// `--keep`: one that dies is started again on its port, Postgres with its data, and the line is printed anew.
import './lib/node-version.mjs';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { pauseBefore } from './lib/backoff.mjs';
import { freePort } from './lib/ports.mjs';
import { findProgram } from './lib/programs.mjs';

const startTimeoutMs = 30_000;

/** Where distributions put Postgres when it is not on PATH, newest first. */
function postgresDirs() {
  const versions = existsSync('/usr/lib/postgresql') ? readdirSync('/usr/lib/postgresql') : [];
  const debian = versions.sort((a, b) => Number(b) - Number(a)).map((version) => `/usr/lib/postgresql/${version}/bin`);
  return [...debian, '/opt/homebrew/opt/postgresql/bin', '/usr/local/opt/postgresql/bin', '/usr/pgsql/bin'];
}

/** The binaries that are installed here. */
export function findBinaries() {
  return {
    initdb: findProgram(['initdb'], postgresDirs()),
    postgres: findProgram(['postgres'], postgresDirs()),
    redis: findProgram(['redis-server', 'valkey-server'], ['/opt/homebrew/bin', '/usr/local/bin']),
  };
}

/** @typedef {{ databaseUrl?: string, redisUrl?: string, postgresPid?: number, redisPid?: number }} Services */

/**
 * @param {{ postgres: boolean, redis: boolean }} wanted
 * @param {(services: Services) => void} [onRestart] keeps them running; hears of each that was started again
 * @returns {Promise<Services & { stop: () => Promise<void>, ended: Promise<unknown> }>}
 */
export async function startServices(wanted, onRestart) {
  const names = Object.entries(wanted)
    .filter(([, want]) => want)
    .map(([name]) => name);
  const args = [fileURLToPath(import.meta.url), ...(onRestart ? ['--keep'] : []), ...names];
  const child = spawn(process.execPath, args, {
    stdio: ['pipe', 'pipe', 'inherit'],
    detached: true, // Ctrl-C reaches us, and the end of its input reaches it
  });
  const closed = once(child, 'close');
  const stop = async () => {
    child.stdin.end();
    await closed;
  };
  const lines = createInterface({ input: child.stdout });
  const line = await Promise.race([once(lines, 'line').then(([text]) => String(text)), closed.then(() => undefined)]);
  if (line === undefined) throw new Error('The throw-away Postgres and Redis could not be started; see above');
  lines.on('line', (text) => onRestart?.(JSON.parse(text)));
  return { ...JSON.parse(line), stop, ended: closed };
}

/** Postgres refuses to run as root. */
function plainUser() {
  if (process.getuid?.() !== 0) return {};
  const users = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  const user = ['postgres', 'nobody'].map((name) => users.find(([known]) => known === name)).find(Boolean);
  if (!user) throw new Error('Postgres does not run as root, and there is no user postgres or nobody');
  return { uid: Number(user[2]), gid: Number(user[3]) };
}

/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set();
let folder = '';

/**
 * Starts a program and waits for the words that say it is ready, or, without words, for its end.
 * @param {string} program
 * @param {string[]} args
 * @param {RegExp | undefined} readyWhen
 * @returns {Promise<import('node:child_process').ChildProcess>}
 */
async function launch(program, args, readyWhen) {
  if (ending) throw new Error('Told to stop while starting');
  const child = spawn(program, args, {
    ...plainUser(),
    cwd: folder,
    env: { ...process.env, LC_ALL: 'C' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  child.once('close', () => running.delete(child));
  let output = '';
  await new Promise((resolve, reject) => {
    const fail = (/** @type {string} */ why) => reject(new Error(`${program} ${why}\n${output.slice(-2000)}`));
    const timer = setTimeout(() => fail(`was not ready after ${startTimeoutMs} ms`), startTimeoutMs);
    const read = (/** @type {Buffer} */ chunk) => {
      output = (output + chunk).slice(-10_000);
      if (!readyWhen?.test(output)) return;
      clearTimeout(timer);
      resolve(undefined);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.on('error', (error) => fail(error.message));
    child.on('close', (code) => {
      clearTimeout(timer);
      if (code === 0 && !readyWhen) resolve(undefined);
      else fail(`ended with ${code}`);
    });
  });
  return child;
}

/** @typedef {{ url: string, start: () => Promise<import('node:child_process').ChildProcess>, pid?: number }} Store */

/** Starts a store, and with `onRestart` again whenever it dies. @param {Store} store @param {(() => void) | undefined} onRestart */
async function hold(store, onRestart) {
  const child = await store.start();
  store.pid = child.pid;
  if (onRestart) child.once('close', () => void restart(store, onRestart));
}

/** @param {Store} store @param {() => void} onRestart */
async function restart(store, onRestart) {
  for (let attempt = 0; !ending; attempt += 1) {
    await pauseBefore(attempt);
    try {
      await hold(store, onRestart);
      return onRestart();
    } catch (error) {
      if (!ending) console.error(error instanceof Error ? error.message : error);
    }
  }
}

/** @returns {Promise<Store>} */
async function makePostgres(/** @type {ReturnType<typeof findBinaries>} */ { initdb, postgres }) {
  if (!initdb || !postgres) throw new Error('There is no Postgres here');
  const data = join(folder, 'postgres');
  await launch(
    initdb,
    ['-D', data, '-U', 'postgres', '-A', 'trust', '--encoding=UTF8', '--locale=C', '--no-sync'],
    undefined,
  );
  const port = await freePort();
  const settings = [
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'fsync=off',
    'synchronous_commit=off',
    'full_page_writes=off',
    'max_connections=200',
    'shared_buffers=64MB',
  ];
  const args = ['-D', data, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])];
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    start: () => launch(postgres, args, /ready to accept connections/),
  };
}

/** @returns {Promise<Store>} */
async function makeRedis(/** @type {ReturnType<typeof findBinaries>} */ { redis }) {
  if (!redis) throw new Error('There is no Redis here');
  const port = await freePort();
  const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', folder];
  return { url: `redis://127.0.0.1:${port}`, start: () => launch(redis, args, /Ready to accept connections/) };
}

/** @type {Promise<never> | undefined} */
let ending;

function end(/** @type {number} */ code) {
  ending ??= (async () => {
    await Promise.all(
      [...running].map((child) => {
        child.kill('SIGQUIT'); // to Postgres: at once, without a last save; Redis has nothing to save
        const timer = setTimeout(() => child.kill('SIGKILL'), 3000);
        return once(child, 'close').then(() => clearTimeout(timer));
      }),
    );
    if (folder) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    process.exit(code);
  })();
}

async function host() {
  const keep = process.argv.includes('--keep');
  const names = process.argv.slice(2).filter((arg) => arg !== '--keep');
  const wants = (/** @type {string} */ name) => names.length === 0 || names.includes(name);
  process.stdin
    .resume()
    .on('end', () => end(0))
    .on('close', () => end(0));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => end(0));
  process.on('uncaughtException', (error) => {
    console.error(error);
    end(1);
  });
  folder = mkdtempSync(join(tmpdir(), 'fantwin-services-'));
  const { uid, gid } = plainUser();
  if (uid !== undefined) chownSync(folder, uid, gid);
  const binaries = findBinaries();
  const [postgres, redis] = await Promise.all([
    wants('postgres') ? makePostgres(binaries) : undefined,
    wants('redis') ? makeRedis(binaries) : undefined,
  ]);
  const tell = () => {
    const services = {
      databaseUrl: postgres?.url,
      redisUrl: redis?.url,
      postgresPid: postgres?.pid,
      redisPid: redis?.pid,
    };
    process.stdout.write(`${JSON.stringify(services)}\n`);
  };
  const stores = [postgres, redis].filter((store) => store !== undefined);
  await Promise.all(stores.map((store) => hold(store, keep ? tell : undefined)));
  tell();
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await host().catch((error) => {
    if (ending) return; // told to stop while starting
    console.error(error.message);
    end(1);
  });
}
