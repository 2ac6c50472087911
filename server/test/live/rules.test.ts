import { JOINED_MAX } from '@fantwin/shared/limits';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { demoCharacterId } from '../../src/characters/seed.ts';
import { createEngineDouble } from '../doubles/engine-double.ts';
import { Fan, waitFor } from '../fan.ts';
import { startTestApp, type TestApp } from '../test-app.ts';

let app: TestApp;
const fans: Fan[] = [];
beforeAll(async () => {
  app = await startTestApp(['Yes.']);
});
afterEach(async () => {
  for (const fan of fans.splice(0)) fan.close();
  await change({ slow_mode_seconds: 0, word_list: '[]', mode: 'ai' });
});
afterAll(() => app?.close());

type Change = { slow_mode_seconds?: number; word_list?: string; mode?: 'ai' | 'suggest' | 'human' | 'paused' };
const change = (values: Change, id = app.live) =>
  app.stores.db.updateTable('conversations').set(values).where('id', '=', id).execute();

async function person(who: 'creator' | 'moderator' | 'admin'): Promise<Fan> {
  const { email, password } = app.app.signIns?.[who] ?? { email: '', password: '' };
  const fan = await Fan.login(app.url, email, password);
  fans.push(fan);
  return fan;
}

async function inLive(...names: string[]): Promise<Fan[]> {
  const those = await Promise.all(names.map((name) => app.fan(name)));
  for (const fan of those) await fan.join(app.live);
  return those;
}

const openLive = async (creator: Fan, title: string): Promise<string> =>
  (await creator.post<{ id: string }>('/api/conversations', { characterId: demoCharacterId, kind: 'live', title })).id;

describe('writing', () => {
  test('slow mode: too early is refused with the time to wait; a moderator is free of it', async () => {
    await change({ slow_mode_seconds: 30 });
    const [ann, bo] = (await inLive('Ann', 'Bo')) as [Fan, Fan];
    const moderator = await person('moderator');
    expect((await moderator.join(app.live)).conversation.slowModeSeconds).toBe(30);
    const key = crypto.randomUUID();
    const first = await ann.say('The first', key);
    const refused = await ann.say('The second').catch((error: { wire: unknown }) => error.wire);
    expect(refused).toMatchObject({ code: 'rate-limited', retryAfterMs: expect.any(Number) });
    const { retryAfterMs } = refused as { retryAfterMs: number };
    expect(retryAfterMs).toBeGreaterThan(20_000);
    expect(retryAfterMs).toBeLessThanOrEqual(30_000);
    expect(await ann.say('The first', key)).toMatchObject({ messageId: first.messageId }); // a retry is no message
    await bo.say('Each has a line of their own');
    await moderator.say('I may');
    await moderator.say('Again');

    await change({ slow_mode_seconds: 1 });
    await ann.say('The pace changed');
    const wait = await ann
      .say('Too early')
      .catch((error: { wire: { retryAfterMs: number } }) => error.wire.retryAfterMs);
    await new Promise((resolve) => setTimeout(resolve, Number(wait)));
    await ann.say('In time');
  });

  test('a text that the guardian refused does not cost the turn', async () => {
    await change({ slow_mode_seconds: 30, word_list: '["turnips"]' });
    const [ann] = (await inLive('Ann')) as [Fan];
    await expect(ann.say('I love turnips')).rejects.toMatchObject({ wire: { code: 'blocked' } });
    await ann.say('I love carrots');
  });

  test('words that the conversation does not want are refused there, and only there', async () => {
    await change({ word_list: '["turnips"]' });
    const [ann] = (await inLive('Ann')) as [Fan];
    await expect(ann.say('Do you like TURNIPS?')).rejects.toMatchObject({
      wire: { code: 'blocked', details: { labels: ['word_list'] }, message: expect.stringMatching(/not sent/) },
    });
    const { id } = await ann.post<{ id: string }>('/api/conversations', {
      characterId: demoCharacterId,
      kind: 'private',
    });
    await ann.join(id);
    await ann.say('Do you like turnips?');
  });

  test('who has a timeout watches but does not write; who is banned does not come in; time ends it', async () => {
    const [ann, bo] = (await inLive('Ann', 'Bo')) as [Fan, Fan];
    const restrict = (userId: string, kind: 'timeout' | 'ban', until: number | null) =>
      app.stores.db
        .insertInto('restrictions')
        .values({ conversation_id: app.live, user_id: userId, kind, until, created_at: Date.now() })
        .onConflict((oc) => oc.columns(['conversation_id', 'user_id']).doUpdateSet({ kind, until }))
        .execute();
    const until = Date.now() + 60_000;
    await restrict(ann.userId, 'timeout', until);
    const { you } = await ann.join(app.live);
    expect(you.restricted).toEqual({ kind: 'timeout', until });
    const refused = await ann.say('May I?').catch((error: { wire: { retryAfterMs?: number } }) => error.wire);
    expect(refused).toMatchObject({ code: 'forbidden', message: expect.stringMatching(/write/) });
    expect((refused as { retryAfterMs: number }).retryAfterMs).toBeGreaterThan(50_000);
    const { messageId } = await bo.say('I may');
    await ann.until('reply.started', ({ replyTo }) => replyTo === messageId);

    await restrict(ann.userId, 'timeout', Date.now() - 1);
    await ann.say('And now?');

    await restrict(bo.userId, 'ban', null);
    const banned = { wire: { code: 'forbidden', message: expect.stringMatching(/take part/) } };
    await expect(bo.join(app.live)).rejects.toMatchObject(banned);
    await expect(bo.say('Hello?')).rejects.toMatchObject(banned);
  });

  test('what nobody answers is stored and posted all the same', async () => {
    const creator = await person('creator');
    for (const mode of ['paused', 'human', 'suggest'] as const) {
      const id = await openLive(creator, mode);
      await change({ mode }, id);
      const ann = await app.fan('Ann');
      expect((await ann.join(id)).conversation.mode).toBe(mode);
      const { messageId, place } = await ann.say(`Nobody answers: ${mode}`);
      expect(place).toBeUndefined();
      await ann.until('message.posted', ({ message }) => message.messageId === messageId);
      const answered = await (await inLive('Bo'))[0]?.say(`Somebody answers: ${mode}`);
      await waitFor(async () => (await rowOf(answered?.messageId))?.answer === 'answered', 'the other one is answered');
      expect((await rowOf(messageId))?.answer).toBe('none');
      expect(ann.of('reply.started')).toEqual([]);
      ann.close();
    }
    const asked = app.engine.requests.flatMap(({ messages }) => messages.map(({ content }) => content)).join('\n');
    expect(asked).toContain('Somebody answers');
    expect(asked).not.toContain('Nobody answers');
  });

  const rowOf = (id = '') => app.stores.db.selectFrom('messages').selectAll().where('id', '=', id).executeTakeFirst();
});

