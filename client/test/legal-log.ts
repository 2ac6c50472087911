import type { Author, Conversation, Message, RunningReply, Sentence, You } from '@fantwin/shared/conversations';
import type { ConversationEvent, EventBody, Finish } from '@fantwin/shared/events';
import { CharacterId, ConversationId, type MessageId, ReplyId, UserId } from '@fantwin/shared/ids';
import type { JoinAnswer } from '@fantwin/shared/live';
import * as fc from 'fast-check';

/** A server's side of one conversation, written for the tests: what it appends is a legal log. */
const uuid = (n: number, kind: number) =>
  `0190${n.toString(16).padStart(4, '0')}-0000-7000-8000-${kind.toString(16).padStart(12, '0')}`;
const messageId = (n: number): MessageId => ReplyId.parse(uuid(n, 1));

export const epoch = 'epoch-of-test';
export const me = UserId.parse(uuid(1, 2));
export const you: You = { userId: me, canModerate: false };
const fan: Author = { id: uuid(2, 2), name: 'Aki', kind: 'fan' };
const twin: Author = { id: uuid(3, 3), name: 'Mira', kind: 'character' };

export const conversation: Conversation = {
  id: ConversationId.parse(uuid(4, 4)),
  kind: 'live',
  title: 'Evening talk',
  character: {
    id: CharacterId.parse(twin.id),
    creatorId: UserId.parse(uuid(5, 5)),
    name: 'Mira',
    tagline: '',
    greeting: '',
    language: 'en',
    avatarUrl: '/mira.vrm',
  },
  mode: 'ai',
  ownerEpoch: 0,
  slowModeSeconds: 0,
  canReply: true,
};

export const kinds = [
  'post',
  'start',
  'start',
  'delta',
  'delta',
  'delta',
  'delta',
  'delta',
  'delta',
  'delta',
  'delta',
  'sentence',
  'end',
  'silence',
  'restart',
  'takeOver',
  'remove',
  'restore',
  'change',
  'restrict',
  'tip',
] as const;
export type Step = { kind: (typeof kinds)[number]; pick: number; text: string };
const finishes: readonly Finish[] = ['complete', 'stopped', 'blocked', 'failed', 'takeover'];

export const steps = (maxLength = 60) =>
  fc.array(
    fc.record({
      kind: fc.constantFrom(...kinds),
      pick: fc.nat(1_000),
      text: fc.oneof(
        fc.string({ unit: 'grapheme', minLength: 1, maxLength: 6 }),
        fc.constantFrom('ねえ、', '👋🏽', ' the'),
      ),
    }),
    { maxLength, size: 'max' },
  );

const byId = (messages: readonly Message[]) => messages.toSorted((a, b) => (a.messageId < b.messageId ? -1 : 1));

/** The database and the log's head at one moment. */
type Moment = {
  messages: readonly Message[];
  reply?: RunningReply;
  conversation: Conversation;
  you: You;
  at: number;
};

export type LegalLog = {
  events: readonly ConversationEvent[];
  /** What a join answers that reads the head at `seq` and the messages later, at `readAt`. */
  snapshot: (seq: number, readAt: number) => JoinAnswer;
};

