/** All keys and channels of a conversation carry its hash tag, so that one script may touch them on a cluster. */
export function createKeys(prefix: string) {
  const ofConversation = (id: string, part: string) => `${prefix}{c:${id}}:${part}`;
  return {
    /** In the order in which every conversation script takes them. */
    log: (id: string) => [
      ofConversation(id, 'head'),
      ofConversation(id, 'log'),
      ofConversation(id, 'seen'),
      ofConversation(id, 'text'),
      ofConversation(id, 'spoken'),
      ofConversation(id, 'waiting'),
    ],
    head: (id: string) => ofConversation(id, 'head'),
    stream: (id: string) => ofConversation(id, 'log'),
    waiting: (id: string) => ofConversation(id, 'waiting'),
    feed: (id: string) => ofConversation(id, 'feed'),
    people: (id: string) => ofConversation(id, 'people'),
    serverAlive: (serverId: string) => `${prefix}server:${serverId}`,
    /** A hash tag: Bull's scripts touch many keys of one prefix. */
    queues: (name: string) => `${prefix}{${name}}`,
    prefix,
  };
}

export type RedisKeys = ReturnType<typeof createKeys>;
