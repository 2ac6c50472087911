import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, test, vi } from 'vitest';
import { findBinaries, startServices } from '../services.mjs';

const { initdb, postgres, redis } = findBinaries();
const installed = initdb && postgres && redis;

/** @param {string} url @returns {Promise<boolean>} */
const answers = (url) =>
  new Promise((resolve) => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1', () => resolve(true));
    socket.on('error', () => resolve(false)).on('connect', () => socket.destroy());
  });

test.skipIf(!installed)(
  'the throw-away stores answer until they are stopped',
  async () => {
    const services = await startServices({ postgres: true, redis: true });
    const urls = [String(services.databaseUrl), String(services.redisUrl)];
    expect(await Promise.all(urls.map(answers))).toEqual([true, true]);
    await services.stop();
    expect(await Promise.all(urls.map(answers))).toEqual([false, false]);
  },
  60_000,
);

test.skipIf(!installed)(
  'they end when their user is killed with SIGKILL',
  async () => {
    const user = `
    const { startServices } = await import(${JSON.stringify(fileURLToPath(new URL('../services.mjs', import.meta.url)))});
    console.log(JSON.stringify(await startServices({ postgres: true, redis: true })));
    setInterval(() => {}, 1000);`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', user], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = await once(createInterface({ input: child.stdout }), 'line', {
      signal: AbortSignal.timeout(30_000),
    });
    const { databaseUrl, redisUrl } = JSON.parse(line);
    expect(await answers(databaseUrl)).toBe(true);
    child.kill('SIGKILL');
    await vi.waitFor(
      async () => expect([await answers(databaseUrl), await answers(redisUrl)]).toEqual([false, false]),
      {
        timeout: 5000,
      },
    );
  },
  60_000,
);
