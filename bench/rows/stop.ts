import type { Row } from '../row.ts';
import { Stage } from '../stage.ts';
import { percentile, round } from '../statistics.ts';
import { faultsIn, pause } from '../window.ts';

const GOAL_P99_MS = 150;
const STORY = { perSecond: 50, tokens: 100_000 };
const CHURN_PER_MINUTE = 0.2;
const BETWEEN_MS = 30;
const SILENT_MS = 1_500;

/** How long text still comes to any screen after a stop was sent; two servers, a tab on each. */
export const stop: Row = {
  name: 'stop',
  async run(bench) {
    const [fans, rounds, viewers] = bench.quick ? [15, 1, 50] : [60, 3, 300];
    const stage = await Stage.open(bench);
    const servers = [await stage.startServer(), await stage.startServer()];
    for (const { child } of servers) await child.call('plan', { plan: STORY });
    const load = stage.startLoad();
    const people = await stage.people.inPrivate(fans);
    const watching = await stage.people.inOneConversation(viewers);
    const creator = await stage.people.creatorIn(watching[0]?.conversationId ?? '');
    const common = { kind: 'ours', joins: true, returns: true, atOnce: 20 } as const;
    for (const [n, { url }] of servers.entries()) {
      await load.call('gather', { ...common, name: `tabs${n}`, url, people });
      await load.call('gather', {
        ...common,
        name: `viewers${n}`,
        url,
        people: watching.filter((_person, at) => at % 2 === n),
      });
      await load.call('churn', { name: `viewers${n}`, sharePerMinute: CHURN_PER_MINUTE });
    }
    await load.call('gather', { ...common, name: 'creator', url: servers[0]?.url ?? '', people: [creator] });
    await load.call('say', { name: 'creator', n: 0, text: 'Please tell us a story.' });

    const times: number[] = [];
    const answered: number[] = [];
    for (let turn = 0; turn < rounds; turn += 1) {
      await load.call('sayAll', { name: `tabs${turn % 2}`, text: `Tell me story ${turn}.`, overMs: 1_000 });
      await pause(1_500); // all of them are told
      const stops: { sentAtMs: number; answeredAtMs: number }[] = [];
      for (let n = 0; n < fans; n += 1) {
        stops.push(await load.call('stopReply', { name: `tabs${(n + turn) % 2}`, n }));
        await pause(BETWEEN_MS);
      }
      await pause(SILENT_MS);
      const lasts = await Promise.all([load.call('lastDeltas', 'tabs0'), load.call('lastDeltas', 'tabs1')]);
      for (const [n, { sentAtMs, answeredAtMs }] of stops.entries()) {
        times.push(Math.max(0, ...lasts.map((its) => (its[n] ?? 0) - sentAtMs)));
        answered.push(answeredAtMs - sentAtMs);
      }
    }
    const crowds = ['tabs0', 'tabs1', 'viewers0', 'viewers1'];
    const faults = (
      await Promise.all(crowds.map(async (name) => faultsIn(await load.call('counts', name), name)))
    ).flat();
    const p99 = percentile(times, 0.99);
    return [
      {
        what: 'a stop sent to the last delta on any client, two servers, ms',
        goal: `p99 <= ${GOAL_P99_MS}`,
        ours: `p50 ${round(percentile(times, 0.5))}, p99 ${round(p99)}`,
        met: p99 <= GOAL_P99_MS && faults.length === 0,
        notes: [
          ...faults,
          `${times.length} stops while ${fans} private replies of ${STORY.perSecond} tokens a second were told, each in a tab on either server, ` +
            `and one more to ${viewers} viewers; largest ${round(percentile(times, 1))} ms. ` +
            `The answer to the stop took p50 ${round(percentile(answered, 0.5))}, p99 ${round(percentile(answered, 0.99))} ms.`,
        ],
      },
    ];
  },
};
