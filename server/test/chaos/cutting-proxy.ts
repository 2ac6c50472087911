import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export type CuttingProxy = Awaited<ReturnType<typeof startCuttingProxy>>;

const LOOK_MS = 100;

/** A TCP proxy that hands everything on, and cuts connections when it is told to, as a bad network does. */
export async function startCuttingProxy(target: URL) {
  const pairs = new Set<readonly [Socket, Socket]>();
  const server = createServer((client) => {
    const upstream = connect(Number(target.port), target.hostname);
    const pair = [client, upstream] as const;
    pairs.add(pair);
    for (const [from, to] of [pair, [upstream, client] as const]) {
      from.setNoDelay();
      from.pipe(to);
      from.on('error', () => to.destroy());
      from.on('close', () => {
        to.destroy();
        pairs.delete(pair);
      });
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;

  function cutOne(): void {
    const all = [...pairs];
    const chosen = all[Math.floor(Math.random() * all.length)];
    for (const socket of chosen ?? []) socket.resetAndDestroy();
  }

  return {
    url: `http://127.0.0.1:${port}`,

    /** Cuts this share of the connections each minute, and at least one. */
    async cut(sharePerMinute: number, forMs: number): Promise<void> {
      const until = performance.now() + forMs;
      for (let due = 1; performance.now() < until; due += (pairs.size * sharePerMinute * LOOK_MS) / 60_000) {
        for (; due >= 1; due -= 1) cutOne();
        await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
      }
    },

    async close(): Promise<void> {
      for (const [client, upstream] of pairs) {
        client.destroy();
        upstream.destroy();
      }
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
