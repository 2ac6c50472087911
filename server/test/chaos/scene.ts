import { waitFor } from '../fan.ts';
import type { ChaosFan } from './chaos-fan.ts';
import type { Fault, Struck } from './faults.ts';
import { add, type Count, type End, judge, learn, none } from './judge.ts';
import type { Room } from './room.ts';
import type { Ended, Stage } from './stage.ts';
import { storyOf } from './stories.ts';

/** One fault in one round. Times in ms. */
export type Result = {
  fault: string;
  /** From the fault to the first thing that a fan who was hit received after it. */
  receivingMs: number[];
  /** From the fault to the next text of a reply that another process had to carry on. */
  continuingMs: number[];
  replies: number;
  count: Count;
};

/** What reached a fan so soon after the fault may have been on its way before. */
const ON_ITS_WAY_MS = 20;
const MID_REPLY_CHARS = 12;
const SETTLE_MS = 90_000;
const LAST_EVENT_MS = 15_000;

const wallOf = (atMs: number): number => performance.timeOrigin + atMs;

/**
 * Plays a fault while replies stream. Resolves when the cluster is whole again and they go on; `finish` tells the rest of the replies,
 * through whatever faults come next, and judges. `open`: all rooms that are not finished.
 */
export async function play(stage: Stage, fault: Fault, name: string, open: Set<Room>) {
  const { size, cluster } = stage;
  const rooms = await Promise.all(Array.from({ length: size.rooms }, (_, n) => stage.openRoom(n)));
  const streaming = new Map<Room, string>();
  for (const room of rooms) open.add(room);
  await Promise.all(
    rooms.map(async (room, n) => {
      const first = await room.ask(room.fans[0] as ChaosFan, `${name}r${n}first`);
      streaming.set(room, await room.midReply(first, MID_REPLY_CHARS));
    }),
  );
  await Promise.all([...open].map((room) => stage.readLog(room))); // it may be lost with Redis
  const hit = [...(fault.hits === 'everybody' ? rooms : open)].flatMap(({ fans }) => fans); // some rooms are quiet
  const struck = await fault.strike({ ...stage, rooms, lastsMs: size.lastsMs });
  const asking = Promise.all(rooms.map((room, n) => room.ask(room.fans[1] as ChaosFan, `${name}r${n}second`)));
  await Promise.all([struck.over, asking]);
  await cluster.whole();
  const calmAtMs = performance.now();
  const goesOn = ([room, replyId]: [Room, string]) =>
    continuingMs(room, replyId, struck).length > 0 || room.fans.some((fan) => shownTo(fan).has(replyId));
  await waitFor(() => [...streaming].every(goesOn), 'all replies go on', SETTLE_MS).catch(() => undefined); // counted as lost
  const takenOver = await stage.takenOver([...streaming.values()]); // not earlier: some are taken over late

  async function finish(): Promise<Result> {
    const count = await Promise.all(rooms.map((room) => judgeRoom(stage, room)));
    for (const room of rooms) open.delete(room);
    for (const room of rooms) room.close();
    return {
      fault: fault.name,
      receivingMs: hit.flatMap((fan) => receivingMs(fan, fault, struck, calmAtMs)),
      continuingMs: [...streaming].flatMap(([room, replyId]) =>
        takenOver.has(replyId) ? continuingMs(room, replyId, struck) : [],
      ),
      replies: rooms.reduce((sum, { asked }) => sum + asked.length, 0),
      count: count.reduce(add),
    };
  }

  return { finish };
}

async function judgeRoom(stage: Stage, room: Room): Promise<Count> {
  const replies = await told(stage, room);
  const end = await settled(stage, room, replies);
  learnFromFans(room);
  return room.fans.map((fan) => judgeFan(fan, room, end, replies, stage.size.words)).reduce(add, none());
}

type Replies = Awaited<ReturnType<Stage['replies']>>;

