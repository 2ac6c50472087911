import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { demoUsers } from '../../src/accounts/seed.ts';
import { Fan, waitFor } from '../fan.ts';
import { startTestApp, type TestApp } from '../test-app.ts';

const LONG = Array.from({ length: 200 }, (_, n) => `word${n}`).join(' ');

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp([LONG]);
});
afterAll(() => app?.close());

async function moderator(): Promise<Fan> {
  const signIn = app.app.signIns?.moderator;
  const fan = await Fan.login(app.url, signIn?.email ?? '', signIn?.password ?? '');
  await fan.join(app.live);
  return fan;
}

describe('[P7] a stop ends a reply in the middle of a word', () => {
  test('on every server at once; the engine ends, and nothing of the reply follows', async () => {
    app.engine.tokenMs = 20;
    const other = await app.another();
    const ann = await app.fan('Ann');
    await ann.join(app.live);
    const onOther = new Fan(other.url, ann.token);
    await onOther.connected();
    await onOther.join(app.live);
    const mod = await moderator();
    await ann.say('Talk to me');
    const { replyId } = await ann.until('reply.delta');
    await expect(ann.request('reply:stop', { replyId })).rejects.toMatchObject({ wire: { code: 'forbidden' } });
    await mod.request('reply:stop', { replyId });
    expect(app.engine.open()).toBeLessThanOrEqual(1);
    await waitFor(() => app.engine.open() === 0, 'the engine ends', 1_000);
    const ended = await onOther.until('reply.ended');
    expect(ended).toMatchObject({ replyId, finish: 'stopped' });
    expect(LONG.startsWith(ended.text)).toBe(true);
    expect(ended.text.length).toBeLessThan(LONG.length);
    await new Promise((resolve) => setTimeout(resolve, 300));
    for (const fan of [ann, onOther]) {
      const after = fan.events.slice(fan.events.findIndex(({ type }) => type === 'reply.ended') + 1);
      expect(
        after.filter((event) => 'replyId' in event && event.replyId === replyId && event.type !== 'reply.silenced'),
      ).toEqual([]);
      expect(fan.textOf(replyId)).toBe(ended.text);
    }
    const [action] = await app.stores.db.selectFrom('actions').selectAll().execute();
    expect(action).toMatchObject({ actor_id: demoUsers.moderator.id, action: 'reply.stop', subject_id: replyId });
    await mod.request('reply:stop', { replyId }); // again: nothing more happens
    expect(ann.of('reply.ended')).toHaveLength(1);
    onOther.close();
    mod.close();
  });

  test('a reply that is whole but still spoken is silenced', async () => {
    app.engine.tokenMs = 0;
    app.speech.msPerChar = 60;
    app.engine.answers = ['A sentence that takes the mouth a few seconds to say, because it is long.'];
    const ann = await app.fan('Ann');
    await ann.join(app.live);
    const mod = await moderator();
    const { messageId } = await ann.say('Say it');
    const { replyId } = await ann.until('reply.started', ({ replyTo }) => replyTo === messageId);
    const ended = await ann.until('reply.ended', (event) => event.replyId === replyId);
    expect(ended.finish).toBe('complete');
    await mod.request('reply:stop', { replyId });
    const silenced = await ann.until('reply.silenced');
    expect(silenced.at).toBeLessThan(ended.speaksUntil ?? 0);
    const { reply } = await (await app.fan('Late')).join(app.live);
    expect(reply).toBeUndefined();
    mod.close();
  });

  test('the fan of a private conversation stops their own reply; nobody else sees it', async () => {
    app.engine.tokenMs = 20;
    app.speech.msPerChar = 0.5;
    app.engine.answers = [LONG];
    const ann = await app.fan('Ann');
    const { id } = await ann.post<{ id: string }>('/api/conversations', {
      characterId: (await ann.join(app.live)).conversation.character.id,
      kind: 'private',
    });
    await ann.request('conversation:leave', { conversationId: app.live });
    await ann.join(id);
    await ann.say('Only for me');
    const { replyId } = await ann.until('reply.delta');
    const bo = await app.fan('Bo');
    await expect(bo.join(id)).rejects.toMatchObject({ wire: { code: 'not-found' } });
    await expect(bo.request('reply:stop', { replyId })).rejects.toMatchObject({ wire: { code: 'not-found' } });
    await ann.request('reply:stop', { replyId });
    expect(await ann.until('reply.ended', (event) => event.replyId === replyId)).toMatchObject({ finish: 'stopped' });
  });

  test('any interleaving of stops and makers leaves one legal log', async () => {
    app.engine.tokenMs = 2;
    app.engine.answers = ['one two three four five six seven eight nine ten eleven twelve.'];
    const ann = await app.fan('Ann');
    await ann.join(app.live);
    const [mod, second] = [await moderator(), await moderator()];
    for (let round = 0; round < 8; round += 1) {
      const { messageId } = await ann.say(`round ${round}`);
      const { replyId } = await ann.until('reply.started', ({ replyTo }) => replyTo === messageId);
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 30));
      await Promise.all([mod.request('reply:stop', { replyId }), second.request('reply:stop', { replyId })]);
      await ann.until('reply.ended', (event) => event.replyId === replyId);
    }
    for (const { replyId, seq } of ann.of('reply.started')) {
      const its = ann.events.filter((event) => 'replyId' in event && event.replyId === replyId);
      const ends = its.filter(({ type }) => type === 'reply.ended');
      expect(ends).toHaveLength(1);
      const after = its.filter((event) => event.seq > (ends[0]?.seq ?? 0) && event.type !== 'reply.silenced');
      expect(after).toEqual([]);
      expect(its[0]?.seq).toBe(seq);
      const published = its.flatMap((event) => (event.type === 'reply.delta' ? [event.text] : [])).join('');
      expect(ends[0]).toMatchObject({ text: published });
    }
    mod.close();
    second.close();
  }, 90_000);
});
