import { cpuSeconds } from '../cpu.ts';
import type { Row } from '../row.ts';
import { Stage } from '../stage.ts';
import { percentile, round } from '../statistics.ts';
import { Story } from '../stories.ts';

const goals = { p50Ms: 30, p99Ms: 150 };
const LIVE = 20;
const MESSAGES = 500;
const CONNECTIONS = 32;

/** The list of live conversations and a page of messages, at half of the rate that the server can answer. */
export const http: Row = {
  name: 'http',
  async run(bench) {
    const forMs = bench.quick ? 1_000 : 6_000;
    const stage = await Stage.open(bench);
    const { child, url } = await stage.startServer();
    const load = stage.startLoad();
    const ids = [];
    for (let n = 0; n < LIVE; n += 1) ids.push(await stage.people.openLive());
    const [id = ''] = ids;
    const story = new Story(id);
    await stage.people.fill(
      id,
      Array.from({ length: MESSAGES }, (_, n) => story.slice(n * 90, n * 90 + 20 + (n % 70))),
    );
    const paths = { list: '/api/conversations?kind=live', page: `/api/conversations/${id}/messages` };

    const lines = [];
    for (const [name, path] of Object.entries(paths)) {
      const ask = { url, paths: [path], connections: CONNECTIONS };
      await load.call('http', { ...ask, forMs: forMs / 4 }); // warm
      const cpuBefore = cpuSeconds(child.pid);
      const peak = await load.call('http', { ...ask, forMs: forMs / 2 });
      const cpuMicros = ((cpuSeconds(child.pid) - cpuBefore) / peak.answered) * 1e6;
      const rate = peak.answered / peak.seconds;
      const half = await load.call('http', { ...ask, forMs, perSecond: rate / 2 });
      const ms = half.ms[path] ?? [];
      const [p50, p99] = [percentile(ms, 0.5), percentile(ms, 0.99)];
      const failed = peak.failed + half.failed;
      lines.push({
        what:
          name === 'list'
            ? `GET ${paths.list} at half of peak rate, ms`
            : 'a page of 50 messages at half of peak rate, ms',
        goal: `p50 <= ${goals.p50Ms}, p99 <= ${goals.p99Ms}`,
        ours: `p50 ${round(p50)}, p99 ${round(p99)}`,
        met: p50 <= goals.p50Ms && p99 <= goals.p99Ms && failed === 0,
        notes: [
          ...(failed > 0 ? [`FAULTS: ${failed} requests failed.`] : []),
          `Peak ${round(rate)} a second with ${CONNECTIONS} connections, one server; ${round(half.answered / half.seconds)} a second measured. ` +
            `${round(cpuMicros)} us of CPU each. ` +
            `${LIVE + 1} live conversations, ${MESSAGES} messages.`,
        ],
      });
    }
    return lines;
  },
};
