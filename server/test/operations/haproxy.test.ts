import { type ChildProcess, spawn } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Registry } from 'prom-client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openMetricsServer } from '../../src/platform/metrics-server.ts';
import { createReadiness } from '../../src/platform/readiness.ts';
import { waitFor } from '../fan.ts';
import { freePort } from '../free-port.ts';

const scripts = new URL('../../../scripts/lib/haproxy.mjs', import.meta.url);
type Addresses = { bind: string; servers: { address: string; healthPort: number }[] };
const { findHaproxy, haproxyConfig } = (await import(scripts.href)) as {
  findHaproxy: () => string | undefined;
  haproxyConfig: (addresses: Addresses) => string;
};
const haproxy = findHaproxy();

/** A server as HAProxy sees it: a door, and a port where it says how it is. */
async function openDoor(name: string) {
  const missing = new Set<string>();
  const checks = { redis: async () => (missing.has('redis') ? Promise.reject(new Error('away')) : undefined) };
  const readiness = createReadiness({ checks, onChange: () => {} });
  const health = await openMetricsServer({ registry: new Registry(), host: '127.0.0.1', port: 0, readiness });
  const door = createServer((_request, response) => response.end(name));
  door.on('upgrade', (_request, socket) => {
    socket.on('error', () => undefined).on('end', () => socket.end());
    socket.resume();
    socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: tunnel\r\n\r\n');
  });
  const port = await freePort();
  await new Promise<void>((resolve) => door.listen(port, '127.0.0.1', resolve));
  return { name, missing, readiness, health, door, address: `127.0.0.1:${port}`, healthPort: health.port };
}

type Door = Awaited<ReturnType<typeof openDoor>>;
let folder: string;
let doors: [Door, Door];
let proxy: ChildProcess;
let port: number;

const shut = (door: Server) => {
  door.closeAllConnections();
  return new Promise((resolve) => door.close(resolve));
};

/** Who answers, and what cookie it gives: of a new client, or of one that has been on a server. */
async function ask(server?: string): Promise<string> {
  const headers: Record<string, string> = { connection: 'close', ...(server && { cookie: `node=${server}` }) };
  const response = await fetch(`http://127.0.0.1:${port}/`, { headers });
  return response.ok ? response.text() : String(response.status);
}

const several = (server?: string) => Promise.all(Array.from({ length: 6 }, () => ask(server)));
const settled = (look: () => Promise<boolean>, what: string) => waitFor(look, what, 10_000);

/** An upgraded connection, as a WebSocket is, of a client that has been on a server. */
async function openTunnel(server: string): Promise<{ open: boolean }> {
  const tunnel = { open: true };
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined).on('close', () => (tunnel.open = false));
  const upgrade = ['GET / HTTP/1.1', 'Host: x', 'Connection: Upgrade', 'Upgrade: tunnel', `Cookie: node=${server}`];
  socket.write(`${upgrade.join('\r\n')}\r\n\r\n`);
  const [answer] = (await once(socket, 'data')) as [Buffer];
  expect(answer.toString()).toContain('101');
  return tunnel;
}

describe.skipIf(!haproxy)('HAProxy, as deploy/haproxy.cfg tells it', () => {
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'fantwin-haproxy-'));
    doors = [await openDoor('s1'), await openDoor('s2')];
    port = await freePort();
    const config = join(folder, 'haproxy.cfg');
    writeFileSync(config, haproxyConfig({ bind: `127.0.0.1:${port}`, servers: doors }));
    proxy = spawn(String(haproxy), ['-db', '-f', config], { stdio: 'ignore' });
    await settled(async () => (await ask().catch(() => '')) === 's1', 'HAProxy answers');
  });
  afterAll(async () => {
    proxy?.kill('SIGKILL');
    for (const { door, health } of doors ?? []) {
      await shut(door);
      await health.close();
    }
    rmSync(folder, { recursive: true, force: true });
  });

  test('a server that misses a store gets nobody new and keeps whom it has; when all miss it, all answer', async () => {
    const tunnels = [await openTunnel('s1'), await openTunnel('s2')];
    doors[0].missing.add('redis');
    await settled(async () => (await several()).every((name) => name === 's2'), 'nobody new on s1');
    expect(await several('s1')).toEqual(Array(6).fill('s1'));

    doors[1].missing.add('redis');
    await settled(async () => new Set(await several()).size === 2, 'both are as bad as each other');
    expect(await several('s2')).toEqual(Array(6).fill('s2'));
    expect(tunnels.every(({ open }) => open)).toBe(true);

    for (const { missing } of doors) missing.clear();
    await settled(async () => new Set(await several()).size === 2, 'both are back');
    expect(tunnels.every(({ open }) => open)).toBe(true);
  }, 30_000);

  test('a server that stops: its clients stay until it moves them, and are then let in elsewhere at once', async () => {
    const tunnel = await openTunnel('s1');
    doors[0].readiness.drain();
    const closed = new Promise((resolve) => doors[0].door.close(resolve));
    const tookMs: number[] = [];
    for (let n = 0; n < 21; n += 1) {
      const startedAt = performance.now();
      expect([await ask('s1'), await ask()]).toEqual(['s2', 's2']);
      tookMs.push(performance.now() - startedAt);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    expect(tookMs.sort((a, b) => a - b)[10]).toBeLessThan(800); // what it knows to be leaving, it tries again after a second
    expect(tunnel.open).toBe(true);

    await doors[0].health.close();
    await settled(async () => !tunnel.open, 'the clients of a server that is gone are let go');
    await closed;
    expect(await several('s1')).toEqual(Array(6).fill('s2'));
  }, 30_000);
});
