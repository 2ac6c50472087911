import { readdirSync, readFileSync } from 'node:fs';

/** The kernel's unit in /proc, the same on every Linux that Node runs on. */
const TICKS_PER_SECOND = 100;

type Stat = { pid: number; parent: number; own: number; ofEnded: number };

function statOf(pid: number | string): Stat | undefined {
  let line: string;
  try {
    line = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return undefined; // ended
  }
  const fields = line
    .slice(line.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number); // from the third on
  const [utime = 0, stime = 0, cutime = 0, cstime = 0] = fields.slice(11, 15);
  return {
    pid: Number(pid),
    parent: fields[1] ?? 0,
    own: (utime + stime) / TICKS_PER_SECOND,
    ofEnded: (cutime + cstime) / TICKS_PER_SECOND,
  };
}

/** What a process has used so far on all its threads, kernel included, in seconds. */
export const cpuSeconds = (pid: number): number => statOf(pid)?.own ?? 0;

/** The same with all that it started: Postgres is a process per connection. */
export function cpuSecondsOfFamily(pid: number): number {
  const root = statOf(pid);
  const children = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => statOf(name) ?? [])
    .filter(({ parent }) => parent === pid);
  return children.reduce((sum, { own }) => sum + own, (root?.own ?? 0) + (root?.ofEnded ?? 0));
}

/** Memory that a process holds, in KB. */
export function residentKb(pid: number): number {
  return Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
}
