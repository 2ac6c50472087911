import { JOINED_MAX } from '@fantwin/shared/limits';
import type { JoinAnswer, requests } from '@fantwin/shared/live';
import type { Namespace } from 'socket.io';
import { AppError } from '../core/errors.ts';
import { type AppSocket, onRequest, type RequestTable, type ServerEvents } from '../platform/sockets.ts';
import type { Conversations, JoinInput } from './conversations.ts';
import type { Feeds } from './feed.log.ts';
import type { Members } from './members.ts';

export type LiveNamespace = Namespace<
  Record<string, never>,
  Record<string, (payload: unknown) => void>,
  ServerEvents,
  AppSocket['data']
>;

export const conversationRoom = (conversationId: string) => `c:${conversationId}`;
export const userRoom = (userId: string) => `u:${userId}`;

/** Where a socket stands in a conversation; `behind` while it takes no events because its buffer is full. */
export type Place = { behind?: { epoch: string; after: number } };
export type Places = WeakMap<AppSocket, Map<string, Place>>;

type RoomDeps = {
  conversations: Conversations;
  feeds: Feeds;
  members: Members;
  places: Places;
  /** A join was answered, with a snapshot or with what was missed. */
  onJoined: (reset: boolean) => void;
  onTrouble: (error: unknown) => void;
};

export function createRooms({ conversations, feeds, members, places, onJoined, onTrouble }: RoomDeps) {
  const of = (socket: AppSocket) => {
    let mine = places.get(socket);
    if (!mine) {
      mine = new Map();
      places.set(socket, mine);
    }
    return mine;
  };

  /** Takes part from now on. Joining again is answered anew and changes nothing else. */
  async function join(
    socket: AppSocket,
    input: JoinInput,
    onEnter?: (answer: JoinAnswer) => void,
  ): Promise<JoinAnswer> {
    const mine = of(socket);
    const { conversationId } = input;
    refuseTooMany(mine, conversationId);
    const feed = await feeds.watch(conversationId);
    let entered = false;
    try {
      return await conversations.join(socket.data.who, input, feed, (answer) => {
        if (!socket.connected) throw new AppError('unavailable', 'The connection closed.');
        refuseTooMany(mine, conversationId); // others may have entered meanwhile
        onEnter?.(answer);
        onJoined(answer.reset);
        void socket.join(conversationRoom(conversationId));
        if (mine.has(conversationId)) {
          mine.set(conversationId, {});
          return;
        }
        entered = true;
        mine.set(conversationId, {});
        members.enter(conversationId, socket.data.who.userId);
      });
    } finally {
      if (!entered) feeds.release(conversationId);
    }
  }

  function leave(socket: AppSocket, conversationId: string): void {
    if (!of(socket).delete(conversationId)) return;
    void socket.leave(conversationRoom(conversationId));
    members.leave(conversationId, socket.data.who.userId);
    feeds.release(conversationId);
  }

  /** As a join, told by a `resumed` broadcast. */
  async function resume(socket: AppSocket, input: JoinInput): Promise<void> {
    try {
      await join(socket, input, (answer) =>
        socket.emit('resumed', { conversationId: input.conversationId, ...answer }),
      );
    } catch (error) {
      if (!(error instanceof AppError)) onTrouble(error); // the client asks by itself when no `resumed` comes
    }
  }

  function leaveAll(socket: AppSocket): void {
    for (const conversationId of of(socket).keys()) leave(socket, conversationId);
  }

  return { of, join, leave, leaveAll, resume };
}

function refuseTooMany(mine: Map<string, Place>, conversationId: string): void {
  if (mine.size < JOINED_MAX || mine.has(conversationId)) return;
  throw new AppError('busy', `A page can be in at most ${JOINED_MAX} conversations at once. Leave one first.`);
}

export type Rooms = ReturnType<typeof createRooms>;

type RequestDeps = Pick<RoomDeps, 'conversations' | 'feeds'> & { now: () => number };

export function conversationRequests(table: RequestTable<typeof requests>, rooms: Rooms, deps: RequestDeps): void {
  onRequest(table, 'conversation:join', (input, _who, socket) => rooms.join(socket, input));
  onRequest(table, 'conversation:leave', ({ conversationId }, _who, socket) => {
    rooms.leave(socket, conversationId);
    return {};
  });
  onRequest(table, 'conversation:events', (input, _who, socket) => {
    const feed = rooms.of(socket).has(input.conversationId) && deps.feeds.get(input.conversationId);
    if (!feed) throw new AppError('forbidden', 'Join the conversation first.');
    return deps.conversations.eventsAfter(input, feed);
  });
  onRequest(table, 'clock:read', () => ({ now: deps.now() }));
}
