import { residentKb } from '../cpu.ts';
import type { Bench, Row } from '../row.ts';
import { type Load, type Peer, type Server, Stage } from '../stage.ts';
import { round } from '../statistics.ts';
import { faultsIn, pause } from '../window.ts';

const goals = { ratio: 1.1, atAllMb: 400 };
const calmMs = ({ quick }: Bench) => (quick ? 600 : 2_500);

/** What a joined, idle connection holds, and what a process with many of them does. */
export const memory: Row = {
  name: 'memory',
  async run(bench) {
    const [few, many] = bench.quick ? [200, 1_000] : [2_000, 15_000];
    const stage = await Stage.open(bench);
    const load = stage.startLoad();
    const server = await stage.startServer();
    const people = await stage.people.inOneConversation(many);
    const grow = (kind: 'ours' | 'peer', part: Server | Peer) => growth(bench, load, kind, part, people, few);
    const ours = await grow('ours', server);
    const peer = await grow('peer', await stage.startPeer());
    const ratio = ours.perConnectionKb / peer.perConnectionKb;
    const atAllMb = ours.atAllKb / 1024;
    return [
      {
        what: `memory per joined, idle connection, marginal from ${few.toLocaleString('en-US')} to ${many.toLocaleString('en-US')}, KB`,
        goal: `<= ${goals.ratio} x bare`,
        ours: round(ours.perConnectionKb),
        peer: round(peer.perConnectionKb),
        ratio: round(ratio),
        met: ratio <= goals.ratio && ours.faults.length === 0,
        notes: [
          ...ours.faults,
          ...peer.faults,
          'Resident memory after two collections of garbage; the peer is connected and in no room.',
        ],
      },
      {
        what: `one process with ${many.toLocaleString('en-US')} joined connections, MB`,
        goal: `<= ${goals.atAllMb}`,
        ours: round(atAllMb),
        peer: round(peer.atAllKb / 1024),
        ratio: round(ours.atAllKb / peer.atAllKb),
        met: atAllMb <= goals.atAllMb,
        notes: [
          `At the peak, while they came: ${round(ours.peakKb / 1024)} MB. All joined in ${round(ours.seconds)} s.`,
        ],
      },
    ];
  },
};

async function growth(
  bench: Bench,
  load: Load,
  kind: 'ours' | 'peer',
  { child, url }: Server | Peer,
  people: Awaited<ReturnType<Stage['people']['inOneConversation']>>,
  few: number,
) {
  const settled = async () => {
    await pause(calmMs(bench));
    for (let n = 0; n < 2; n += 1) await (child as Server['child']).call('collectGarbage');
    await pause(calmMs(bench) / 2);
    return residentKb(child.pid);
  };
  const crowd = { kind, url, joins: kind === 'ours', returns: true, atOnce: 50 };
  await load.call('gather', { ...crowd, name: `${kind}-few`, people: people.slice(0, few) });
  const atFewKb = await settled();
  const { ms } = await load.call('gather', { ...crowd, name: `${kind}-more`, people: people.slice(few) });
  const peakKb = residentKb(child.pid);
  const atAllKb = await settled();
  bench.say(`${people.length} connections of ${kind} after ${round(ms / 1_000)} s`);
  const whose = kind === 'ours' ? 'ours' : 'the peer';
  const faults = [`${kind}-few`, `${kind}-more`].map((name) =>
    load.call('counts', name).then((counts) => faultsIn(counts, whose)),
  );
  const all = (await Promise.all(faults)).flat();
  for (const name of [`${kind}-few`, `${kind}-more`]) await load.call('leave', name);
  await pause(calmMs(bench));
  return {
    perConnectionKb: (atAllKb - atFewKb) / (people.length - few),
    atAllKb,
    peakKb,
    seconds: ms / 1_000,
    faults: all,
  };
}
