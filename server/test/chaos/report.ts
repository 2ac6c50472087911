import { cpus } from 'node:os';
import type { Result } from './scene.ts';
import type { Size } from './stage.ts';
import { add, type Count, none } from './judge.ts';

/** DESIGN.md, section 9: a killed server behind HAProxy. A frozen one may take longer, see P4. */
const goals = { receivingMs: 3_000, continuingMs: 5_000, frozenMs: 10_000 };

const at = (sorted: number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? 0;

function spread(times: number[]): string {
  if (times.length === 0) return '-';
  const sorted = times.toSorted((a, b) => a - b);
  return `${[at(sorted, 0.5), at(sorted, 0.99), at(sorted, 1)].map((ms) => (ms / 1_000).toFixed(2)).join(' / ')} (${times.length})`;
}

export const totalOf = (results: readonly Result[]): Count =>
  results.reduce((sum, { count }) => add(sum, count), none());

/** Faults in the order in which they came, each with all its rounds. */
function byFault(results: readonly Result[]): [string, Result[]][] {
  const rows = new Map<string, Result[]>();
  for (const result of results) rows.set(result.fault, [...(rows.get(result.fault) ?? []), result]);
  return [...rows];
}

export function table(results: readonly Result[]): string {
  const rows = byFault(results).map(([fault, its]) => {
    const { events, lost, twice, outOfOrder, wrong } = totalOf(its);
    const replies = its.reduce((sum, one) => sum + one.replies, 0);
    const times = [its.flatMap((one) => one.receivingMs), its.flatMap((one) => one.continuingMs)].map(spread);
    return `| ${[fault, its.length, replies, events, lost, twice, outOfOrder, wrong.length, ...times].join(' | ')} |`;
  });
  return [
    '| fault | rounds | replies | events checked | lost | twice | out of order | otherwise wrong | fans receive again, s: p50 / p99 / max (fans) | replies go on, s: p50 / p99 / max (replies) |',
    '| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |',
    ...rows,
  ].join('\n');
}

/** What is worse than section 9 allows. */
export function missed(results: readonly Result[]): string[] {
  return byFault(results).flatMap(([fault, its]) => {
    const p99 = (times: number[]) =>
      at(
        times.toSorted((a, b) => a - b),
        0.99,
      );
    const receiving = p99(its.flatMap((one) => one.receivingMs));
    const continuing = p99(its.flatMap((one) => one.continuingMs));
    const frozen = fault.includes('frozen');
    const allowed = frozen ? goals.frozenMs : goals.continuingMs;
    return [
      ...(!frozen && receiving > goals.receivingMs
        ? [`${fault}: fans receive again after ${Math.round(receiving)} ms (p99), goal ${goals.receivingMs}`]
        : []),
      ...(continuing > allowed
        ? [`${fault}: replies go on after ${Math.round(continuing)} ms (p99), goal ${allowed}`]
        : []),
    ];
  });
}

export function document(results: readonly Result[], size: Size, rounds: number): string {
  const { lost, twice, outOfOrder, wrong } = totalOf(results);
  const faults = missed(results);
  return `# What a lost server costs

Measured by \`npm run prove:cluster -- --rounds ${rounds} --write\` on ${cpus().length} cores (${cpus()[0]?.model.trim()}), Node ${process.versions.node},
everything on this one machine: HAProxy, ${size.servers} servers, Postgres, Redis, the engine's double and the fans.
In each round every fault strikes ${size.rooms} live conversations of ${size.fansPerRoom} fans each while a reply streams in all of them; a
message is sent while it lasts. Afterwards each fan's copy is compared with the log event by event, every acknowledged
message with its one reply, and every reply with the text that the engine was to say.

**${lost} lost, ${twice} twice, ${outOfOrder} out of order, ${wrong.length} otherwise wrong.**

${table(results)}

Goals: fans receive again p99 <= 3 s (where a server froze there is none: HAProxy has to give up on it first), replies go on
p99 <= 5 s, 10 s where the maker was frozen, not dead.
${faults.length === 0 ? 'All are met.' : `Missed:\n${faults.map((fault) => `- ${fault}`).join('\n')}`}

"Receive again" counts from the fault to the first event appended after it, or to the answer that brings a fan up to date; where a
connection is cut on the way, from the cut. "Go on" counts from the fault to the next text of a reply that another process
had to carry on. Replies that were not taken over are not counted there.
`;
}
