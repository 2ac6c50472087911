import { cpuSeconds } from '../cpu.ts';
import type { Bench, Row } from '../row.ts';
import { type Load, Stage } from '../stage.ts';
import { median, round, spread } from '../statistics.ts';
import { faultsIn, pause } from '../window.ts';

const GOAL = 2;
const SETTLE_MS = 300;

type Part = {
  kind: 'ours' | 'peer';
  url: string;
  pid: number;
  people: Awaited<ReturnType<Stage['people']['inPrivate']>>;
};
type Cost = { micros: number; redisMicros: number; perSecond: number; faults: string[] };

/** What it costs to let somebody in who is signed in, before they join anything. */
export const connect: Row = {
  name: 'connect',
  async run(bench) {
    const count = bench.quick ? 300 : 2_000;
    const stage = await Stage.open(bench);
    const load = stage.startLoad();
    const server = await stage.startServer();
    const peer = await stage.startPeer();
    const people = await stage.people.inOneConversation(count);
    const parts: Part[] = [
      { kind: 'ours', url: server.url, pid: server.child.pid, people },
      { kind: 'peer', url: peer.url, pid: peer.child.pid, people },
    ];
    const costs: Record<Part['kind'], Cost[]> = { ours: [], peer: [] };
    for (const part of parts) await enter(bench, load, part); // warm
    for (let n = 0; n < (bench.quick ? 1 : 3); n += 1)
      for (const part of parts) costs[part.kind].push(await enter(bench, load, part));
    const micros = (kind: Part['kind']) => costs[kind].map((cost) => cost.micros);
    const ratio = median(micros('ours')) / median(micros('peer'));
    const faults = [...costs.ours, ...costs.peer].flatMap((cost) => cost.faults);
    return [
      {
        what: 'an authenticated connect, without the join: CPU, us',
        goal: `<= ${GOAL} x bare`,
        ours: spread(micros('ours')),
        peer: spread(micros('peer')),
        ratio: round(ratio),
        met: ratio <= GOAL && faults.length === 0,
        notes: [
          ...faults,
          `Redis takes ${spread(costs.ours.map(({ redisMicros }) => redisMicros))} us beside.`,
          `${count} connects, 32 at once: ours ${spread(costs.ours.map(({ perSecond }) => perSecond))} a second, ` +
            `peer ${spread(costs.peer.map(({ perSecond }) => perSecond))}.`,
        ],
      },
    ];
  },
};

async function enter(bench: Bench, load: Load, { kind, url, pid, people }: Part): Promise<Cost> {
  const before = [cpuSeconds(pid), cpuSeconds(bench.redisPid)] as const;
  const { ms } = await load.call('gather', { name: kind, kind, url, people, joins: false, returns: true, atOnce: 32 });
  await pause(SETTLE_MS);
  const after = [cpuSeconds(pid), cpuSeconds(bench.redisPid)] as const;
  const faults = faultsIn(await load.call('counts', kind), kind === 'ours' ? 'ours' : 'the peer');
  await load.call('leave', kind);
  await pause(3 * SETTLE_MS);
  const per = (seconds: number) => (seconds / people.length) * 1e6;
  return {
    micros: per(after[0] - before[0]),
    redisMicros: per(after[1] - before[1]),
    perSecond: people.length / (ms / 1_000),
    faults,
  };
}
