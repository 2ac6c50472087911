import type { Language } from '@fantwin/shared/characters';
import type {
  Conversation,
  ConversationChange,
  ConversationKind,
  ConversationSummary,
  Message,
  Voice,
  You,
} from '@fantwin/shared/conversations';
import type { ConversationEvent } from '@fantwin/shared/events';
import type { ConversationId } from '@fantwin/shared/ids';
import { CATCH_UP_MAX_EVENTS, PAGE_EVENTS, PAGE_MESSAGES, PEOPLE_MAX } from '@fantwin/shared/limits';
import type { Input, JoinAnswer, Output } from '@fantwin/shared/live';
import { can, type ConversationFacts } from '../accounts/permissions.ts';
import { AppError } from '../core/errors.ts';
import { share } from '../core/share.ts';
import type { Who } from '../core/who.ts';
import type { ConversationStore, StoredConversation } from './conversations.store.ts';
import type { EventLog } from './events.log.ts';
import type { Feed } from './feed.log.ts';
import { foldEvents } from './fold.ts';
import type { MessageStore } from './messages.store.ts';

type Deps = {
  store: ConversationStore;
  messages: MessageStore;
  log: EventLog;
  canReply: () => boolean;
  voiceFor: (language: Language, voice: string | null) => Voice;
  peopleIn: (conversationIds: string[]) => Promise<number[]>;
  /** What goes on in a conversation that has ended. */
  onClosed: (conversation: StoredConversation) => Promise<void>;
  newId: () => string;
  now: () => number;
};

/** Raw events read for one page, before they are folded. */
const READ_MAX = 2_000;
const LIST_MAX = 100;
const JOIN_TRIES = 4;

export type JoinInput = Input<'conversation:join'>;
type Changed = { id: ConversationId; title: string; open: boolean };
export type CreateInput = { characterId: string; kind: ConversationKind; title?: string };

/** What of a conversation decides about rights. */
export const facts = ({ id, kind, fanId, character }: StoredConversation): ConversationFacts => ({
  id,
  kind,
  fanId,
  characterId: character.id,
  creatorId: character.creatorId,
});

