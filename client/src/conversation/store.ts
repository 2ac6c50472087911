import type { ConversationId, MessageId } from '@fantwin/shared/ids';
import type { Broadcast, Handshake, JoinAnswer, Output } from '@fantwin/shared/live';
import { JOINED_MAX } from '@fantwin/shared/limits';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { RequestError } from '../net/request-error.ts';
import { applyCatchUp, applyEvents, applyJoin, applyUnreadable, emptyLog, type LogState, lost } from './event-log.ts';
import { type Outgoing, type OutgoingChange, withChange, without, withOutgoing } from './outgoing.ts';

/** What one page knows of one conversation. */
export type Room = {
  log: LogState;
  people?: number;
  outgoing: readonly Outgoing[];
  /** How many are answered before a message of mine. */
  places: Readonly<Record<MessageId, number>>;
  /** Why we are not let in. */
  refusal?: RequestError;
};

export const emptyRoom: Room = { log: emptyLog, outgoing: [], places: {} };

type Joined = Omit<JoinAnswer, 'you'> & Partial<Pick<JoinAnswer, 'you'>>;

type ConversationState = {
  rooms: Readonly<Record<ConversationId, Room>>;
  apply: (batch: Broadcast<'events'>) => void;
  applyJoin: (id: ConversationId, answer: Joined) => void;
  applyCatchUp: (id: ConversationId, after: number, answer: Output<'conversation:events'>) => void;
  applyUnreadable: (id: ConversationId) => void;
  lose: (id: ConversationId) => void;
  refuse: (id: ConversationId, refusal: RequestError) => void;
  enter: (id: ConversationId) => void;
  leave: (id: ConversationId) => void;
  countPeople: (presence: Broadcast<'presence'>) => void;
  setPlace: (id: ConversationId, messageId: MessageId, place: number) => void;
  addOutgoing: (id: ConversationId, message: Outgoing) => void;
  changeOutgoing: (id: ConversationId, clientKey: string, change: OutgoingChange) => void;
  dropOutgoing: (id: ConversationId, clientKey: string) => void;
};

export type ConversationStore = typeof conversationStore;
export const conversationStore = createStore<ConversationState>((set) => {
  /** Conversations that we are not in have no room, and what comes for them changes nothing. */
  const change = (id: ConversationId, next: (room: Room) => Partial<Room>) =>
    set(({ rooms }) => {
      const room = rooms[id];
      return room ? { rooms: { ...rooms, [id]: { ...room, ...next(room) } } } : {};
    });
  const changeLog = (id: ConversationId, next: (log: LogState) => LogState) =>
    change(id, ({ log }) => ({ log: next(log) }));

  return {
    rooms: {},
    apply: (batch) => changeLog(batch.conversationId, (log) => applyEvents(log, batch)),
    applyJoin: (id, answer) => change(id, ({ log }) => ({ log: applyJoin(log, answer), refusal: undefined })),
    applyCatchUp: (id, after, answer) => changeLog(id, (log) => applyCatchUp(log, after, answer)),
    applyUnreadable: (id) => changeLog(id, applyUnreadable),
    lose: (id) => changeLog(id, lost),
    refuse: (id, refusal) => change(id, () => ({ refusal })),
    enter: (id) => set(({ rooms }) => ({ rooms: { ...rooms, [id]: emptyRoom } })),
    leave: (id) =>
      set(({ rooms }) => {
        const { [id]: _, ...others } = rooms;
        return { rooms: others };
      }),
    countPeople: ({ conversationId, count }) => change(conversationId, () => ({ people: count })),
    setPlace: (id, messageId, place) => change(id, ({ places }) => ({ places: { ...places, [messageId]: place } })),
    addOutgoing: (id, message) => change(id, ({ outgoing }) => ({ outgoing: withOutgoing(outgoing, message) })),
    changeOutgoing: (id, clientKey, news) =>
      change(id, ({ outgoing }) => ({ outgoing: withChange(outgoing, clientKey, news) })),
    dropOutgoing: (id, clientKey) => change(id, ({ outgoing }) => ({ outgoing: without(outgoing, clientKey) })),
  };
});

export const useConversationStore = <T>(select: (state: ConversationState) => T): T =>
  useStore(conversationStore, select);

/** What a connecting socket tells the server that it has. */
export function joinedNow(rooms: ConversationState['rooms']): NonNullable<Handshake['joined']> {
  const joined = Object.entries(rooms).flatMap(([id, { log }]) =>
    log.epoch === undefined ? [] : [{ conversationId: id as ConversationId, epoch: log.epoch, after: log.seq }],
  );
  return joined.slice(0, JOINED_MAX);
}