/** Every message that was acknowledged has its reply, or time is up. */
async function told(stage: Stage, room: Room): Promise<Replies> {
  let replies: Replies = [];
  const all = async () => {
    replies = await stage.replies(room.id);
    return room.asked.every(({ messageId }) => replies.some(({ replyTo }) => replyTo === messageId));
  };
  await waitFor(all, 'all replies are told', SETTLE_MS).catch(() => undefined); // what is missing is counted
  return replies;
}

/** Where the log ends once every fan has it all, or time is up. */
async function settled(stage: Stage, room: Room, replies: Replies): Promise<End> {
  const hasAll = (fan: ChaosFan) => replies.every(({ id }) => shownTo(fan).has(id)); // stored is not yet told
  const at = async () => {
    const end = await stage.readLog(room);
    return (
      room.fans.every((fan) => (!end || (fan.epoch === end.epoch && fan.seq === end.seq)) && hasAll(fan)) && { end }
    );
  };
  const { end } = await waitFor(at, 'every fan has it all', LAST_EVENT_MS).catch(async () => ({
    end: await stage.readLog(room),
  }));
  return end;
}

/** Of an epoch that Redis lost, what fans were given is known too; where they differ, the first one's counts. */
function learnFromFans({ fans, log }: Room): void {
  for (const { taken } of fans)
    for (const entry of taken)
      if (entry.kind === 'event' && !('from' in entry.event)) learn(log, entry.epoch, [entry.event]);
}

function judgeFan(fan: ChaosFan, room: Room, end: End, replies: Replies, words: number): Count {
  const count = judge(fan.taken, room.log, end);
  const shown = shownTo(fan);
  count.wrong.push(...fan.faults);
  for (const { messageId, story } of room.asked) {
    const answers = replies.filter(({ replyTo }) => replyTo === messageId);
    const right = answers.find(({ text, finish }) => finish === 'complete' && text === storyOf(story, words));
    if (!shown.has(messageId) || answers.length === 0) count.lost += 1;
    if (answers.length > 1) count.twice += 1;
    if (answers.length > 0 && !right) count.wrong.push(`the reply to ${story} is ${how(answers[0])}`);
    if (right && shown.get(right.id) !== right.text)
      count.wrong.push(`${fan.displayName} has another text for ${story}`);
  }
  return count;
}

const how = (reply: Ended | undefined) => `${reply?.finish} by maker ${reply?.makers}: ${reply?.text}`;

/** The messages that a fan has in the end, and how often each came. */
function shownTo(fan: ChaosFan): Map<string, string> {
  const shown = new Map<string, string>();
  for (const entry of fan.taken) {
    if (entry.kind === 'join') for (const { messageId, text } of entry.answer.messages) shown.set(messageId, text);
    else if (entry.event.type === 'message.posted') shown.set(entry.event.message.messageId, entry.event.message.text);
    else if (entry.event.type === 'reply.ended') shown.set(entry.event.replyId, entry.event.text);
  }
  return shown;
}

function receivingMs(fan: ChaosFan, { hits, countsFrom }: Fault, struck: Struck, calmAtMs: number): number[] {
  const lost = fan.lostAtMs.find((atMs) => atMs > struck.atMs && atMs < calmAtMs);
  if (hits === 'disconnected' && lost === undefined) return [];
  const after = Math.max(lost ?? 0, struck.atMs);
  const freshAt = wallOf(struck.atMs) + ON_ITS_WAY_MS;
  const next = fan.taken.find((one) => one.atMs > after && (one.kind === 'join' || one.event.at > freshAt));
  return next ? [next.atMs - (countsFrom === 'disconnect' ? after : struck.atMs)] : [];
}

/** When the first fan had more of the reply. */
function continuingMs(room: Room, replyId: string, struck: Struck): number[] {
  const freshAt = wallOf(struck.atMs) + ON_ITS_WAY_MS;
  const times = room.fans.flatMap((fan) => {
    const next = fan.taken.find(
      (one) =>
        one.kind === 'event' &&
        one.event.type === 'reply.delta' &&
        one.event.replyId === replyId &&
        one.event.at > freshAt,
    );
    return next ? [next.atMs - struck.atMs] : [];
  });
  return times.length > 0 ? [Math.min(...times)] : [];
}
