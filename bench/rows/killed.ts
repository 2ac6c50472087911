import { Redis } from 'ioredis';
import { openDb, postgresPool } from '../../server/src/db/open-db.ts';
import { ClusterProcess, hasClusterPrograms } from '../../server/test/chaos/cluster.ts';
import { askedIn, askFor } from '../../server/test/chaos/stories.ts';
import { startOpenAiDouble } from '../../server/test/doubles/openai-double.ts';
import { Child } from '../child.ts';
import { nowMs } from '../clock.ts';
import type { LoadMethods } from '../load/main.ts';
import { createPeople, type People, type Person } from '../people.ts';
import type { Bench, Line, Row } from '../row.ts';
import type { Load } from '../stage.ts';
import { median, percentile, round } from '../statistics.ts';
import { Story, TOKEN_CHARS } from '../stories.ts';
import { pause } from '../window.ts';

const goals = { receivingMs: 3_000, continuingMs: 5_000 };
const SECRET = 'a secret of the bench, long enough to be one';
const PREFIX = 'fantwin:';
const TOKENS = 160;
const TOKEN_MS = 50;
const MID_REPLY_MS = 2_500;
const SETTLE_MS = 30_000;
const CHURN_PER_MINUTE = 0.2;

type Scene = {
  bench: Bench;
  cluster: ClusterProcess;
  load: Load;
  people: People;
  takenOver: (ids: string[]) => Promise<Set<string>>;
  ended: (conversationIds: string[]) => Promise<number>;
  /** Which conversation a story is told in. */
  rooms: Map<string, string>;
};
type Outcome = { hit: number; receivingMs: number[]; continuingMs: number[]; faults: string[] };

/** A server behind HAProxy is killed while all its fans are told replies. */
export const killed: Row = {
  name: 'killed',
  async run(bench) {
    const [fans, rooms, rounds] = bench.quick ? [100, 5, 1] : [2_000, 20, 3];
    if (!(await hasClusterPrograms())) return [notMeasured];
    const scene = await openScene(bench);
    const outcomes: Outcome[] = [];
    for (let n = 0; n < rounds; n += 1) {
      outcomes.push(await play(scene, fans, rooms, n));
      await scene.cluster.whole();
    }
    const receiving = outcomes.flatMap(({ receivingMs }) => receivingMs);
    const continuing = outcomes.flatMap(({ continuingMs }) => continuingMs);
    const faults = outcomes.flatMap((outcome) => outcome.faults);
    const line = (what: string, times: number[], goalMs: number): Line => ({
      what,
      goal: `p99 <= ${goalMs / 1_000}, 0 lost, 0 twice`,
      ours: `p50 ${seconds(times, 0.5)}, p99 ${seconds(times, 0.99)}, max ${seconds(times, 1)} (${times.length})`,
      met: times.length > 0 && percentile(times, 0.99) <= goalMs && faults.length === 0,
      notes: [...faults],
    });
    const hit = outcomes.map(({ hit: its }) => its).join(', ');
    const receivingLine = line(
      'a killed server, behind HAProxy: its fans receive again, s',
      receiving,
      goals.receivingMs,
    );
    receivingLine.notes.push(
      `${rounds} kills; fans on the killed server: ${hit} of ${fans}, in ${rooms} conversations with a reply each.`,
    );
    const continuingLine = line('the same: its replies continue, s', continuing, goals.continuingMs);
    continuingLine.notes.push(
      'Until text comes again after the longest silence since the kill, in replies that another process had to take over.',
    );
    return [receivingLine, continuingLine];
  },
};

const notMeasured: Line = {
  what: 'a killed server, behind HAProxy',
  goal: '-',
  ours: 'not measured',
  met: false,
  notes: ['HAProxy, Postgres or Redis is not installed here.'],
};
const seconds = (times: number[], share: number) => round(percentile(times, share) / 1_000);

