import type { IncomingHttpHeaders } from 'node:http';
import { Handshake, type requests } from '@fantwin/shared/live';
import type { AuthenticateSocket } from '../accounts/session.socket.ts';
import { toWireError } from '../core/errors.ts';
import type { AppSocket, RequestTable } from '../platform/sockets.ts';
import { type LiveNamespace, type Rooms, userRoom } from './conversations.socket.ts';

type Deps = {
  live: LiveNamespace;
  table: RequestTable<typeof requests>;
  rooms: Rooms;
  authenticate: AuthenticateSocket;
  /** What a client's address counts under, whatever proxies stand between. */
  addressOf: (handshake: { address: string; headers: IncomingHttpHeaders }) => string;
  run: (name: string, task: () => Promise<unknown>) => void;
  onConnected: (difference: 1 | -1) => void;
  onBug: (error: unknown) => void;
};

const sessionRoom = (sessionId: string) => `s:${sessionId}`;

/** Lets sockets in by their session, and gives each its requests and the places it had. */
export function serveLive({ live, table, rooms, authenticate, addressOf, run, onConnected, onBug }: Deps): void {
  live.use((socket, next) => {
    const { handshake } = socket;
    authenticate(handshake).then(
      ({ sessionId, userId, displayName, roles }) => {
        socket.data = { sessionId, who: { userId, displayName, roles, address: addressOf(handshake) } };
        next();
      },
      (error: unknown) => {
        const wire = toWireError(error);
        if (wire.code === 'internal') onBug(error);
        next(Object.assign(new Error(wire.message), { data: wire }));
      },
    );
  });

  live.on('connection', (socket: AppSocket) => {
    onConnected(1);
    void socket.join([userRoom(socket.data.who.userId), sessionRoom(socket.data.sessionId)]);
    table.attach(socket);
    const { joined = [] } = Handshake.safeParse(socket.handshake.auth).data ?? {};
    for (const place of joined) run('resume', () => rooms.resume(socket, place));
    socket.on('disconnecting', () => {
      rooms.leaveAll(socket);
      onConnected(-1);
    });
  });
}

/** Ends the sockets of a revoked session on this server. */
export function signOut(live: LiveNamespace, sessionId: string): void {
  const those = live.local.in(sessionRoom(sessionId));
  those.emit('notice', { kind: 'signed-out', text: 'You have been signed out.' });
  those.disconnectSockets(true);
}