export function createConversations(deps: Deps) {
  // Thousands come at once when another server is lost.
  const byId = share(deps.store.byId);
  const snapshot = share(readSnapshot);

  /** Throws `not-found` also where it exists but is none of their business. */
  async function visible(who: Who | undefined, id: string): Promise<StoredConversation> {
    const conversation = await byId(id);
    if (!conversation?.open || !can(who, 'conversation:read', facts(conversation)))
      throw new AppError('not-found', 'This conversation does not exist or has ended.');
    return conversation;
  }

  function toView(conversation: StoredConversation): Conversation {
    const { fanId: _fan, wordList: _words, open, persona: _persona, voice, ...shown } = conversation;
    return {
      ...shown,
      ...(!open && { open }),
      canReply: deps.canReply(),
      voice: deps.voiceFor(shown.character.language, voice),
    };
  }

  async function standing(who: Who, conversation: StoredConversation): Promise<You> {
    const restricted = await deps.store.restriction(conversation.id, who.userId, deps.now());
    if (restricted?.kind === 'ban')
      throw new AppError('forbidden', 'You cannot take part in this conversation any more.');
    return {
      userId: who.userId,
      canModerate: can(who, 'conversation:moderate', facts(conversation)),
      ...(restricted && { restricted }),
    };
  }

  async function refuseWhenFull({ id, kind }: StoredConversation): Promise<void> {
    const [people = 0] = await deps.peopleIn([id]);
    if (people >= PEOPLE_MAX[kind])
      throw new AppError('busy', 'This conversation is full right now.', { retryAfterMs: 30_000 });
  }

  /**
   * What a joining client needs. `enter` runs in the same tick in which the answer is complete: from then on the room
   * carries on where the answer ends.
   */
  async function join(
    who: Who,
    input: JoinInput,
    feed: Feed,
    enter: (answer: JoinAnswer) => void,
  ): Promise<JoinAnswer> {
    const conversation = await visible(who, input.conversationId);
    if (input.after === undefined) await refuseWhenFull(conversation);
    const you = await standing(who, conversation);
    for (let tries = 0; tries < JOIN_TRIES; tries += 1) {
      const past = (await catchUp(input, feed)) ?? (await fresh(conversation.id, feed));
      const whole = past && complete(past, feed);
      if (!whole) continue;
      if (whole.events.length > CATCH_UP_MAX_EVENTS && !whole.reset) {
        input = { conversationId: input.conversationId };
        continue;
      }
      const answer = { conversation: toView(conversation), you, ...whole };
      enter(answer);
      return answer;
    }
    throw new AppError('unavailable', 'The conversation moves too fast to enter. Please try again.', {
      retryAfterMs: 500,
    });
  }

  /** The same for everybody who is in the room: its log began a new epoch. */
  async function restart(id: ConversationId, feed: Feed): Promise<Omit<JoinAnswer, 'you'> | undefined> {
    const conversation = await deps.store.byId(id);
    for (let tries = 0; conversation && tries < JOIN_TRIES; tries += 1) {
      const past = await fresh(id, feed);
      const whole = past && complete(past, feed);
      if (whole) return { conversation: toView(conversation), ...whole };
    }
    return undefined;
  }

  type Past = Pick<JoinAnswer, 'epoch' | 'seq' | 'reset' | 'messages' | 'reply' | 'events'>;

  /** Up to where the feed stands in this very tick, or undefined where the feed has left it behind. */
  function complete(past: Past, feed: Feed): Past | undefined {
    const late = past.epoch === feed.epoch ? feed.since(past.events.at(-1)?.seq ?? past.seq) : undefined;
    return late && { ...past, events: foldEvents([...past.events, ...late]) };
  }

  /** Only the events after `after`, or undefined where that cannot be had. */
  async function catchUp({ after, epoch, conversationId }: JoinInput, feed: Feed): Promise<Past | undefined> {
    if (after === undefined || epoch !== feed.epoch) return undefined;
    const known = feed.since(after);
    const events = known ?? (await readAfter(conversationId, after));
    return events && { epoch, seq: after, reset: false, messages: [], events };
  }

  /** The head and the running reply first, then the messages. */
  async function readSnapshot(conversationId: ConversationId) {
    const head = await deps.log.snapshot(conversationId);
    return { ...head, messages: await deps.messages.page(conversationId, PAGE_MESSAGES) };
  }

  /** A snapshot, then what was appended since it was taken: nothing falls between, however old it is. */
  async function fresh(conversationId: ConversationId, feed: Feed): Promise<Past | undefined> {
    const { epoch, seq, reply, messages } = await snapshot(conversationId);
    if (epoch !== feed.epoch) {
      await feed.refresh();
      return undefined;
    }
    const events = feed.since(seq) ?? (await readAfter(conversationId, seq));
    return events && { epoch, seq, reset: true, messages, reply, events };
  }

  /** All events after `seq`, or undefined where the log no longer reaches back that far. */
  async function readAfter(conversationId: string, seq: number): Promise<ConversationEvent[] | undefined> {
    const events: ConversationEvent[] = [];
    for (let more = true; more; ) {
      const read = await deps.log.after(conversationId, events.at(-1)?.seq ?? seq, READ_MAX);
      events.push(...read);
      more = read.length === READ_MAX;
    }
    return events[0] && events[0].seq > seq + 1 ? undefined : events;
  }

  /** Fills a gap. Another epoch, or a place that was trimmed, is answered with no events: the client joins again. */
  async function eventsAfter(input: Input<'conversation:events'>, feed: Feed): Promise<Output<'conversation:events'>> {
    if (input.epoch !== feed.epoch) return { epoch: feed.epoch, events: [] };
    const events = feed.since(input.after) ?? (await deps.log.after(input.conversationId, input.after, READ_MAX));
    if (events[0] && events[0].seq > input.after + 1)
      throw new AppError('conflict', 'These events are no longer kept. Join the conversation again.');
    return { epoch: feed.epoch, events: foldEvents(events.slice(0, input.limit ?? PAGE_EVENTS)) };
  }

  async function list(who: Who | undefined, kind: ConversationKind): Promise<ConversationSummary[]> {
    const found = await deps.store.list(kind, who?.userId, LIST_MAX);
    const people = await deps.peopleIn(found.map(({ id }) => id));
    return found.map(({ id, title, character }, n) => ({ id, kind, title, character, people: people[n] ?? 0 }));
  }

  async function create(
    who: Who,
    input: CreateInput,
    character: { name: string; creatorId: string },
  ): Promise<Conversation> {
    const subject = { characterId: input.characterId, creatorId: character.creatorId };
    if (!can(who, input.kind === 'live' ? 'conversation:open-live' : 'conversation:open-private', subject))
      throw new AppError('forbidden', 'Only its creator can open a live conversation with this twin.');
    const id = await deps.store.create({
      id: deps.newId(),
      characterId: input.characterId,
      kind: input.kind,
      title: input.title ?? character.name,
      ...(input.kind === 'private' && { fanId: who.userId }),
      at: deps.now(),
    });
    return toView(await visible(who, id));
  }

  /** Tells everybody who is there. Repeated, it says the same again. */
  async function change(who: Who, id: ConversationId, input: ConversationChange): Promise<Changed> {
    const conversation = await deps.store.byId(id);
    if (conversation?.kind !== 'live' || !can(who, 'conversation:open-live', facts(conversation)))
      throw new AppError('not-found', 'You have no such live conversation.');
    await deps.store.change(id, input);
    if (input.open === false) await deps.messages.dismissWaiting(id); // they are not answered when it is opened again
    const { mode, ownerId, ownerEpoch, slowModeSeconds } = conversation;
    const { open, title } = { ...conversation, ...input };
    if (input.open !== undefined) {
      await deps.log.append(id, {
        type: 'conversation.changed',
        mode,
        ownerEpoch,
        slowModeSeconds,
        ...(ownerId && { ownerId }),
        open,
      });
      if (!open) await deps.onClosed(conversation);
    }
    return { id, open, title };
  }

  /** The newest live conversation of each character, with the people in it. */
  async function liveOf<C extends string>(characterIds: C[]): Promise<Map<C, Changed & { people: number }>> {
    const found = await deps.store.newestLive(characterIds);
    const people = await deps.peopleIn(found.map(({ id }) => id));
    return new Map(
      found.map(({ characterId, id, title, open }, n) => [
        characterId as C,
        { id: id as ConversationId, title, open, people: people[n] ?? 0 },
      ]),
    );
  }

  async function page(
    who: Who | undefined,
    id: string,
    limit: number,
    before?: string,
  ): Promise<{ items: Message[]; next?: string }> {
    await visible(who, id);
    const items = await deps.messages.page(id, limit, before);
    const [oldest] = items;
    return { items, ...(oldest && items.length === limit && { next: oldest.messageId }) };
  }

  return { visible, standing, join, restart, eventsAfter, list, create, change, liveOf, page };
}

export type Conversations = ReturnType<typeof createConversations>;
