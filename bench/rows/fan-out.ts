import type { Person } from '../people.ts';
import type { Bench, Line, Row } from '../row.ts';
import { type Load, type Peer, type Server, Stage } from '../stage.ts';
import { median, round, spread } from '../statistics.ts';
import { coresOf, faultsIn, pause, watch, type Window } from '../window.ts';

type Size = { viewers: number; perSecond: number; goal: number; tokensPerSecond?: number };

const sizes: Size[] = [
  { viewers: 1_000, perSecond: 30, goal: 1 },
  { viewers: 1_000, perSecond: 100, goal: 2 },
  { viewers: 5_000, perSecond: 100, goal: 5, tokensPerSecond: 450_000 },
];
const CHURN_PER_MINUTE = 0.2;
const DRAINED_MS = 500;

type Scene = { bench: Bench; load: Load; server: Server; peer: Peer };
type Room = { viewers: number; people: Person[]; conversationId: string };

/** One conversation with many viewers: tokens delivered for a second of the server's CPU. */
export const fanOut: Row = {
  name: 'fan-out',
  async run(bench) {
    const stage = await Stage.open(bench);
    const server = await stage.startServer();
    const scene = { bench, load: stage.startLoad(), server, peer: await stage.startPeer() };
    const lines: Line[] = [];
    let room: Room | undefined;
    for (const size of sizes) {
      const viewers = bench.quick ? size.viewers / 10 : size.viewers;
      if (room?.viewers !== viewers) {
        if (room) await leave(scene);
        room = await gather(scene, stage, viewers);
      }
      lines.push(await compare(scene, room, size));
    }
    return lines;
  },
};

async function gather({ bench, load, server, peer }: Scene, stage: Stage, viewers: number): Promise<Room> {
  const people = await stage.people.inOneConversation(viewers);
  const conversationId = people[0]?.conversationId ?? '';
  const common = { joins: true, returns: true, atOnce: 50 };
  await load.call('gather', { ...common, name: 'theirs', kind: 'peer', url: peer.url, people });
  const { ms } = await load.call('gather', { ...common, name: 'ours', kind: 'ours', url: server.url, people });
  bench.say(`${viewers} viewers joined in ${round(ms / 1_000)} s`);
  const creator = await stage.people.creatorIn(conversationId);
  await load.call('gather', { ...common, name: 'creator', kind: 'ours', url: server.url, people: [creator] });
  return { viewers, people, conversationId };
}

async function leave({ load }: Scene): Promise<void> {
  for (const name of ['ours', 'theirs', 'creator']) await load.call('leave', name);
  await pause(DRAINED_MS);
}

async function compare(scene: Scene, room: Room, size: Size): Promise<Line> {
  const { bench, load, server, peer } = scene;
  const { perSecond, goal, tokensPerSecond } = size;
  const { viewers, conversationId } = room;
  const slots = { warmMs: bench.quick ? 500 : 1_500, measuredMs: bench.quick ? 1_500 : 5_000 };
  const ours: Window[] = [];
  const theirs: Window[] = [];
  await server.child.call('plan', { plan: { perSecond, tokens: 100_000 } });
  for (let turn = 0; turn < (bench.quick ? 1 : 2); turn += 1) {
    await load.call('say', { name: 'creator', n: 0, text: 'Please tell us a story.' });
    ours.push(await stream(scene, 'ours', server.child.pid, slots));
    await load.call('stopReply', { name: 'creator', n: 0 });
    await drained(load, 'ours');

    await peer.child.call('stream', { conversationIds: [conversationId], perSecond });
    theirs.push(await stream(scene, 'theirs', peer.child.pid, slots));
    await peer.child.call('stop');
    await drained(load, 'theirs');
  }
  const perCpu = (window: Window) => window.tokens / window.server;
  const ratio = median(ours.map(perCpu)) / median(theirs.map(perCpu));
  const delivered = median(ours.map(({ tokens, seconds }) => tokens / seconds));
  const counts = [await load.call('counts', 'ours'), await load.call('counts', 'theirs')] as const;
  const faults = [...faultsIn(counts[0], 'ours'), ...faultsIn(counts[1], 'the peer')];
  const wanted = viewers * perSecond;
  return {
    what: `one conversation, ${viewers.toLocaleString('en-US')} viewers x ${perSecond} tokens/s: tokens delivered per CPU second`,
    goal: `ratio >= ${goal}${tokensPerSecond ? `; >= ${tokensPerSecond.toLocaleString('en-US')} tokens/s on one core` : ''}`,
    ours: spread(ours.map(perCpu)),
    peer: spread(theirs.map(perCpu)),
    ratio: round(ratio),
    met: ratio >= goal && faults.length === 0 && (tokensPerSecond === undefined || delivered >= tokensPerSecond),
    notes: [
      ...faults,
      `Delivered of ${round(wanted)} tokens/s: ours ${told(ours)}, peer ${told(theirs)}.`,
      `Ours, ${coresOf(ours.at(-1) as Window)}; peer, ${coresOf(theirs.at(-1) as Window)}.`,
      `Frames to viewers per second: ours ${framesOf(ours)}, peer ${framesOf(theirs)}.`,
      `Brought up to date after falling behind or coming back: ${counts[0].resumed}. Came and went: ${counts[0].replaced}.`,
    ],
  };
}

const told = (windows: Window[]) => spread(windows.map(({ tokens, seconds }) => tokens / seconds));
const framesOf = (windows: Window[]) => spread(windows.map(({ frames, seconds }) => frames / seconds));

async function stream(
  { bench, load }: Scene,
  crowd: 'ours' | 'theirs',
  pid: number,
  { warmMs, measuredMs }: { warmMs: number; measuredMs: number },
): Promise<Window> {
  await load.call('churn', { name: crowd, sharePerMinute: CHURN_PER_MINUTE });
  await pause(warmMs);
  const window = await watch(bench, { servers: [pid], load, crowds: [crowd] }, measuredMs);
  await load.call('calm', crowd);
  return window;
}

/** Resolves when nothing more arrives. */
async function drained(load: Load, crowd: string): Promise<void> {
  for (let before = -1, tries = 0; tries < 60; tries += 1) {
    const { frames } = await load.call('counts', crowd);
    if (frames === before) return;
    before = frames;
    await pause(DRAINED_MS);
  }
}