async function openScene(bench: Bench): Promise<Scene> {
  const rooms = new Map<string, string>();
  const engine = await startOpenAiDouble({
    answers: (messages) => new Story(rooms.get(askedIn(messages)) ?? '').slice(0, TOKENS * TOKEN_CHARS),
    tokenMs: TOKEN_MS,
    continuation: 'assistant',
  });
  bench.atEnd(() => engine.close());
  const env = {
    LLM_BASE_URL: engine.url,
    LLM_MODEL: 'double',
    LLM_CONTINUATION: 'assistant',
    SPEECH: 'none',
    NODE_ENV: 'production',
    SESSION_SECRET: SECRET,
    LOG_LEVEL: 'error',
  };
  const cluster = await ClusterProcess.start(env, 2, 0);
  bench.atEnd(() => cluster.stop());
  const { databaseUrl, redisUrl } = cluster.now;
  const pool = postgresPool(databaseUrl, 4);
  pool.on('error', () => undefined);
  const db = openDb(pool);
  const redis = new Redis(redisUrl);
  const load: Load = new Child<LoadMethods>('the load', './load.js');
  bench.atEnd(async () => {
    await load.end();
    redis.disconnect();
    await db.destroy();
  });
  const several = 'select id from replies where makers > 1 and id = any($1)';
  const over = "select count(*) as n from replies where state = 'ended' and conversation_id = any($1)";
  return {
    bench,
    cluster,
    load,
    rooms,
    people: createPeople({ db, redis, prefix: PREFIX, secret: SECRET }),
    takenOver: async (ids) => new Set((await pool.query<{ id: string }>(several, [ids])).rows.map(({ id }) => id)),
    ended: async (ids) => Number((await pool.query<{ n: string }>(over, [ids])).rows[0]?.n ?? 0),
  };
}

async function play(scene: Scene, fans: number, roomCount: number, n: number): Promise<Outcome> {
  const { bench, cluster, load, people } = scene;
  const everybody: Person[] = [];
  const askers: Person[] = [];
  for (let room = 0; room < roomCount; room += 1) {
    const [asker, ...its] = await people.inOneConversation(fans / roomCount + 1);
    if (!asker) throw new Error('nobody is here');
    askers.push(asker);
    everybody.push(...its);
    scene.rooms.set(`n${n}r${room}`, asker.conversationId);
  }
  const common = { kind: 'ours', url: cluster.now.url, joins: true, returns: true, atOnce: 50 } as const;
  await load.call('gather', { ...common, name: 'fans', people: everybody });
  await load.call('gather', { ...common, name: 'askers', people: askers });
  for (let room = 0; room < roomCount; room += 1)
    await load.call('say', { name: 'askers', n: room, text: askFor(`n${n}r${room}`) });
  await load.call('churn', { name: 'fans', sharePerMinute: CHURN_PER_MINUTE });
  await pause(MID_REPLY_MS);
  await load.call('calm', 'fans'); // who leaves now is not told from who lost the server

  const victim = `s${(n % 2) + 1}`;
  const before = await load.call('serversOf', 'fans');
  await load.call('forget', 'fans');
  const victimPid = cluster.now.servers[n % 2]?.pid;
  if (victimPid === undefined) throw new Error('there is no such server');
  const struckAtMs = nowMs();
  process.kill(victimPid, 'SIGKILL');
  await load.call('watchForNews', { name: 'fans', fromMs: Date.now() });
  await told(scene, askers);

  const news = await load.call('news', 'fans');
  const hit = news.filter(({ lostAtMs }) => lostAtMs > 0);
  const replies = new Set(news.map(({ replyId }) => replyId).filter(Boolean));
  const takenOver = await scene.takenOver([...replies]);
  const continuingMs = [...takenOver].flatMap((id) => {
    const its = news.filter(({ replyId, spokeAgainAtMs }) => replyId === id && spokeAgainAtMs > 0);
    return its.length > 0 ? [median(its.map(({ spokeAgainAtMs }) => spokeAgainAtMs)) - struckAtMs] : [];
  });
  const { lost, wrong, misplaced } = await load.call('counts', 'fans');
  const behind = await load.call('behind', 'fans');
  const never = hit.filter(({ freshAtMs }) => freshAtMs === 0).length;
  const faults = Object.entries({ lost, wrong, misplaced, 'behind in the end': behind, 'never back': never }).filter(
    ([, count]) => count > 0,
  );
  await load.call('leave', 'fans');
  await load.call('leave', 'askers');
  const onVictim = before.filter((server) => server === victim).length;
  bench.say(
    `killed ${victim} with ${onVictim} fans; ${hit.length} lost their connection, ${takenOver.size} replies were taken over`,
  );
  return {
    hit: onVictim,
    receivingMs: hit.flatMap(({ freshAtMs }) => (freshAtMs > 0 ? [freshAtMs - struckAtMs] : [])),
    continuingMs,
    faults:
      faults.length === 0
        ? []
        : [`FAULTS of kill ${n + 1}: ${faults.map(([what, count]) => `${count} ${what}`).join(', ')}.`],
  };
}

/** All replies have ended and reached everybody, or time is up. */
async function told({ ended, load }: Scene, askers: Person[]): Promise<void> {
  const ids = askers.map(({ conversationId }) => conversationId);
  for (const endsAt = performance.now() + SETTLE_MS; performance.now() < endsAt; await pause(250))
    if ((await ended(ids)) === ids.length) break;
  for (const endsAt = performance.now() + SETTLE_MS / 3; performance.now() < endsAt; await pause(250))
    if ((await load.call('behind', 'fans')) === 0) return;
}
