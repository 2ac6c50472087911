import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { faultsOf, findHaproxy, haproxyConfig } from '../lib/haproxy.mjs';
import { filesUnder, root } from '../lib/tree.mjs';

const read = (/** @type {string} */ path) => readFileSync(join(root, path), 'utf8');
const haproxy = findHaproxy();

/** @param {string} path */
function readYaml(path) {
  const program = 'import json, sys, yaml; json.dump(yaml.safe_load(open(sys.argv[1])), sys.stdout)';
  const { status, stdout } = spawnSync('python3', ['-c', program, join(root, path)], { encoding: 'utf8' });
  return status === 0 ? JSON.parse(stdout) : undefined;
}
const compose = readYaml('docker-compose.yml');

describe('HAProxy', () => {
  test('the servers of docker-compose.yml are the servers of its configuration', () => {
    const names = [...read('deploy/haproxy.cfg').matchAll(/^ {2}server \S+ (\S+):3000 .*check/gm)].map(
      ([, name]) => name,
    );
    expect(names).toEqual(['server-1', 'server-2']);
    expect(read('docker-compose.yml').match(/^ {2}server-\d+: \*server$/gm)).toHaveLength(names.length);
    for (const name of names) expect(read('deploy/prometheus.yml')).toContain(`"${name}:9100"`);
  });

  test.skipIf(!haproxy)('takes the configuration, with the addresses of the cluster as well', () => {
    const folder = mkdtempSync(join(tmpdir(), 'fantwin-haproxy-'));
    const path = join(folder, 'haproxy.cfg');
    const servers = [4001, 4002, 4003].map((port) => ({ address: `127.0.0.1:${port}`, healthPort: port + 100 }));
    const config = haproxyConfig({ bind: '127.0.0.1:4000', servers });
    expect(config.match(/^ {2}(server|bind) .*$/gm)).toEqual([
      '  bind 127.0.0.1:4000',
      ...servers.map(
        ({ address, healthPort }, n) => `  server s${n + 1} ${address} cookie s${n + 1} check port ${healthPort}`,
      ),
      ...servers.map(({ address }, n) => `  server s${n + 1}-anyway ${address} cookie s${n + 1} backup`),
    ]);
    for (const text of [config, read('deploy/haproxy.cfg')]) {
      writeFileSync(path, text);
      expect(faultsOf(String(haproxy), path)).toBe('');
    }
    writeFileSync(path, config.replace('mode http', 'mode htpt'));
    expect(faultsOf(String(haproxy), path)).toContain('htpt');
    rmSync(folder, { recursive: true });
  });
});

describe.skipIf(!compose)('docker-compose.yml (read with Python)', () => {
  const services = compose?.services ?? {};

  test('has the whole cluster, each part with its health and its restart', () => {
    const own = ['haproxy', 'server-1', 'server-2', 'postgres', 'redis', 'prometheus', 'grafana'];
    expect(Object.keys(services).sort()).toEqual([...own].sort());
    for (const [name, service] of Object.entries(services)) {
      expect(service.restart, name).toBe('unless-stopped');
      if (!service.build) expect(service.healthcheck?.test?.[0], name).toBe('CMD');
    }
    expect([services.postgres.image, services.redis.image]).toEqual(['postgres:16', 'redis:7']);
  });

  test('opens only the page to other machines', () => {
    const open = Object.entries(services).flatMap(([name, { ports = [] }]) =>
      ports.filter((/** @type {string} */ port) => !port.startsWith('127.0.0.1:')).map(() => name),
    );
    expect(open).toEqual(['haproxy']);
  });

  test('mounts files that are there, and volumes that it names', () => {
    for (const { volumes = [] } of Object.values(services)) {
      for (const volume of volumes) {
        const [source] = volume.split(':');
        if (source.startsWith('./')) expect(filesUnder(join(root, source)), volume).not.toEqual([]);
        else expect(Object.keys(compose.volumes)).toContain(source);
      }
    }
  });

  test('gives a server only settings that there are', () => {
    const known = read('.env.example').match(/^[A-Z0-9_]+(?==)/gm) ?? [];
    for (const name of Object.keys(services['server-1'].environment)) expect(known).toContain(name);
    expect(services['server-1'].environment).toMatchObject({ TRUST_PROXY: '1' });
    expect(services['server-1']).toEqual(services['server-2']);
  });

  test('Prometheus and Grafana are given what they read', () => {
    expect(readYaml('deploy/prometheus.yml').scrape_configs).toHaveLength(1);
    expect(readYaml('deploy/grafana/datasources.yml').datasources[0].url).toBe('http://prometheus:9090');
  });
});

describe('deploy/Dockerfile.server', () => {
  const dockerfile = read('deploy/Dockerfile.server');

  test('copies files that are there and that .dockerignore lets through', () => {
    const allowed = read('.dockerignore').match(/(?<=^!).*$/gm) ?? [];
    const copies = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, sources = '']) =>
      sources.split(' '),
    );
    expect(copies.length).toBeGreaterThan(5);
    for (const source of copies) {
      expect(filesUnder(join(root, source)), source).not.toEqual([]);
      expect(
        allowed.some((path) => source === path || source.startsWith(`${path}/`)),
        source,
      ).toBe(true);
    }
  });

  test('ends as a plain user, with a health check', () => {
    const last = dockerfile.slice(dockerfile.lastIndexOf('\nFROM '));
    expect(last).toMatch(/^USER node$/m);
    expect(last).toMatch(/^HEALTHCHECK /m);
    expect(last).not.toMatch(/npm ci|COPY \. /);
  });
});
