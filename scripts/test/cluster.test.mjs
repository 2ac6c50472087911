import { spawn } from 'node:child_process';
import { request } from 'node:http';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { findHaproxy } from '../lib/haproxy.mjs';
import { findBinaries } from '../services.mjs';

const { initdb, postgres, redis } = findBinaries();
const installed = initdb && postgres && redis && findHaproxy();
const script = fileURLToPath(new URL('../cluster.mjs', import.meta.url));

/** @typedef {{ url: string, servers: { url: string, pid: number, roles: string[] }[], databaseUrl: string, redisUrl: string, proxyPid: number, redisPid: number, postgresPid: number }} Line */

/** @type {import('node:child_process').ChildProcess} */
let cluster;
/** @type {string[]} */
const output = [];

const lines = () => output.filter((line) => line.startsWith('{')).map((line) => /** @type {Line} */ (JSON.parse(line)));
const pidsOf = (/** @type {Line} */ { servers, proxyPid, redisPid, postgresPid }) => [
  ...servers.map(({ pid }) => pid),
  proxyPid,
  redisPid,
  postgresPid,
];

function lives(/** @type {number} */ pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** The line after `act`. @param {() => void} act */
async function nextLine(act) {
  const before = lines().length;
  act();
  await vi.waitFor(() => expect(lines().length).toBeGreaterThan(before), { timeout: 20_000, interval: 50 });
  return /** @type {Line} */ (lines().at(-1));
}

const ready = async (/** @type {Line} */ { url }) => (await fetch(`${url}/readyz`)).status;

describe.skipIf(!installed)('npm run cluster', () => {
  beforeAll(async () => {
    const { DATABASE_URL: _database, REDIS_URL: _redis, ...env } = process.env;
    await nextLine(() => {
      cluster = spawn(process.execPath, [script, '--servers', '2', '--port', '0'], {
        env: { ...env, LLM_BASE_URL: 'http://127.0.0.1:9/v1', LOG_LEVEL: 'error' },
        stdio: ['ignore', 'pipe', 'ignore'],
      });
      createInterface({ input: /** @type {import('node:stream').Readable} */ (cluster.stdout) }).on('line', (line) =>
        output.push(line),
      );
    });
  }, 60_000);
  afterAll(() => void cluster.kill('SIGKILL'));

  test('says in one line what there is, and nothing else', async () => {
    expect(output).toHaveLength(1);
    const [line] = lines();
    expect(line).toMatchObject({ url: expect.stringMatching(/^http:/), databaseUrl: expect.any(String) });
    expect(line?.servers.map(({ roles }) => roles)).toEqual([
      ['web', 'replies'],
      ['web', 'replies'],
    ]);
    expect(line && pidsOf(line).every(lives)).toBe(true);
  });

  test('keeps a client on its server', async () => {
    const [line] = lines();
    const answer = await fetch(`${line?.url}/api/openapi.json`);
    const cookie = String(answer.headers.get('set-cookie'));
    expect(cookie).toMatch(/^node=s[12];.*HttpOnly/i);
    const again = await fetch(`${line?.url}/api/openapi.json`, { headers: { cookie: cookie.slice(0, 7) } });
    expect(again.headers.get('set-cookie')).toBeNull();
  });

  // Only Linux has more than one address of its own without being told.
  test.skipIf(process.platform !== 'linux')(
    'limits count clients, not the proxy, and no client says who it is',
    async () => {
      const from = (/** @type {string} */ address, /** @type {string} */ told) =>
        new Promise((resolve, reject) => {
          const headers = { 'content-type': 'application/json', 'x-forwarded-for': told };
          request(`${lines()[0]?.url}/api/auth/guest`, { method: 'POST', localAddress: address, headers }, (answer) =>
            answer.resume().on('end', () => resolve(answer.statusCode)),
          )
            .on('error', reject)
            .end('{"displayName":"Ann"}');
        });
      const answers = [];
      for (let n = 0; n < 61; n += 1) answers.push(await from('127.0.0.21', `10.0.0.${n}`));
      expect(answers.slice(0, 60).every((status) => status === 200 || status === 201)).toBe(true);
      expect(answers[60]).toBe(429);
      expect([200, 201]).toContain(await from('127.0.0.22', '127.0.0.21'));
    },
  );

  test('starts again what dies: a server, the proxy, Redis, Postgres', async () => {
    for (const part of /** @type {const} */ (['server', 'proxyPid', 'redisPid', 'postgresPid'])) {
      const before = /** @type {Line} */ (lines().at(-1));
      const pidOf = (/** @type {Line} */ line) => (part === 'server' ? line.servers[0].pid : line[part]);
      const after = await nextLine(() => process.kill(pidOf(before), 'SIGKILL'));
      expect(pidOf(after), part).not.toBe(pidOf(before));
      expect(after.servers.map(({ url }) => url)).toEqual(before.servers.map(({ url }) => url));
      expect([after.url, after.redisUrl, after.databaseUrl]).toEqual([before.url, before.redisUrl, before.databaseUrl]);
      await vi.waitFor(async () => expect(await ready(after), part).toBe(200), { timeout: 10_000, interval: 100 });
    }
  }, 60_000);

  test('leaves nothing behind when it is killed', async () => {
    const pids = pidsOf(/** @type {Line} */ (lines().at(-1)));
    cluster.kill('SIGKILL');
    await vi.waitFor(() => expect(pids.filter(lives)).toEqual([]), { timeout: 10_000 });
  }, 20_000);
});
