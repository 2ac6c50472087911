import type { Bench, Row } from '../row.ts';
import { type Load, Stage } from '../stage.ts';
import { median, round, spread } from '../statistics.ts';
import { coresOf, faultsIn, pause, watch, type Window } from '../window.ts';

const PER_SECOND = 20;
const CHURN_PER_MINUTE = 0.2;
const ASKED_OVER_MS = 6_000;
/** When no more begin to tell, those that do are all. */
const NO_MORE_MS = 5_000;
const goals = { oneServer: 1.5, twoServers: 1.5 };

type Slot = Window & { faults: string[]; listening: number; resumed: number };

/** Many private conversations, a reply in each: CPU per token, on one server and on two. */
export const privately: Row = {
  name: 'private',
  async run(bench) {
    const fans = bench.quick ? 100 : 1_000;
    const slots: Record<'ours1' | 'peer1' | 'ours2' | 'peer2', Slot[]> = { ours1: [], peer1: [], ours2: [], peer2: [] };
    for (let n = 0; n < (bench.quick ? 1 : 2); n += 1) {
      slots.ours1.push(await ours(bench, fans, 1));
      slots.peer1.push(await theirs(bench, fans, 1));
      slots.ours2.push(await ours(bench, fans, 2));
      slots.peer2.push(await theirs(bench, fans, 2));
    }
    const { ours1, peer1, ours2, peer2 } = slots;
    const [one, bare, two, bareTwo] = [ours1, peer1, ours2, peer2].map((its) => median(its.map(microsPerToken)));
    const againstBare = (one ?? 0) / (bare ?? 0);
    const againstOne = (two ?? 0) / (one ?? 0);
    return [
      {
        what: `${fans.toLocaleString('en-US')} private conversations x ${PER_SECOND} tokens/s, one server: CPU per token, us`,
        goal: `<= ${goals.oneServer} x bare`,
        ours: spread(ours1.map(microsPerToken)),
        peer: spread(peer1.map(microsPerToken)),
        ratio: round(againstBare),
        met: againstBare <= goals.oneServer && ok(ours1, fans),
        notes: [...noted(ours1, fans, 'ours'), ...noted(peer1, fans, 'the peer')],
      },
      {
        what: 'the same on two servers, against one',
        goal: `<= ${goals.twoServers} x one server`,
        ours: spread(ours2.map(microsPerToken)),
        peer: `${spread(peer2.map(microsPerToken))} (x ${round((bareTwo ?? 0) / (bare ?? 0))})`,
        ratio: round(againstOne),
        met: againstOne <= goals.twoServers && ok(ours2, fans),
        notes: [
          'The peer is two bare servers with the Redis adapter, half of the replies made where their fan is not.',
          ...noted(ours2, fans, 'ours'),
          ...noted(peer2, fans, 'the peer'),
        ],
      },
    ];
  },
};

const microsPerToken = ({ server, tokens }: Window): number => (server / tokens) * 1e6;
const ok = (slots: Slot[], fans: number) =>
  slots.every(({ faults, listening }) => faults.length === 0 && listening === fans);

function noted(slots: Slot[], fans: number, whose: string): string[] {
  const last = slots.at(-1) as Slot;
  const few = slots.map(({ listening }) => listening).filter((listening) => listening < fans);
  return [
    ...slots.flatMap(({ faults }) => faults),
    ...(few.length > 0 ? [`Only ${few.join(' and ')} of ${fans} replies of ${whose} were told at the same time.`] : []),
    `Delivered by ${whose}: ${spread(slots.map(({ tokens, seconds }) => tokens / seconds))} tokens/s of ${fans * PER_SECOND}; ${coresOf(last)}; ` +
      `Redis ${round((last.redis / last.tokens) * 1e6)} us per token, Postgres ${round((last.postgres / last.tokens) * 1e6)}; ` +
      `${round(last.tokens / last.frames)} tokens per frame.`,
  ];
}

/** Fresh stores and processes each time: what one slot leaves undone is nobody's work in the next. */
async function ours(bench: Bench, fans: number, servers: 1 | 2): Promise<Slot> {
  const stage = await Stage.open(bench);
  try {
    const all = [await stage.startServer()];
    if (servers === 2) all.push(await stage.startServer());
    for (const { child } of all) await child.call('plan', { plan: { perSecond: PER_SECOND, tokens: 100_000 } });
    const people = await stage.people.inPrivate(fans);
    const load = stage.startLoad();
    const crowds = all.map((_server, n) => `ours${n}`);
    for (const [n, { url }] of all.entries())
      await load.call('gather', {
        name: crowds[n] ?? '',
        kind: 'ours',
        url,
        people: people.filter((_person, at) => at % servers === n),
        joins: true,
        returns: true,
        atOnce: 50,
      });
    const overMs = bench.quick ? ASKED_OVER_MS / 6 : ASKED_OVER_MS;
    await Promise.all(crowds.map((name) => load.call('sayAll', { name, text: 'Please tell me a story.', overMs })));
    return await measure(
      bench,
      load,
      crowds,
      all.map(({ child }) => child.pid),
      fans,
    );
  } finally {
    await stage.close();
  }
}

async function theirs(bench: Bench, fans: number, nodes: 1 | 2): Promise<Slot> {
  const stage = await Stage.open(bench);
  try {
    const all = [await stage.startPeer(nodes === 1 ? 'alone' : 'together')];
    if (nodes === 2) all.push(await stage.startPeer('together'));
    const load = stage.startLoad();
    const people = Array.from({ length: fans }, (_, n) => ({
      userId: `u${n}`,
      token: '',
      conversationId: `private-${n}`,
    }));
    const crowds = all.map((_peer, n) => `theirs${n}`);
    for (const [n, { url }] of all.entries())
      await load.call('gather', {
        name: crowds[n] ?? '',
        kind: 'peer',
        url,
        people: people.filter((_person, at) => Math.floor(at / 2) % nodes === n),
        joins: true,
        returns: true,
        atOnce: 50,
      });
    for (const [n, { child }] of all.entries())
      await child.call('stream', {
        conversationIds: people.filter((_person, at) => at % nodes === n).map(({ conversationId }) => conversationId),
        perSecond: PER_SECOND,
      });
    return await measure(
      bench,
      load,
      crowds,
      all.map(({ child }) => child.pid),
      fans,
    );
  } finally {
    await stage.close();
  }
}

async function measure(bench: Bench, load: Load, crowds: string[], servers: number[], fans: number): Promise<Slot> {
  const isOurs = crowds[0] === 'ours0';
  const listeners = async () => {
    const counts = await Promise.all(crowds.map((name) => load.call('listening', name)));
    return counts.reduce((sum, count) => sum + count, 0);
  };
  let listening = isOurs ? await listeners() : fans;
  for (let grewAt = performance.now(); listening < fans && performance.now() - grewAt < NO_MORE_MS; ) {
    await pause(250);
    const now = await listeners();
    if (now > listening) grewAt = performance.now();
    listening = now;
  }
  for (const name of crowds) await load.call('churn', { name, sharePerMinute: CHURN_PER_MINUTE });
  await pause(bench.quick ? 500 : 2_500);
  const window = await watch(bench, { servers, load, crowds }, bench.quick ? 2_000 : 6_000);
  const counts = await Promise.all(crowds.map((name) => load.call('counts', name)));
  const faults = counts.flatMap((its) => faultsIn(its, isOurs ? 'ours' : 'the peer'));
  return { ...window, faults, listening, resumed: counts.reduce((sum, { resumed }) => sum + resumed, 0) };
}