test('without an engine people still write to each other, and are told that nobody answers', async () => {
  const none = { ...createEngineDouble([]), available: () => false };
  const other = await app.another({ llm: none });
  const ann = new Fan(other.url, (await app.fan('Ann')).token);
  fans.push(ann);
  await ann.connected();
  expect((await ann.join(app.live)).conversation.canReply).toBe(false);
  const { messageId, place } = await ann.say('Is nobody there?');
  expect(place).toBeUndefined();
  await ann.until('message.posted', ({ message }) => message.messageId === messageId);
  const row = await app.stores.db
    .selectFrom('messages')
    .select('answer')
    .where('id', '=', messageId)
    .executeTakeFirst();
  expect(row?.answer).toBe('none');
});

describe('being there', () => {
  test(`at most ${JOINED_MAX} conversations at once, also when asked for all together`, async () => {
    const creator = await person('creator');
    const ids: string[] = [];
    for (let n = 0; n < JOINED_MAX + 4; n += 1) ids.push(await openLive(creator, `Room ${n}`));
    const ann = await app.fan('Ann');
    const join = (id: string) => ann.request('conversation:join', { conversationId: id });
    const answers = await Promise.allSettled(ids.map(join));
    const refused = answers.filter(({ status }) => status === 'rejected');
    expect(refused).toHaveLength(4);
    for (const { reason } of refused as PromiseRejectedResult[])
      expect(reason.wire).toMatchObject({ code: 'busy', message: expect.stringMatching(/at most 20 .*Leave one/) });

    const inside = ids.filter((_, n) => answers[n]?.status === 'fulfilled') as [string, ...string[]];
    const outside = ids.filter((id) => !inside.includes(id)) as [string, ...string[]];
    await join(inside[0]); // again is not one more
    await expect(join(outside[0])).rejects.toMatchObject({ wire: { code: 'busy' } });
    await ann.request('conversation:leave', { conversationId: inside[0] });
    await join(outside[0]);
  });

  test('who left hears nothing more, and may come back where they were', async () => {
    const [ann, bo] = (await inLive('Ann', 'Bo')) as [Fan, Fan];
    const { epoch, seq: after } = ann;
    expect(await ann.request('conversation:leave', { conversationId: app.live })).toEqual({});
    expect(await ann.request('conversation:leave', { conversationId: app.live })).toEqual({});
    const { messageId } = await bo.say('She is gone');
    const { replyId } = await bo.until('reply.started', ({ replyTo }) => replyTo === messageId);
    await bo.until('reply.ended', (ended) => ended.replyId === replyId);
    await expect(ann.request('conversation:events', { conversationId: app.live, epoch, after })).rejects.toMatchObject({
      wire: { code: 'forbidden', message: expect.stringMatching(/Join/) },
    });
    expect(ann.seq).toBe(after); // its answer came after all that was sent to it
    const { reset, events } = await ann.join(app.live, { epoch, after });
    expect(reset).toBe(false);
    expect(events[0]).toMatchObject({ type: 'message.posted', message: { messageId } });
    expect(ann.seq).toBe(bo.seq);
    expect([...ann.faults, ...bo.faults]).toEqual([]);
  });
});

