import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { faults } from './faults.ts';
import { document, missed, table, totalOf } from './report.ts';
import type { Room } from './room.ts';
import { play, type Result } from './scene.ts';
import { openStage, type Size } from './stage.ts';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    servers: { type: 'string', default: '2' },
    only: { type: 'string', default: '' },
    write: { type: 'boolean', default: false },
  },
});
const rounds = Number(values.rounds);
const size: Size = {
  servers: Number(values.servers),
  rooms: 3,
  fansPerRoom: 6,
  words: 40,
  tokenMs: 150,
  lastsMs: 6_000,
};
const chosen = faults.filter(({ name }) => name.includes(values.only));

const results: Result[] = [];
const stage = await openStage(size);
process.once('SIGINT', () => void stage.close().then(() => process.exit(130)));
try {
  const open = new Set<Room>();
  const finishing: Promise<void>[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    for (const [n, fault] of chosen.entries()) {
      const { finish } = await play(stage, fault, `n${round}x${n}`, open);
      finishing.push(finish().then((result) => void results.push(tell(result, round)))); // while the next fault strikes
    }
  }
  await Promise.all(finishing);
} finally {
  for (const { fault } of stage.engine.requests) if (fault) console.log(`the engine refused: ${fault}`);
  if (process.env.TEST_LOG_LEVEL) console.error(stage.cluster.output);
  await stage.close();
}

function tell(result: Result, round: number): Result {
  const { lost, twice, outOfOrder, wrong } = result.count;
  console.log(`round ${round}: ${result.fault}: ${lost} lost, ${twice} twice, ${outOfOrder} out of order`);
  for (const what of new Set(wrong)) console.log(`  ${what}`);
  return result;
}

console.log(`\n${table(results)}\n`);
for (const what of missed(results)) console.log(`Missed: ${what}`);
if (values.write) writeFileSync('docs/reliability.md', document(results, size, rounds));
const { lost, twice, outOfOrder, wrong } = totalOf(results);
console.log(`${lost} lost, ${twice} twice, ${outOfOrder} out of order, ${wrong.length} otherwise wrong`);
process.exitCode = lost + twice + outOfOrder + wrong.length === 0 ? 0 : 1;
