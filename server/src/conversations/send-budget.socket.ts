import type { Feeds } from './feed.log.ts';
import { conversationRoom, type LiveNamespace, type Rooms } from './conversations.socket.ts';
import type { AppSocket } from '../platform/sockets.ts';

const LOOK_EVERY_MS = 250;
/** A socket with more than this waiting to be sent leaves its rooms until it is drained. */
const BEHIND_BYTES = 256 * 1024;
const DRAINED_BYTES = 16 * 1024;
/** One with more than this is closed. */
const CLOSE_BYTES = 4 * 1024 * 1024;

type Deps = {
  live: LiveNamespace;
  rooms: Rooms;
  feeds: Feeds;
  /** Told at every look, with the number of sockets that are behind. */
  onLook: (behind: number) => void;
  onClosed: () => void;
};

/** A slow client costs only itself: it is taken out of the rooms, and catches up with one folded answer. */
export class SendBudget {
  readonly #deps: Deps;
  readonly #timer: NodeJS.Timeout;
  readonly #behind = new Set<AppSocket>();

  constructor(deps: Deps) {
    this.#deps = deps;
    this.#timer = setInterval(() => this.#look(), LOOK_EVERY_MS);
  }

  close(): void {
    clearInterval(this.#timer);
  }

  #look(): void {
    for (const socket of this.#deps.live.sockets.values()) {
      const waiting = bytesWaiting(socket);
      if (waiting > CLOSE_BYTES) {
        this.#deps.onClosed();
        cutOff(socket);
      } else if (waiting > BEHIND_BYTES && !this.#behind.has(socket)) this.#stepOut(socket);
      else if (waiting < DRAINED_BYTES && this.#behind.has(socket)) this.#stepIn(socket);
    }
    for (const socket of this.#behind) if (!socket.connected) this.#behind.delete(socket);
    this.#deps.onLook(this.#behind.size);
  }

  #stepOut(socket: AppSocket): void {
    this.#behind.add(socket);
    for (const [conversationId, place] of this.#deps.rooms.of(socket)) {
      const feed = this.#deps.feeds.get(conversationId);
      if (!feed) continue;
      void socket.leave(conversationRoom(conversationId));
      place.behind = { epoch: feed.epoch, after: feed.seq };
    }
  }

  #stepIn(socket: AppSocket): void {
    this.#behind.delete(socket);
    for (const [conversationId, place] of this.#deps.rooms.of(socket))
      if (place.behind)
        void this.#deps.rooms.resume(socket, { conversationId: conversationId as never, ...place.behind });
  }
}

/** The part of engine.io's connection that its types leave out. */
type Connection = {
  writeBuffer: { data?: unknown }[];
  transport: { socket?: { bufferedAmount?: number; terminate?: () => void } };
  close: (discard: boolean) => void;
};

const connectionOf = (socket: AppSocket) => socket.conn as unknown as Connection;

/** Without a closing handshake, which would wait for a client that does not read. */
export function cutOff(socket: AppSocket): void {
  const { transport } = connectionOf(socket);
  if (transport.socket?.terminate) transport.socket.terminate();
  else connectionOf(socket).close(true);
}

/** What engine.io holds for a socket, and what the operating system has not taken yet. */
function bytesWaiting(socket: AppSocket): number {
  const { writeBuffer, transport } = connectionOf(socket);
  let bytes = transport.socket?.bufferedAmount ?? 0;
  for (const { data } of writeBuffer) if (typeof data === 'string') bytes += data.length;
  return bytes;
}
