import type { Server as HttpServer } from 'node:http';
import { sleep } from '../core/sleep.ts';

/** The part of a client's connection (engine.io's) that matters here. */
export type Connection = { close: () => void };

type Moving = {
  connections: readonly Connection[];
  /** All are closed within about this time, a few sooner. */
  overMs: number;
  onClosed: (count: number) => void;
};

/** No slower than this, from one client to the next. */
const APART_MS = 50;
const STEP_MS = 100;

/**
 * Closes connections a few at a time, so that their clients do not all come to the other servers at once: each of them
 * comes back by itself, as after a lost network.
 */
export async function moveAway({ connections, overMs, onClosed }: Moving): Promise<void> {
  const windowMs = Math.min(overMs, connections.length * APART_MS);
  const steps = Math.ceil(windowMs / STEP_MS);
  let closed = 0;
  for (let step = 1; step <= steps; step += 1) {
    const group = connections.slice(closed, Math.round((connections.length * step) / steps));
    for (const connection of group) connection.close();
    onClosed(group.length);
    closed += group.length;
    await sleep((windowMs / steps) * (0.5 + Math.random()));
  }
}

/** Takes no new connections, and lets those go that wait for a request. Resolves when the last one is gone. */
export function stopListening(server: HttpServer): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()));
}
