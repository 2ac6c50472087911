import type { createShardedAdapter } from '@socket.io/redis-adapter';

type Open = ReturnType<typeof createShardedAdapter>;
/** What of Socket.IO's adapter encodes a broadcast, once for all its sockets. Its types keep it to themselves. */
type Encoder = { _encode: (packet: unknown, options: { wsPreEncodedFrame?: Buffer[] }) => unknown };

/**
 * A broadcast goes to each socket as the header and the body of its frame: two pieces, which Node hands over by a call that
 * costs more than the copy into one, made once.
 */
export function inOneWrite(open: Open): Open {
  return function openInOneWrite(namespace) {
    // Socket.IO calls it with `new`
    const adapter = open(namespace);
    const encoder = adapter as unknown as Encoder;
    const encode = encoder._encode.bind(adapter);
    encoder._encode = (packet, options) => {
      const encoded = encode(packet, options);
      const frame = options.wsPreEncodedFrame;
      if (frame && frame.length > 1) options.wsPreEncodedFrame = [Buffer.concat(frame)];
      return encoded;
    };
    return adapter;
  };
}
