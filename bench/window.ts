import { cpuSeconds, cpuSecondsOfFamily } from './cpu.ts';
import type { Counts } from './load/viewer.ts';
import type { Bench } from './row.ts';
import type { Load } from './stage.ts';
import { round } from './statistics.ts';
import { tokensIn } from './stories.ts';

/** What went on between two looks. */
export type Window = {
  seconds: number;
  tokens: number;
  frames: number;
  /** Seconds of CPU: of the servers together, of the load, and of the stores. */
  server: number;
  load: number;
  redis: number;
  postgres: number;
};

type Watched = { servers: number[]; load: Load; crowds: string[] };

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function look(bench: Bench, { servers, load, crowds }: Watched) {
  const counts = await Promise.all(crowds.map((name) => load.call('counts', name)));
  return {
    atMs: performance.now(),
    chars: counts.reduce((sum, { chars }) => sum + chars, 0),
    frames: counts.reduce((sum, { frames }) => sum + frames, 0),
    server: servers.reduce((sum, pid) => sum + cpuSeconds(pid), 0),
    load: cpuSeconds(load.pid),
    redis: cpuSeconds(bench.redisPid),
    postgres: cpuSecondsOfFamily(bench.postgresPid),
  };
}

/** Watches for so long what crowds are given and what that costs. */
export async function watch(bench: Bench, watched: Watched, forMs: number): Promise<Window> {
  const before = await look(bench, watched);
  await pause(forMs);
  const after = await look(bench, watched);
  return {
    seconds: (after.atMs - before.atMs) / 1_000,
    tokens: tokensIn(after.chars - before.chars),
    frames: after.frames - before.frames,
    server: after.server - before.server,
    load: after.load - before.load,
    redis: after.redis - before.redis,
    postgres: after.postgres - before.postgres,
  };
}

/** How much of a core each part took. */
export const coresOf = ({ server, load, redis, postgres, seconds }: Window): string =>
  `cores: server ${round(server / seconds)}, Redis ${round(redis / seconds)}, Postgres ${round(postgres / seconds)}, load ${round(load / seconds)}`;

/** Everything that should not have happened to a crowd, in words; nothing where all is well. */
export function faultsIn(counts: Counts, whose: string): string[] {
  const { lost, wrong, misplaced, refused, dropped } = counts;
  const faults = { lost, 'wrong texts': wrong, 'misplaced texts': misplaced, refused, 'connections dropped': dropped };
  const some = Object.entries(faults).filter(([, count]) => count > 0);
  return some.length === 0
    ? []
    : [`FAULTS of ${whose}: ${some.map(([what, count]) => `${count} ${what}`).join(', ')}.`];
}
