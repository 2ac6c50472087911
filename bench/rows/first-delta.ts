import type { Row } from '../row.ts';
import { Stage } from '../stage.ts';
import { percentile, round } from '../statistics.ts';
import { faultsIn, pause } from '../window.ts';

const goals = { p50Ms: 30, p99Ms: 150 };
const CHURN_PER_MINUTE = 0.2;
const ANSWERS_MS = 3_000;

/** From the engine's token that completes the first word the guardian can let go, to a client having it. */
export const firstDelta: Row = {
  name: 'first-delta',
  async run(bench) {
    const [viewers, asking, perSecond] = bench.quick ? [100, 30, 15] : [1_000, 200, 20];
    const stage = await Stage.open(bench);
    const { child, url } = await stage.startServer();
    const load = stage.startLoad();
    const common = { kind: 'ours', url, joins: true, returns: true, atOnce: 50 } as const;
    const watching = await stage.people.inOneConversation(viewers);
    const creator = await stage.people.creatorIn(watching[0]?.conversationId ?? '');
    const fans = await stage.people.inPrivate(asking);
    await load.call('gather', { ...common, name: 'viewers', people: watching });
    await load.call('gather', { ...common, name: 'creator', people: [creator] });
    await load.call('gather', { ...common, name: 'fans', people: fans });

    await child.call('plan', { plan: { perSecond: 30, tokens: 100_000 } });
    await child.call('plan', {
      plan: { perSecond: 20, tokens: 20, noteFirst: true },
      conversationIds: fans.map(({ conversationId }) => conversationId),
    });
    await load.call('say', { name: 'creator', n: 0, text: 'Please tell us a story.' });
    await load.call('churn', { name: 'viewers', sharePerMinute: CHURN_PER_MINUTE });
    await pause(1_000);
    await load.call('sayAll', { name: 'fans', text: 'Hello, how are you?', overMs: (asking / perSecond) * 1_000 });
    await pause(ANSWERS_MS);

    const [words, deltas] = [await child.call('firstWords'), await load.call('firstDeltas', 'fans')];
    const times = Object.entries(words).flatMap(([id, atMs]) => {
      const arrivedAtMs = deltas[id] ?? 0;
      return arrivedAtMs > 0 ? [arrivedAtMs - atMs] : [];
    });
    const faults = [
      ...faultsIn(await load.call('counts', 'fans'), 'ours'),
      ...faultsIn(await load.call('counts', 'viewers'), 'ours, the background'),
      ...(times.length < asking ? [`FAULTS: ${asking - times.length} of ${asking} had no text in time.`] : []),
    ];
    const [p50, p99] = [percentile(times, 0.5), percentile(times, 0.99)];
    return [
      {
        what: "from the engine's token that completes the first releasable word to the first delta on a client, ms",
        goal: `p50 <= ${goals.p50Ms}, p99 <= ${goals.p99Ms}`,
        ours: `p50 ${round(p50)}, p99 ${round(p99)}`,
        met: p50 <= goals.p50Ms && p99 <= goals.p99Ms && faults.length === 0,
        notes: [
          ...faults,
          `${times.length} private replies, ${perSecond} begun a second, on a server that also tells ${viewers} viewers 30 tokens a second; ` +
            `largest ${round(percentile(times, 1))} ms.`,
        ],
      },
    ];
  },
};
