// npm run cluster -- --servers 2 --port 4000: HAProxy and several servers as plain processes on this machine, on the stores
// of DATABASE_URL and REDIS_URL or on throw-away ones. Standard output has one line of JSON, again whenever a part was
// started again. `--base-port N`: the servers' ports from there on. Port 0: any that is free.
import './lib/node-version.mjs';
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadDotEnv } from './lib/env.mjs';
import { faultsOf, findHaproxy, haproxyConfig, haproxyMissing } from './lib/haproxy.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { freePort } from './lib/ports.mjs';
import { run } from './lib/run.mjs';
import { startServerProcess } from './lib/server-process.mjs';
import { startReaper, Supervised } from './lib/supervised.mjs';
import { ensureModel } from './model.mjs';
import { findBinaries, startServices } from './services.mjs';

/** Servers take this long to hand their replies over and let clients go, beside draining. */
const stopPatienceMs = 10_000;
const serversMax = 64;
const parent = process.ppid;
/** Everything but the one line. */
const stdio = /** @type {['ignore', 2, 2]} */ (['ignore', 2, 2]);
console.log = console.error;

function readOptions() {
  const { values } = parseArgs({
    options: {
      servers: { type: 'string', default: '2' },
      port: { type: 'string', default: '4000' },
      'base-port': { type: 'string' },
    },
  });
  const number = (
    /** @type {string} */ name,
    /** @type {string} */ text,
    /** @type {number} */ min,
    /** @type {number} */ max,
  ) => {
    const value = Number(text);
    if (!Number.isInteger(value) || value < min || value > max)
      throw new Error(`--${name} must be a whole number from ${min} to ${max}, not ${text}`);
    return value;
  };
  const servers = number('servers', values.servers, 1, serversMax);
  const port = number('port', values.port, 0, 65_535);
  const base = values['base-port'] ?? (port === 0 ? '0' : String(port + 1));
  return { servers, port, basePort: number('base-port', base, 0, 65_536 - servers) };
}

