import { cpuSeconds, cpuSecondsOfFamily } from '../cpu.ts';
import type { Bench, Row } from '../row.ts';
import { type Load, Stage } from '../stage.ts';
import { round } from '../statistics.ts';
import { pause } from '../window.ts';

const calmMs = ({ quick }: Bench) => (quick ? 500 : 3_000);

/** Everybody loses the network at once and comes back as the page does: how long until all have their place again. */
export const storm: Row = {
  name: 'storm',
  async run(bench) {
    const count = bench.quick ? 500 : 10_000;
    const stage = await Stage.open(bench);
    const load = stage.startLoad();
    const people = await stage.startServer().then(async (server) => {
      const all = await stage.people.inOneConversation(count);
      return { all, server };
    });
    const ours = await cut(bench, load, 'ours', people.server.child.pid, people.server.url, people.all);
    const peer = await stage.startPeer();
    const theirs = await cut(bench, load, 'peer', peer.child.pid, peer.url, people.all);
    return [
      {
        what: `${count.toLocaleString('en-US')} reconnect at once: until the last has its place again, s`,
        goal: '-',
        ours: round(ours.lastMs / 1_000),
        peer: round(theirs.lastMs / 1_000),
        ratio: round(ours.lastMs / theirs.lastMs),
        notes: [
          `p50 ${round(ours.p50Ms)} ms, p99 ${round(ours.p99Ms)} ms; peer ${round(theirs.p50Ms)} and ${round(theirs.p99Ms)} ms.`,
          'First tries come 100 to 300 ms after the cut, as the page makes them.',
          `Refused on the way: ${ours.refused}.`,
        ],
      },
      {
        what: 'the same: CPU per reconnect with its join, us',
        goal: '-',
        ours: round(ours.micros),
        peer: round(theirs.micros),
        ratio: round(ours.micros / theirs.micros),
        notes: [`Redis ${round(ours.redisMicros)} us and Postgres ${round(ours.postgresMicros)} us beside.`],
      },
    ];
  },
};

async function cut(
  bench: Bench,
  load: Load,
  kind: 'ours' | 'peer',
  pid: number,
  url: string,
  people: Awaited<ReturnType<Stage['people']['inOneConversation']>>,
) {
  const cpu = () => [cpuSeconds(pid), cpuSeconds(bench.redisPid), cpuSecondsOfFamily(bench.postgresPid)] as const;
  await load.call('gather', { name: kind, kind, url, people, joins: true, returns: true, atOnce: 50 });
  await pause(calmMs(bench));
  const before = cpu();
  const times = await load.call('cutAll', kind);
  const after = cpu();
  const { refused } = await load.call('counts', kind);
  await load.call('leave', kind);
  await pause(calmMs(bench));
  const [micros, redisMicros, postgresMicros] = after.map(
    (value, n) => ((value - (before[n] ?? 0)) / people.length) * 1e6,
  );
  return { ...times, refused, micros: micros ?? 0, redisMicros: redisMicros ?? 0, postgresMicros: postgresMicros ?? 0 };
}
