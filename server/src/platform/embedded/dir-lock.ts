import { execFileSync } from 'node:child_process';
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const Holder = z.object({ pid: z.number().int().positive(), startedAt: z.string() });

/** PGlite does not lock its folder: two processes in it would each write their own history. Returns what unlocks. */
export function lockDir(dir: string): () => void {
  const path = join(dir, 'server.lock');
  const mine = JSON.stringify({ pid: process.pid, startedAt: startOf(process.pid) ?? '' });
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, mine, { mode: 0o600 });
  try {
    if (!tryLink(draft, path)) {
      removeStale(dir, path);
      if (!tryLink(draft, path)) throw held(dir, readFileSync(path, 'utf8'));
    }
  } finally {
    rmSync(draft, { force: true });
  }
  return () => {
    if (readIfThere(path) === mine) rmSync(path, { force: true });
  };
}

/** Linking a whole file is atomic: nobody reads a lock that is half written. */
function tryLink(draft: string, path: string): boolean {
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function removeStale(dir: string, path: string): void {
  const found = readIfThere(path);
  if (found === undefined) return;
  if (isAlive(found)) throw held(dir, found);
  const aside = `${path}.stale.${process.pid}`;
  renameSync(path, aside);
  const moved = readFileSync(aside, 'utf8');
  if (moved !== found) tryLink(aside, path); // another process was faster, and this is its lock
  rmSync(aside);
  if (moved !== found) throw held(dir, moved);
}

function isAlive(text: string): boolean {
  const holder = parseHolder(text);
  return holder !== undefined && startOf(holder.pid) === holder.startedAt;
}

function parseHolder(text: string): z.infer<typeof Holder> | undefined {
  try {
    return Holder.parse(JSON.parse(text));
  } catch {
    return undefined; // nothing that we wrote
  }
}

function held(dir: string, text: string): Error {
  const pid = parseHolder(text)?.pid ?? 'unknown';
  return new Error(`Another server (process ${pid}) uses ${dir}. Stop it, or set DATA_DIR to another folder.`);
}

/** When a process began, so that a number used again is not taken for the old process; undefined when there is none. */
function startOf(pid: number): string | undefined {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return undefined;
  }
  try {
    if (process.platform === 'win32') return '';
    if (process.platform !== 'linux')
      return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { timeout: 5000 })
        .toString()
        .trim();
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' '); // the name before may hold spaces
    if (fields[0] === 'Z') return undefined; // dead, not yet collected
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}:${fields[19]}`;
  } catch {
    return '';
  }
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
