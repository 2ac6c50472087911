import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ChaosFan } from '../chaos/chaos-fan.ts';
import { hasClusterPrograms } from '../chaos/cluster.ts';
import type { Fault, Scene } from '../chaos/faults.ts';
import type { Room } from '../chaos/room.ts';
import { play } from '../chaos/scene.ts';
import { openStage, type Stage } from '../chaos/stage.ts';
import { waitFor } from '../fan.ts';

const size = { servers: 2, rooms: 2, fansPerRoom: 6, words: 12, tokenMs: 300, lastsMs: 0 };
/** Six fans are moved over 300 ms; who is cut off with all the others is gone in a few. */
const TOGETHER_MS = 60;
const RESTART_MS = 30_000;
const BACK_MS = 10_000;

let stage: Stage;
let played: readonly Room[] = [];
const refused: string[] = [];
/** For each restart, when the fans of that server lost their connection. */
const movedAtMs: number[][] = [];

/** First the one that makes most of the replies. */
async function inTurn({ cluster }: Scene): Promise<number[]> {
  const running = await Promise.all(cluster.now.servers.map((_, n) => cluster.metric(n, 'replies_running')));
  return running.map((_, n) => n).toSorted((a, b) => (running[b] ?? 0) - (running[a] ?? 0));
}

async function restart({ cluster, rooms }: Scene, server: number): Promise<void> {
  const fans = rooms.flatMap((room) => room.fans.filter((fan) => fan.server === server));
  const old = cluster.now.servers[server]?.pid;
  if (!old) throw new Error(`there is no server ${server + 1}`);
  const from = performance.now();
  process.kill(old, 'SIGTERM');
  await waitFor(() => cluster.now.servers[server]?.pid !== old, `server ${server + 1} is back`, RESTART_MS);
  await cluster.whole();
  movedAtMs.push(fans.flatMap(({ lostAtMs }) => lostAtMs.find((atMs) => atMs > from) ?? []));
}

async function askAgain(rooms: readonly Room[], name: string): Promise<void> {
  await Promise.all(
    rooms.map(async (room) =>
      room.midReply(await room.ask(room.fans[2] as ChaosFan, `${name}${room.id.slice(-4)}`), 12),
    ),
  );
}

const rollingRestart: Fault = {
  name: 'every server stopped in turn (SIGTERM)',
  hits: 'disconnected',
  countsFrom: 'disconnect',
  async strike(scene) {
    played = scene.rooms;
    for (const fan of scene.rooms.flatMap(({ fans }) => fans))
      fan.socket.on('connect_error', ({ message }) => refused.push(message));
    const [first = 0, ...others] = await inTurn(scene);
    const atMs = performance.now();
    const over = async () => {
      await restart(scene, first);
      for (const server of others) {
        await askAgain(scene.rooms, `roll${server}`);
        await restart(scene, server);
      }
    };
    return { atMs, over: over() };
  },
};

describe.skipIf(!(await hasClusterPrograms()))('[P1] [P3] [P4] a rolling restart under load', () => {
  beforeAll(async () => {
    stage = await openStage(size, { DRAIN_MS: '1500' });
  }, 120_000);
  afterAll(() => stage?.close(), 30_000);

  test('moves fans slowly, hands replies over, and loses nothing', async () => {
    const { finish } = await play(stage, rollingRestart, 'roll', new Set());
    const { count, replies, receivingMs, continuingMs } = await finish();
    expect(count).toMatchObject({ lost: 0, twice: 0, outOfOrder: 0, wrong: [] });
    expect(count.events).toBeGreaterThan(100);
    expect(replies).toBe((1 + size.servers) * size.rooms);

    const made = (await Promise.all(played.map(({ id }) => stage.replies(id)))).flat();
    const handedOver = await stage.takenOver(made.map(({ id }) => id));
    expect(handedOver.size, 'replies that another server carried on').toBeGreaterThan(0);
    expect(receivingMs, 'every fan was moved').toHaveLength(size.rooms * size.fansPerRoom);
    for (const ms of [...continuingMs, ...receivingMs]) expect(ms).toBeLessThan(BACK_MS);
    expect(refused, 'nobody found a door shut').toEqual([]);
    expect(movedAtMs).toHaveLength(size.servers);
    for (const times of movedAtMs) {
      expect(times.length, 'fans of this server').toBeGreaterThan(1);
      expect(Math.max(...times) - Math.min(...times), 'not all at once').toBeGreaterThan(TOGETHER_MS);
    }
  }, 90_000);
});