export function legalLog(script: readonly Step[]): LegalLog {
  const events: ConversationEvent[] = [];
  let now: Moment = { messages: [], conversation, you, at: 1_000 };
  const moments: Moment[] = [now];
  let ids = 10;
  let taken: Message[] = [];

  function append(body: EventBody, change: Partial<Moment>): void {
    const at = now.at + 10;
    events.push({ ...body, seq: events.length + 1, at });
    now = { ...now, ...change, at };
    moments.push(now);
  }
  const running = () => (now.reply && now.reply.speaksUntil === undefined ? now.reply : undefined);

  for (const { kind, pick, text } of script) {
    const reply = running();
    const replyId = reply?.replyId ?? messageId(0);
    if (kind === 'post') {
      const author = pick % 3 === 0 ? { ...fan, id: me } : fan;
      const message: Message = { messageId: messageId(ids++), author, text, sentAt: now.at };
      append({ type: 'message.posted', message }, { messages: [...now.messages, message] });
    } else if (kind === 'start' && !reply) {
      const replyTo = now.messages.at(-1)?.messageId;
      const started = { replyId: messageId(ids++), author: twin, ...(replyTo && { replyTo }) };
      append({ type: 'reply.started', ...started, model: 'm' }, { reply: { ...started, text: '', sentences: [] } });
    } else if (kind === 'delta' && reply) {
      const delta = { replyId, index: reply.text.length, text };
      append({ type: 'reply.delta', ...delta }, { reply: { ...reply, text: reply.text + text } });
    } else if (kind === 'sentence' && reply) {
      const sentence: Sentence = {
        index: reply.sentences.length,
        text,
        mood: { name: 'happy', intensity: 0.5 },
        startsAt: now.at + 100,
        durationMs: 500,
        visemes: [],
        words: [],
      };
      const said = { ...reply, sentences: [...reply.sentences, sentence] };
      append({ type: 'reply.sentence', replyId, ...sentence }, { reply: said });
    } else if (kind === 'end' && reply) {
      const finish = finishes[pick % finishes.length] ?? 'complete';
      const goesOn = finish === 'complete' || finish === 'failed';
      const speaksUntil = now.at + 10 + (pick % 80);
      const { author, replyTo } = reply;
      const message: Message = {
        messageId: replyId,
        author,
        text: reply.text,
        sentAt: now.at + 10,
        finish,
        ...(replyTo && { replyTo }),
      };
      append(
        { type: 'reply.ended', replyId, finish, text: reply.text, ...(goesOn && { speaksUntil }) },
        { messages: byId([...now.messages, message]), reply: goesOn ? { ...reply, speaksUntil } : undefined },
      );
    } else if (kind === 'silence' && now.reply && !reply) {
      append({ type: 'reply.silenced', replyId: now.reply.replyId }, { reply: undefined });
    } else if (kind === 'restart' && reply) {
      append({ type: 'reply.restarted', replyId }, { reply: { ...reply, text: '', sentences: [] } });
    } else if (kind === 'takeOver' && reply && reply.text !== '') {
      const { author, replyTo, text: published } = reply;
      const again = { replyId, author, text: published, ...(replyTo && { replyTo }) };
      append({ type: 'reply.started', ...again, model: 'm2' }, {});
    } else if (kind === 'remove' && now.messages.length > 0) {
      const message = now.messages[pick % now.messages.length] as Message;
      taken = [...taken, message];
      append(
        { type: 'message.removed', messageId: message.messageId, reason: 'rules' },
        { messages: now.messages.filter((other) => other !== message) },
      );
    } else if (kind === 'restore' && taken.length > 0) {
      const message = taken[pick % taken.length] as Message;
      taken = taken.filter((other) => other !== message);
      append({ type: 'message.restored', message }, { messages: byId([...now.messages, message]) });
    } else if (kind === 'change') {
      const ownerEpoch = now.conversation.ownerEpoch + 1;
      const changed = { mode: pick % 2 ? ('ai' as const) : ('human' as const), ownerEpoch, slowModeSeconds: pick % 30 };
      append({ type: 'conversation.changed', ...changed }, { conversation: { ...now.conversation, ...changed } });
    } else if (kind === 'restrict') {
      const restricted = { kind: 'timeout' as const, until: now.at + pick };
      const mine = pick % 2 === 0;
      append(
        { type: 'member.restricted', userId: mine ? me : UserId.parse(fan.id), ...restricted },
        mine ? { you: { ...now.you, restricted } } : {},
      );
    } else if (kind === 'tip') {
      append({ type: 'tip.received', transferId: `t${pick}`, author: fan, amount: pick + 1, currency: 'JPY' }, {});
    }
  }

  return {
    events,
    snapshot(seq, readAt) {
      const head = moments[seq] as Moment;
      const read = moments[readAt] as Moment;
      return {
        conversation: head.conversation,
        you: head.you,
        epoch,
        seq,
        reset: true,
        messages: [...read.messages],
        events: [],
        ...(head.reply && { reply: head.reply }),
      };
    },
  };
}

/**
 * What follows `after`, as a catch-up may send it: neighbouring deltas of a reply folded, and the deltas of replies
 * that have ended left out. `choose` says where.
 */
export function catchUp(
  events: readonly ConversationEvent[],
  after: number,
  upTo: number,
  choose: (n: number) => boolean,
): ConversationEvent[] {
  const list = events.slice(0, upTo);
  const ended = list.flatMap((event) => (event.type === 'reply.ended' && choose(-event.seq) ? [event.replyId] : []));
  const folded: ConversationEvent[] = [];
  for (const event of list) {
    const previous = folded.at(-1);
    if (event.type === 'reply.delta' && previous?.type === 'reply.delta' && choose(event.seq)) {
      const from = previous.from ?? previous.seq;
      folded[folded.length - 1] = { ...event, index: previous.index, text: previous.text + event.text, from };
    } else folded.push(event);
  }
  return folded.filter(
    (event) => event.seq > after && !(event.type === 'reply.delta' && ended.includes(event.replyId)),
  );
}
