import { randomBytes, randomUUID } from 'node:crypto';
import type { UserId } from '@fantwin/shared/ids';
import type { Redis } from 'ioredis';
import { uuidv7 } from 'uuidv7';
import { createSessionLog } from '../server/src/accounts/session.log.ts';
import { demoUsers } from '../server/src/accounts/seed.ts';
import { demoCharacterId } from '../server/src/characters/seed.ts';
import { createConversationStore } from '../server/src/conversations/conversations.store.ts';
import type { Db } from '../server/src/db/open-db.ts';
import { createAccessTokens } from '../server/src/platform/access-tokens.ts';

/** Somebody who is signed in, and where they want to be. */
export type Person = { userId: string; token: string; conversationId: string };

type Stores = { db: Db; redis: Redis; prefix: string; secret: string };

const PAGE = 500;
const HOUR_MS = 3_600_000;

/** What sign-ins and new conversations leave in the stores, written at once: how it came there is not measured. */
export function createPeople({ db, redis, prefix, secret }: Stores) {
  const log = createSessionLog(redis, prefix);
  const tokens = createAccessTokens(new TextEncoder().encode(secret));
  const conversations = createConversationStore(db);

  async function session(userId: string, displayName: string, guest: boolean) {
    const id = uuidv7();
    const at = Date.now();
    const times = { rotatedAt: at, expiresAt: at + 24 * HOUR_MS };
    const refreshHash = randomBytes(32).toString('hex');
    const record = {
      userId: userId as UserId,
      displayName,
      guest,
      roles: [],
      refreshHash,
      previousHash: null,
      ...times,
    };
    const token = await (await tokens).sign({ userId, sessionId: id }, { now: at, expiresAt: at + HOUR_MS });
    const row = {
      id,
      user_id: userId,
      refresh_hash: refreshHash,
      previous_hash: null,
      rotated_at: at,
      created_at: at,
      expires_at: times.expiresAt,
    };
    return { id, record, token, row };
  }

  async function guests(count: number): Promise<Omit<Person, 'conversationId'>[]> {
    const people: Omit<Person, 'conversationId'>[] = [];
    while (people.length < count) {
      const size = Math.min(PAGE, count - people.length);
      const users = Array.from({ length: size }, (_, n) => ({
        id: uuidv7(),
        display_name: `Fan ${people.length + n}`,
        email: null,
        password_hash: null,
        created_at: Date.now(),
      }));
      const sessions = await Promise.all(users.map(({ id, display_name }) => session(id, display_name, true)));
      await db.insertInto('users').values(users).execute();
      await db
        .insertInto('sessions')
        .values(sessions.map(({ row }) => row))
        .execute();
      await Promise.all(sessions.map(({ id, record }) => log.write(id, record)));
      people.push(...sessions.map(({ token, row }) => ({ userId: row.user_id, token })));
    }
    return people;
  }

  const open = (kind: 'live' | 'private', fanId?: string): Promise<string> =>
    conversations.create({
      id: uuidv7(),
      characterId: demoCharacterId,
      kind,
      title: 'Bench',
      ...(fanId && { fanId }),
      at: Date.now(),
    });

  return {
    /** Guests in one live conversation. */
    async inOneConversation(count: number): Promise<Person[]> {
      const conversationId = await open('live');
      return (await guests(count)).map((guest) => ({ ...guest, conversationId }));
    },

    /** Guests with a private conversation each. */
    async inPrivate(count: number): Promise<Person[]> {
      const people: Person[] = [];
      for (const guest of await guests(count))
        people.push({ ...guest, conversationId: await open('private', guest.userId) });
      return people;
    },

    /** The demo twin's creator, who may stop every reply of hers. */
    async creatorIn(conversationId: string): Promise<Person> {
      const { id, displayName } = demoUsers.creator;
      const { id: sessionId, record, token, row } = await session(id, displayName, false);
      await db.insertInto('sessions').values(row).execute();
      await log.write(sessionId, record);
      return { userId: id, token, conversationId };
    },

    openLive: () => open('live'),

    /** What was said in a conversation, oldest first. */
    async fill(conversationId: string, texts: string[]): Promise<void> {
      const at = Date.now() - texts.length * 1_000;
      const rows = texts.map((text, n) => ({
        id: uuidv7(),
        conversation_id: conversationId,
        author_id: demoUsers.creator.id,
        author_kind: 'creator' as const,
        author_name: demoUsers.creator.displayName,
        text,
        client_key: randomUUID(),
        reply_to: null,
        finish: null,
        answer: 'none' as const,
        sent_at: at + n * 1_000,
        removed_at: null,
      }));
      for (let n = 0; n < rows.length; n += PAGE)
        await db
          .insertInto('messages')
          .values(rows.slice(n, n + PAGE))
          .execute();
    },
  };
}

export type People = ReturnType<typeof createPeople>;
