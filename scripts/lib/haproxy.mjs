import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { findProgram } from './programs.mjs';
import { root } from './tree.mjs';

export const haproxyMissing = `HAProxy is not installed here; the cluster needs it in front of its servers.
  Debian, Ubuntu: sudo apt install haproxy
  Fedora: sudo dnf install haproxy
  macOS: brew install haproxy`;

export const findHaproxy = () => findProgram(['haproxy'], ['/usr/sbin', '/usr/local/sbin', '/opt/homebrew/bin']);

/**
 * `deploy/haproxy.cfg`, which is made for docker-compose.yml, with other addresses.
 * @param {{ bind: string, servers: string[] }} addresses `host:port` each
 */
export function haproxyConfig({ bind, servers }) {
  const lines = readFileSync(`${root}deploy/haproxy.cfg`, 'utf8').split('\n');
  const first = lines.findIndex((line) => line.startsWith('  server '));
  return lines
    .flatMap((line, n) => {
      if (line.startsWith('  bind ')) return [`  bind ${bind}`];
      if (!line.startsWith('  server ')) return [line];
      return n === first ? servers.map((address, i) => `  server s${i + 1} ${address} cookie s${i + 1}`) : [];
    })
    .join('\n');
}

/** What HAProxy says against a configuration, or nothing. @param {string} program @param {string} path */
export function faultsOf(program, path) {
  const { status, stderr } = spawnSync(program, ['-c', '-f', path], { encoding: 'utf8' });
  return status === 0 ? '' : stderr;
}
