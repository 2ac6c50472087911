import type { IncomingHttpHeaders } from 'node:http';
import type { ErrorCode } from '@fantwin/shared/errors';
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
  onSignIn: (outcome: 'ok' | ErrorCode, seconds: number) => void;
  onBug: (error: unknown) => void;
};

const sessionRoom = (sessionId: string) => `s:${sessionId}`;

/** Lets sockets in by their session, and gives each its requests and the places it had. */
export function serveLive({
  live,
  table,
  rooms,
  authenticate,
  addressOf,
  run,
  onConnected,
  onSignIn,
  onBug,
}: Deps): void {
  live.use((socket, next) => {
    const { handshake } = socket;
    const startedAt = performance.now();
    const told = (outcome: 'ok' | ErrorCode) => onSignIn(outcome, (performance.now() - startedAt) / 1000);
    authenticate(handshake).then(
      ({ sessionId, userId, displayName, roles, guest }) => {
        socket.data = { sessionId, who: { userId, displayName, roles, guest, address: addressOf(handshake) } };
        told('ok');
        next();
      },
      (error: unknown) => {
        const wire = toWireError(error);
        told(wire.code);
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
    forgetHandshake(socket);
    for (const place of joined) run('resume', () => rooms.resume(socket, place));
    socket.on('disconnecting', () => {
      rooms.leaveAll(socket);
      onConnected(-1);
    });
  });
}

/** The libraries keep what a connection came with for as long as it lasts; several KB that nobody reads any more. */
function forgetHandshake(socket: AppSocket): void {
  Object.assign(socket.conn, { request: undefined });
  Object.assign(socket.handshake, { headers: {}, query: {}, auth: {} });
}

/** Ends the sockets of a revoked session on this server. */
export function signOut(live: LiveNamespace, sessionId: string): void {
  const those = live.local.in(sessionRoom(sessionId));
  those.emit('notice', { kind: 'signed-out', text: 'You have been signed out.' });
  those.disconnectSockets(true);
}