describe('a private conversation', () => {
  const list = async (fan?: Fan): Promise<{ id: string }[]> => {
    const headers = fan && { authorization: `Bearer ${fan.token}` };
    const response = await fetch(`${app.url}/api/conversations?kind=private`, { headers });
    return ((await response.json()) as { items: { id: string }[] }).items;
  };
  const page = (id: string, fan?: Fan) =>
    fetch(`${app.url}/api/conversations/${id}/messages`, { headers: fan && { authorization: `Bearer ${fan.token}` } });

  test('is the same one however often it is opened, and there for nobody else', async () => {
    const [ann, bo] = (await inLive('Ann', 'Bo')) as [Fan, Fan];
    const open = (fan: Fan) =>
      fan.post<{ id: string; kind: string }>('/api/conversations', { characterId: demoCharacterId, kind: 'private' });
    const opened = await Promise.all([open(ann), open(ann), open(ann)]);
    opened.push(await open(ann));
    expect(new Set(opened.map(({ id }) => id)).size).toBe(1);
    const id = opened[0]?.id ?? '';
    expect((await open(bo)).id).not.toBe(id);

    await ann.join(id);
    const { messageId } = await ann.say('Just you and me');
    expect((await list(ann)).map((one) => one.id)).toEqual([id]);
    expect((await list(bo)).map((one) => one.id)).not.toContain(id);
    expect(await list()).toEqual([]);
    const items = ((await (await page(id, ann)).json()) as { items: { messageId: string }[] }).items;
    expect(items[0]).toMatchObject({ messageId });
    for (const fan of [bo, undefined]) expect((await page(id, fan)).status).toBe(404);

    const hidden = { wire: { code: 'not-found' } };
    const at = { conversationId: id, epoch: ann.epoch, after: 0 };
    await expect(bo.request('conversation:join', { conversationId: id })).rejects.toMatchObject(hidden);
    await expect(
      bo.request('message:send', { conversationId: id, clientKey: 'key-12345', text: 'Hi' }),
    ).rejects.toMatchObject(hidden);
    await expect(bo.request('conversation:events', at)).rejects.toMatchObject({ wire: { code: 'forbidden' } });
    await expect(bo.request('conversation:join', { conversationId: crypto.randomUUID() })).rejects.toMatchObject(
      hidden,
    );

    const moderator = await person('moderator');
    await moderator.join(id);
    expect((await page(id, moderator)).status).toBe(200);
  });
});

test('pages of messages walk through everything once, newest page first', async () => {
  const creator = await person('creator');
  const id = await openLive(creator, 'A long story');
  const sent = Array.from({ length: 120 }, (_, n) => ({
    id: `01990000-0000-7000-9000-${String(n).padStart(12, '0')}`,
    conversation_id: id,
    author_id: creator.userId,
    author_kind: 'fan' as const,
    author_name: 'Ann',
    text: `message ${n}`,
    client_key: `key-${n}`,
    reply_to: null,
    finish: null,
    answer: 'none' as const,
    sent_at: Date.now(),
    removed_at: n === 60 ? Date.now() : null,
  }));
  await app.stores.db.insertInto('messages').values(sent).execute();
  const get = async (query: string) => {
    const response = await fetch(`${app.url}/api/conversations/${id}/messages${query}`);
    return {
      status: response.status,
      ...((await response.json()) as { items: { messageId: string; text: string }[]; next?: string }),
    };
  };
  for (const limit of ['', '&limit=17', '&limit=7']) {
    const walked: string[] = [];
    let next: string | undefined;
    do {
      const found = await get(`?${next ? `before=${next}` : ''}${limit}`);
      walked.unshift(...found.items.map(({ text }) => text));
      next = found.next;
    } while (next);
    expect(walked).toEqual(sent.filter(({ removed_at }) => !removed_at).map(({ text }) => text));
  }
  for (const query of ['?limit=0', '?limit=51', '?limit=x', '?before=nobody'])
    expect((await get(query)).status).toBe(400);
});
