import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { WireError } from '@fantwin/shared/errors';
import { namespace } from '@fantwin/shared/live';
import { Server, type ServerOptions, type Socket } from 'socket.io';

type Answer = { ok: true; data: unknown } | { ok: false; error: WireError } | 'silence';

/** A real Socket.IO server whose answers the test writes. */
export async function startLiveServer(options: Partial<ServerOptions> = {}) {
  const http = createServer();
  const io = new Server(http, options);
  const live = io.of(namespace);
  const asked: { name: string; input: unknown; socket: Socket }[] = [];
  const state = {
    /** Refuses a connection, or lets it in. */
    admit: (_auth: Record<string, unknown>): WireError | undefined => undefined,
    answer: (_name: string, _input: never, _socket: Socket): Answer => 'silence',
    onConnect: (_socket: Socket): void => undefined,
  };

  live.use((socket, next) => {
    const refusal = state.admit(socket.handshake.auth);
    next(refusal && Object.assign(new Error(refusal.code), { data: refusal }));
  });
  live.on('connection', (socket) => {
    socket.onAny((name: string, input: unknown, acknowledge: (answer: unknown) => void) => {
      asked.push({ name, input, socket });
      const answer = state.answer(name, input as never, socket);
      if (answer !== 'silence') acknowledge(answer);
    });
    state.onConnect(socket);
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));

  return {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    live,
    state,
    asked,
    count: (name: string) => asked.filter((request) => request.name === name).length,
    /** Cuts every connection as a dying server does: without a word. */
    cut: () => {
      for (const socket of live.sockets.values()) socket.conn.close();
    },
    close: () => new Promise<void>((resolve) => void io.close(() => resolve())),
  };
}

export type LiveServer = Awaited<ReturnType<typeof startLiveServer>>;
export const ok = (data: unknown): Answer => ({ ok: true, data });
export const refuse = (error: WireError): Answer => ({ ok: false, error });

/** Waits until `check` holds. */
export async function until(check: () => boolean, what: string, timeoutMs = 8_000): Promise<void> {
  const end = Date.now() + timeoutMs;
  while (!check()) {
    if (Date.now() > end) throw new Error(`waited in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
