import { readFileSync } from 'node:fs';
import { cpus, loadavg, release, totalmem } from 'node:os';
import { round } from './statistics.ts';

/** Above this, neighbours take part in what is measured. */
const QUIET_LOAD = 1;

export type Machine = { text: string; loadAtStart: number; quiet: boolean };

export function describeMachine(): Machine {
  const all = cpus();
  const [loadAtStart = 0] = loadavg();
  const text =
    `${all.length} cores (${all[0]?.model.trim() ?? 'unknown'}), ${Math.round(totalmem() / 2 ** 30)} GB of memory, Linux ${release()}, ` +
    `Node ${process.versions.node}, Socket.IO ${versionOf('socket.io')}; load ${round(loadAtStart)} at the start`;
  return { text, loadAtStart, quiet: loadAtStart <= QUIET_LOAD };
}

function versionOf(name: string): string {
  const { version } = JSON.parse(readFileSync(`node_modules/${name}/package.json`, 'utf8')) as { version: string };
  return version;
}
