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
 * `deploy/haproxy.cfg`, which is made for docker-compose.yml, with other addresses: its lines of the first server, for each.
 * @param {{ bind: string, servers: { address: string, healthPort: number }[] }} addresses `host:port` each
 */
export function haproxyConfig({ bind, servers }) {
  return readFileSync(`${root}deploy/haproxy.cfg`, 'utf8')
    .split('\n')
    .flatMap((line) => {
      if (line.startsWith('  bind ')) return [`  bind ${bind}`];
      if (!line.startsWith('  server ')) return [line];
      if (!/^ {2}server s1\b/.test(line)) return [];
      return servers.map(({ address, healthPort }, i) =>
        line
          .replace(/\bs1\b/g, `s${i + 1}`)
          .replace('server-1:3000', address)
          .replace('9100', String(healthPort)),
      );
    })
    .join('\n');
}

/** What HAProxy says against a configuration, or nothing. @param {string} program @param {string} path */
export function faultsOf(program, path) {
  const { status, stderr } = spawnSync(program, ['-c', '-f', path], { encoding: 'utf8' });
  return status === 0 ? '' : stderr;
}
