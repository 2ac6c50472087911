import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasClusterPrograms } from './chaos/cluster.ts';
import { faults } from './chaos/faults.ts';
import type { Room } from './chaos/room.ts';
import { play, type Result } from './chaos/scene.ts';
import { openStage, type Stage } from './chaos/stage.ts';

/** Frozen long enough to be given up by HAProxy and by the queue. */
const size = { servers: 2, rooms: 2, fansPerRoom: 2, words: 16, tokenMs: 100, lastsMs: 3_500 };

let stage: Stage;
const open = new Set<Room>();
/** Judged while the next fault strikes. */
const results: Promise<Result>[] = [];

describe.skipIf(!(await hasClusterPrograms()))('[P1] [P3] [P4] a cluster of which parts fail (prove:cluster)', () => {
  beforeAll(async () => {
    stage = await openStage(size);
  }, 120_000);
  afterAll(() => stage?.close(), 30_000);

  test.each(faults.map((fault, n) => [fault.name, fault, n] as const))(
    'goes on: %s',
    async (_name, fault, n) => {
      const { finish } = await play(stage, fault, `t${n}`, open);
      results.push(finish());
    },
    60_000,
  );

  test('every fan has the log: nothing lost, nothing twice, nothing out of order', async () => {
    const all = await Promise.all(results);
    expect(all).toHaveLength(faults.length);
    for (const { fault, count, replies, receivingMs } of all) {
      expect(count, fault).toMatchObject({ lost: 0, twice: 0, outOfOrder: 0, wrong: [] });
      expect(count.events, fault).toBeGreaterThan(20);
      expect(replies, fault).toBe(2 * size.rooms);
      expect(receivingMs.length, `${fault} hit somebody`).toBeGreaterThan(0);
    }
  }, 60_000);
});
