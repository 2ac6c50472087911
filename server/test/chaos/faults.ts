import type { Redis } from 'ioredis';
import type { ClusterProcess } from './cluster.ts';
import type { CuttingProxy } from './cutting-proxy.ts';
import type { Room } from './room.ts';

/** What a fault may touch. `lastsMs`: how long those last that last. */
export type Scene = {
  cluster: ClusterProcess;
  proxy: CuttingProxy;
  redis: Redis;
  rooms: readonly Room[];
  lastsMs: number;
};

/** `atMs`: when it struck, by `performance.now()`; `over`: when it stops. */
export type Struck = { atMs: number; over: Promise<unknown> };

export type Fault = {
  name: string;
  /** Who is hit: the fans whose connection it costs, or all. */
  hits: 'disconnected' | 'everybody';
  /** Nobody tells a fan when a connection of its own is cut: its time counts from there. */
  countsFrom: 'fault' | 'disconnect';
  strike: (scene: Scene) => Promise<Struck>;
};

const CUT_EVERY_MS = 200;
const CUT_SHARE_PER_MINUTE = 0.2;

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

function send(pid: number | undefined, signal: NodeJS.Signals): number {
  if (pid === undefined) throw new Error('there is no such process');
  process.kill(pid, signal);
  return performance.now();
}

/** The process that makes most of the replies. */
async function makerOf(cluster: ClusterProcess): Promise<number> {
  const counts = await Promise.all(cluster.now.servers.map((_, n) => cluster.metric(n, 'replies_running')));
  return counts.indexOf(Math.max(...counts));
}

function serverOfAFan(rooms: readonly Room[]): number {
  const servers = rooms.flatMap(({ fans }) => fans.map(({ server }) => server)).filter((server) => server >= 0);
  const server = servers[Math.floor(Math.random() * servers.length)];
  if (server === undefined) throw new Error('HAProxy has set no cookie');
  return server;
}

export const faults: Fault[] = [
  {
    name: 'the server a fan is on killed (kill -9)',
    hits: 'disconnected',
    countsFrom: 'fault',
    async strike({ cluster, rooms }) {
      return { atMs: send(cluster.now.servers[serverOfAFan(rooms)]?.pid, 'SIGKILL'), over: Promise.resolve() };
    },
  },
  {
    name: 'the process making the reply killed (kill -9)',
    hits: 'disconnected',
    countsFrom: 'fault',
    async strike({ cluster }) {
      const maker = await makerOf(cluster);
      return { atMs: send(cluster.now.servers[maker]?.pid, 'SIGKILL'), over: Promise.resolve() };
    },
  },
  {
    name: 'the process making the reply frozen (SIGSTOP)',
    hits: 'disconnected',
    countsFrom: 'fault',
    async strike({ cluster, lastsMs }) {
      const pid = cluster.now.servers[await makerOf(cluster)]?.pid;
      const atMs = send(pid, 'SIGSTOP');
      return { atMs, over: sleep(lastsMs).then(() => send(pid, 'SIGCONT')) };
    },
  },
  {
    name: 'Redis restarted, empty',
    hits: 'everybody',
    countsFrom: 'fault',
    async strike({ cluster }) {
      return { atMs: send(cluster.now.redisPid, 'SIGKILL'), over: Promise.resolve() };
    },
  },
  {
    name: 'pub/sub connections cut five times a second',
    hits: 'everybody',
    countsFrom: 'fault',
    async strike({ redis, lastsMs }) {
      const atMs = performance.now();
      const cutting = async () => {
        for (; performance.now() < atMs + lastsMs; await sleep(CUT_EVERY_MS))
          await redis.client('KILL', 'TYPE', 'PUBSUB');
      };
      return { atMs, over: cutting() };
    },
  },
  {
    name: '20 % of the connections cut each minute',
    hits: 'disconnected',
    countsFrom: 'disconnect',
    async strike({ proxy, lastsMs }) {
      return { atMs: performance.now(), over: proxy.cut(CUT_SHARE_PER_MINUTE, lastsMs) };
    },
  },
];