async function main() {
  const options = readOptions();
  loadDotEnv();
  const haproxy = findHaproxy();
  if (!haproxy) throw new Error(haproxyMissing);
  const { DATABASE_URL: givenDatabase, REDIS_URL: givenRedis } = process.env;
  const wanted = { postgres: !givenDatabase, redis: !givenRedis };
  const { initdb, postgres, redis } = findBinaries();
  if (wanted.postgres && !(initdb && postgres))
    throw new Error('There is no Postgres here: install postgresql, or set DATABASE_URL');
  if (wanted.redis && !redis) throw new Error('There is no Redis here: install redis-server, or set REDIS_URL');

  await ensureInstalled({ stdio });
  const built = await run(process.execPath, ['scripts/build.mjs'], { stdio });
  if (built.code !== 0) throw new Error('The build failed; see above');
  const model = await ensureModel();

  folder = mkdtempSync(join(tmpdir(), 'fantwin-cluster-'));
  const reaper = startReaper(folder);
  void reaper.ended.then(() => end(1));
  let stores = /** @type {import('./services.mjs').Services} */ ({});
  if (wanted.postgres || wanted.redis) {
    const { stop, ended, ...services } = await startServices(wanted, (now) => {
      stores = now;
      announce();
    });
    stores = services;
    stopStores = stop;
    void ended.then(() => end(1));
  }
  const databaseUrl = givenDatabase || String(stores.databaseUrl);
  const redisUrl = givenRedis || String(stores.redisUrl);

  const port = options.port || (await freePort());
  const ports = [];
  for (let n = 0; n < options.servers; n += 1) ports.push(options.basePort ? options.basePort + n : await freePort());
  const url = `http://127.0.0.1:${port}`;
  const common = {
    HOST: '127.0.0.1',
    PUBLIC_URL: url,
    TRUST_PROXY: '1',
    DATABASE_URL: databaseUrl,
    REDIS_URL: redisUrl,
    SESSION_SECRET: process.env.SESSION_SECRET || randomBytes(32).toString('base64url'),
    SEED_DEMO: process.env.SEED_DEMO || 'on',
    ...(wanted.postgres && { DATA_DIR: folder }), // files belong to the database that names them
    ...(model && { LLM_MODEL_PATH: model }),
  };
  const metricsPort = Number(process.env.METRICS_PORT ?? 0);
  const healthPorts = [];
  for (const n of ports.keys()) healthPorts.push(metricsPort ? metricsPort + n : await freePort());
  const config = join(folder, 'haproxy.cfg');
  writeFileSync(
    config,
    haproxyConfig({
      bind: `127.0.0.1:${port}`,
      servers: ports.map((one, n) => ({ address: `127.0.0.1:${one}`, healthPort: healthPorts[n] ?? 0 })),
    }),
  );
  const faults = faultsOf(haproxy, config);
  if (faults) throw new Error(`HAProxy does not take its configuration:\n${faults}`);

  const servers = ports.map((one, n) => {
    const at = `http://127.0.0.1:${one}`;
    const settings = { ...common, PORT: String(one), METRICS_PORT: String(healthPorts[n]) };
    return supervise(`server ${n + 1}`, () => startServerProcess(settings, stdio), at, reaper);
  });
  const proxy = supervise(
    'HAProxy',
    () => spawn(haproxy, ['-db', '-f', config], { stdio, detached: true }),
    url,
    reaper,
  );
  const roles = (process.env.ROLES || 'web,replies').split(',').map((role) => role.trim());
  const announce = () => {
    if (!parts.every(({ up }) => up)) return;
    const line = {
      url,
      servers: servers.map(({ pid }, n) => ({ url: `http://127.0.0.1:${ports[n]}`, pid, roles })),
      databaseUrl,
      redisUrl,
      proxyPid: proxy.pid,
      redisPid: stores.redisPid ?? null,
      postgresPid: stores.postgresPid ?? null,
    };
    process.stdout.write(`${JSON.stringify(line)}\n`);
  };
  onUp = announce;
  await Promise.all(servers.map((server) => server.start()));
  await proxy.start();
  announce();
}

/** @type {Supervised[]} servers first: what they say goodbye to is behind them */
const parts = [];
let onUp = () => {};
let folder = '';
let stopStores = async () => {};

/** @param {string} name @param {() => import('node:child_process').ChildProcess} start @param {string} at @param {import('./lib/supervised.mjs').Reaper} reaper */
function supervise(name, start, at, reaper) {
  const isReady = async () => {
    const answer = await fetch(`${at}/readyz`, { signal: AbortSignal.timeout(2_000) }).catch(() => undefined);
    await answer?.arrayBuffer();
    return answer?.status === 200;
  };
  const part = new Supervised({ name, start, isReady, onUp: () => onUp(), reaper });
  parts.push(part);
  return part;
}

/** @type {Promise<never> | undefined} */
let ending;

function end(/** @type {number} */ code) {
  ending ??= (async () => {
    clearInterval(orphaned);
    await Promise.all(parts.map((part) => part.stop(stopPatienceMs + Number(process.env.DRAIN_MS || 5_000))));
    await stopStores();
    if (folder) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    process.exit(code);
  })();
}

let askedAt = 0;
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']))
  process.on(signal, () => {
    if (askedAt && Date.now() - askedAt > 1_000) process.exit(1); // somebody is impatient; the reaper does the rest
    askedAt ||= Date.now();
    end(0);
  });
process.stdout.on('error', () => end(1)); // whoever reads the line is gone
/** The shell in which npm runs us dies of a signal without handing it on. */
const orphaned = setInterval(() => {
  if (process.env.npm_lifecycle_event && process.ppid !== parent) end(0);
}, 500);

try {
  await main();
} catch (error) {
  if (!ending) console.error(error instanceof Error ? error.message : error);
  end(1);
}
