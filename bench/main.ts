import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { describeMachine } from './machine.ts';
import { document, missedOf, notes, table } from './report.ts';
import type { Bench, Line, Row } from './row.ts';
import { connect } from './rows/connect.ts';
import { fanOut } from './rows/fan-out.ts';
import { firstDelta } from './rows/first-delta.ts';
import { guardian } from './rows/guardian.ts';
import { http } from './rows/http.ts';
import { killed } from './rows/killed.ts';
import { memory } from './rows/memory.ts';
import { page } from './rows/page.ts';
import { privately } from './rows/private.ts';
import { stop } from './rows/stop.ts';
import { storm } from './rows/storm.ts';

/** In the order of the table. */
const rows: Row[] = [fanOut, privately, memory, connect, firstDelta, guardian, stop, killed, http, page, storm];
const FILE = 'docs/benchmarks.md';

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    quick: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
    profile: { type: 'string' },
  },
});
const say = (text: string) => void process.stdout.write(`${text}\n`);

const wanted = values.only.split(',').filter(Boolean);
const unknown = wanted.filter((name) => !rows.some((row) => row.name === name));
if (unknown.length > 0)
  throw new Error(`There is no row ${unknown.join(', ')}. There are: ${rows.map(({ name }) => name).join(', ')}`);
const chosen = rows.filter(({ name }) => wanted.length === 0 || wanted.includes(name));

const machine = describeMachine();
say(machine.text);
if (!machine.quiet)
  say(
    `\n!!! The load average is ${machine.loadAtStart.toFixed(1)}: others work here, and these figures will show it.\n`,
  );

const closing: (() => Promise<void>)[] = [];
const closeAll = () => Promise.allSettled(closing.splice(0).map((close) => close()));
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => void closeAll().then(() => process.exit(130)));

const bench: Bench = {
  quick: values.quick,
  profileFolder: values.profile,
  redisPid: Number(process.env.BENCH_REDIS_PID),
  postgresPid: Number(process.env.BENCH_POSTGRES_PID),
  say: (text) => say(`  ${text}`),
  atEnd: (close) => void closing.push(close),
};

const lines: Line[] = [];
for (const { name, run } of chosen) {
  const startedAt = performance.now();
  say(`${name} ...`);
  const its = await run(bench).catch((error: unknown): Line[] => [
    { what: name, goal: '-', ours: 'could not be measured', met: false, notes: [String(error)] },
  ]);
  await closeAll();
  if (bench.quick) for (const line of its) delete line.met; // goals are for whole sizes
  lines.push(...its);
  say(`${table(its)}\n${notes(its)}\n  (${((performance.now() - startedAt) / 1_000).toFixed(0)} s)\n`);
}

if (chosen.length > 1) say(`${table(lines)}\n`);
for (const { what } of missedOf(lines)) say(`Missed: ${what}`);
if (values.write) {
  const options = [values.quick && '--quick', values.only && `--only ${values.only}`, '--write']
    .filter(Boolean)
    .join(' ');
  writeFileSync(FILE, document(lines, machine, `npm run bench -- ${options}`));
  say(`Written to ${FILE}`);
}
