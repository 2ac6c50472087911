import { RoleGrant } from '@fantwin/shared/accounts';
import { UserId } from '@fantwin/shared/ids';
import { z } from 'zod';
import { defineScript, type RedisClient, reachRedis } from '../platform/redis.ts';

/** What a server must know of a session to let a socket in. */
export const SessionRecord = z.object({
  userId: UserId,
  displayName: z.string(),
  guest: z.boolean(),
  roles: z.array(RoleGrant),
  expiresAt: z.number(),
  refreshHash: z.string(),
  previousHash: z.string().nullable(),
  rotatedAt: z.number(),
});
export type SessionRecord = z.infer<typeof SessionRecord>;
export type SessionLog = ReturnType<typeof createSessionLog>;

const KEEP_MS = 6 * 3_600_000;
/** Long enough that nobody who read the session before its end still writes it back. */
const KEEP_REVOKED_MS = 10 * 60_000;
const revoked = 'revoked';

/** Notes which server the session is on, and keeps the copy for longer. */
const touchScript = `
local record = redis.call('HGET', KEYS[1], 'record')
if record and record ~= '${revoked}' then
  redis.call('HSET', KEYS[1], 'server', ARGV[1])
  redis.call('PEXPIRE', KEYS[1], ARGV[2])
end
return record`;

/** A revoked session is never overwritten by one who read Postgres before it was. */
const writeScript = `
if redis.call('HGET', KEYS[1], 'record') == '${revoked}' then return 0 end
redis.call('HSET', KEYS[1], 'record', ARGV[1])
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return 1`;

/** The copies of sessions that are read on every connect. Postgres has the truth; a lost copy is written again. */
export function createSessionLog(redis: RedisClient, prefix: string) {
  const touch = defineScript(redis, touchScript);
  const write = defineScript(redis, writeScript);
  const keyOf = (id: string): string => `${prefix}session:${id}`;
  const channel = `${prefix}sessions:revoked`;

  return {
    async read(id: string): Promise<SessionRecord | 'revoked' | undefined> {
      return parseRecord(await reachRedis(() => redis.hget(keyOf(id), 'record')));
    },

    async touch(id: string, serverId: string): Promise<SessionRecord | 'revoked' | undefined> {
      return parseRecord(await reachRedis(() => touch([keyOf(id)], [serverId, KEEP_MS])));
    },

    /** False when the session was revoked. */
    async write(id: string, record: SessionRecord): Promise<boolean> {
      return (await reachRedis(() => write([keyOf(id)], [JSON.stringify(record), KEEP_MS]))) === 1;
    },

    /** The copy lets nobody in any more. */
    async shut(id: string): Promise<void> {
      await reachRedis(() =>
        redis.multi().hset(keyOf(id), 'record', revoked).pexpire(keyOf(id), KEEP_REVOKED_MS).exec(),
      );
    },

    /** Tells every server, to be done after `shut`. */
    async announceEnd(id: string): Promise<void> {
      await reachRedis(() => redis.publish(channel, id));
    },

    /** `subscriber` is a connection for subscriptions; others may use it too. */
    async onRevoked(subscriber: RedisClient, listener: (sessionId: string) => void): Promise<() => Promise<void>> {
      const onMessage = (from: string, id: string): void => {
        if (from === channel) listener(id);
      };
      subscriber.on('message', onMessage);
      await subscriber.subscribe(channel);
      return async () => {
        subscriber.off('message', onMessage);
        await subscriber.unsubscribe(channel);
      };
    },
  };
}

/** A copy in a shape of another version counts as lost. */
function parseRecord(text: unknown): SessionRecord | 'revoked' | undefined {
  if (typeof text !== 'string') return undefined;
  if (text === revoked) return revoked;
  return SessionRecord.safeParse(JSON.parse(text)).data;
}
