import { createEventLog, type EventLog } from '../../src/conversations/events.log.ts';
import { createConversationStore } from '../../src/conversations/conversations.store.ts';
import { createKeys } from '../../src/platform/redis-keys.ts';
import type { TestApp } from '../test-app.ts';

/** The log of a test's servers, as one more server would write to it. */
export function logOf({ stores }: TestApp): EventLog {
  const conversations = createConversationStore(stores.db);
  return createEventLog({
    redis: stores.redis(),
    keys: createKeys(stores.prefix),
    newEpoch: () => crypto.randomUUID(),
    loadStart: (id) => conversations.logStart(id),
  });
}
