import type { IncomingMessage } from 'node:http';
import { Fan } from '../fan.ts';

type Manager = {
  engine?: { transport?: { ws?: { once: (event: 'upgrade', listener: (answer: IncomingMessage) => void) => void } } };
  opts: { extraHeaders?: Record<string, string> };
  on: (event: 'reconnect_attempt', listener: () => void) => void;
};

const RETURN_MS = 200;

/** A fan who keeps HAProxy's cookie, as a browser does, and notes when the connection was lost. */
export class ChaosFan extends Fan {
  /** The server that HAProxy keeps it on, from 0; -1 before it is known. */
  server = -1;
  readonly lostAtMs: number[] = [];

  constructor(url: string, token: string, userId: string, displayName: string) {
    super(url, token);
    this.userId = userId;
    this.displayName = displayName;
    this.socket.on('disconnect', () => this.lostAtMs.push(performance.now()));
    this.socket.on('connect_error', (refusal: Error & { data?: { retryAfterMs?: number } }) => {
      if (this.socket.active) return; // the library tries again by itself when nobody answered, but not after a refusal
      setTimeout(() => this.socket.connect(), Math.max(refusal.data?.retryAfterMs ?? 0, RETURN_MS));
    });
    const manager = this.socket.io as unknown as Manager;
    const keepCookie = () =>
      manager.engine?.transport?.ws?.once('upgrade', ({ headers }) => {
        const [, name, server] = /^(node=s(\d+))/.exec(headers['set-cookie']?.[0] ?? '') ?? [];
        if (!name) return;
        this.server = Number(server) - 1;
        manager.opts.extraHeaders = { cookie: name };
      });
    keepCookie();
    manager.on('reconnect_attempt', () => queueMicrotask(keepCookie)); // the next connection is opened in this turn
  }
}
