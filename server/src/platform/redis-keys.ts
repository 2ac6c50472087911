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
      ofConversation(id, 'watchers'),
    ],
    head: (id: string) => ofConversation(id, 'head'),
    stream: (id: string) => ofConversation(id, 'log'),
    waiting: (id: string) => ofConversation(id, 'waiting'),
    /** The servers that take its events: those whose feed stands in the log. */
    watchers: (id: string) => ofConversation(id, 'watchers'),
    feed: (id: string) => ofConversation(id, 'feed'),
    people: (id: string) => ofConversation(id, 'people'),
    /** Servers with a reply queue of their own. */
    homes: `${prefix}homes`,
    serverAlive: (serverId: string) => `${prefix}server:${serverId}`,
    /** A hash tag: Bull's scripts touch many keys of one prefix. */
    queues: (name: string) => `${prefix}{${name}}`,
    prefix,
  };
}

export type RedisKeys = ReturnType<typeof createKeys>;
