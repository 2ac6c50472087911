// The bare peer: Socket.IO as its documentation shows it, with the transports, limits and pings of our server. It knows nobody,
// keeps nothing, checks nothing, and sends each token as it comes.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createShardedAdapter } from '@socket.io/redis-adapter';
import { Redis } from 'ioredis';
import { Server } from 'socket.io';
import { serve } from './child.ts';
import { createPacer } from './pacer.ts';
import { Story } from './stories.ts';

const { REDIS_URL, REDIS_PREFIX } = process.env;
const http = createServer();
const io = new Server(http, {
  ...(REDIS_URL && {
    adapter: createShardedAdapter(new Redis(REDIS_URL), new Redis(REDIS_URL), {
      channelPrefix: `${REDIS_PREFIX}io`,
      subscriptionMode: 'static',
    }),
  }),
  transports: ['websocket', 'polling'],
  maxHttpBufferSize: 32 * 1024,
  pingInterval: 10_000,
  pingTimeout: 8_000,
  serveClient: false,
});
const live = io.of('/live');
live.on('connection', (socket) => {
  const { joined } = socket.handshake.auth as { joined?: { conversationId: string }[] };
  for (const { conversationId } of joined ?? []) {
    void socket.join(conversationId);
    socket.emit('joined', { conversationId });
  }
  socket.on('join', ({ conversationId }: { conversationId: string }, acknowledge: (answer: unknown) => void) => {
    void socket.join(conversationId);
    acknowledge({ ok: true });
  });
});
const listening = new Promise<string>((resolve) => {
  http.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${(http.address() as AddressInfo).port}`));
});

const pacer = createPacer();
const streams: (() => void)[] = [];

const methods = {
  url: () => listening,
  /** Tells the story in each of these conversations, from its beginning. */
  stream({ conversationIds, perSecond }: { conversationIds: string[]; perSecond: number }): void {
    for (const id of conversationIds) {
      const story = new Story(id);
      let seq = 0;
      streams.push(
        pacer.start(
          perSecond,
          () => {
            live.to(id).emit('token', { seq, text: story.token(seq) });
            seq += 1;
          },
          1,
        ),
      );
    }
  },
  stop: () => streams.splice(0).forEach((stop) => stop()),
  collectGarbage: () => globalThis.gc?.(),
};
export type PeerMethods = typeof methods;

serve(methods);
