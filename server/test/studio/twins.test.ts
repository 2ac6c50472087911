import type { OwnCharacter } from '@fantwin/shared/characters';
import type { Conversation, ConversationSummary } from '@fantwin/shared/conversations';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createKeys } from '../../src/platform/redis-keys.ts';
import { waitFor } from '../fan.ts';
import { startTestApp, type TestApp } from '../test-app.ts';
import { Person, twin } from './person.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp(['One of them is the Pleiades.']);
});
afterAll(() => app?.close());

test('from nothing to a live twin: it answers a fan, as what it was told to be, in the voice it was given', async () => {
  const creator = await Person.withAccount(app, 'Stella');
  const voices = [{ id: 'espeak:en-us+f1', name: 'American F1', engine: 'eSpeak NG' }];
  app.speech.offered = voices;
  expect(await creator.done('GET', '/api/voices?language=en')).toEqual({ items: voices });
  const made = await creator.makeTwin({ voice: 'espeak:en-us+f1' });
  expect(made).toMatchObject({ ...twin, creatorId: creator.id, voice: 'espeak:en-us+f1' });
  expect(made.pictureUrl).toMatch(/^\/avatars\/[0-9a-f]{64}\.png$/);

  const wanted = { characterId: made.id, kind: 'live', title: 'Under the stars' };
  const live = await creator.done<Conversation>('POST', '/api/conversations', wanted);
  const fan = await app.fan('Ann');
  await fan.join(live.id);
  await fan.say('Which stars do you like?');
  expect((await fan.until('reply.ended')).text).toBe('One of them is the Pleiades.');
  expect(app.engine.requests.at(-1)?.messages[0]?.content).toContain('You love telescopes.');
  expect(app.speech.asked.at(-1)).toBe('espeak:en-us+f1');

  const own = () => creator.done<{ items: OwnCharacter[] }>('GET', '/api/me/characters');
  await waitFor(async () => (await own()).items[0]?.live?.people === 1, 'the fan is counted');
  const shown = { id: live.id, title: 'Under the stars', open: true, people: 1 };
  expect(await own()).toEqual({ items: [{ ...made, live: shown }] });
});

test('only what is given changes; the next answer knows it', async () => {
  const creator = await Person.withAccount(app, 'Stella');
  const made = await creator.makeTwin();
  const changed = await creator.done<OwnCharacter>('PATCH', `/api/characters/${made.id}`, { persona: 'You love tea.' });
  expect(changed).toEqual({ ...made, persona: 'You love tea.' });
  expect(await creator.done('PATCH', `/api/characters/${made.id}`, {})).toEqual(changed);
  const shown = await fetch(`${app.url}/api/characters`).then((response) => response.text());
  expect(shown).toContain(made.id);
  expect(shown).not.toContain('You love tea');
});

test('who may not, and what cannot be, is told in words', async () => {
  const [guest, creator, other] = [
    await Person.guest(app, 'Passer-by'),
    await Person.withAccount(app, 'Stella'),
    await Person.withAccount(app, 'Mallory'),
  ];
  const made = await creator.makeTwin();
  const at = `/api/characters/${made.id}`;
  expect(await guest.refused('POST', '/api/characters', { ...twin, vrmModelId: made.vrmModelId })).toMatchObject({
    code: 'forbidden',
    message: expect.stringContaining('account'),
  });
  expect(await other.refused('PATCH', at, { name: 'Mine now' })).toMatchObject({ code: 'not-found' });
  expect(await other.done('GET', '/api/me/characters')).toEqual({ items: [] });
  const elsewhere = { vrmModelId: crypto.randomUUID().replace(/^(.{14})./u, '$17') };
  expect(await creator.refused('PATCH', at, elsewhere)).toMatchObject({ code: 'bad-request' });
  expect(await creator.refused('PATCH', at, { voice: 'espeak:martian' })).toMatchObject({
    code: 'bad-request',
    details: { field: 'voice' },
  });
  expect(await creator.refused('PATCH', at, { greeting: 'Go and kill yourself, you idiot' })).toMatchObject({
    code: 'blocked',
    details: { field: 'greeting' },
  });
  expect(await creator.done('PATCH', at, { tagline: 'Sings 👩🏽‍🎤' })).toMatchObject({ tagline: 'Sings 👩🏽‍🎤' });
  await creator.done('PATCH', at, { tagline: made.tagline });
  for (const wrong of [
    { name: ' \u200b ' },
    { name: 'a\u200db' },
    { name: 'x'.repeat(41) },
    { persona: '' },
    { language: 'xx' },
  ])
    expect(await creator.refused('PATCH', at, wrong)).toMatchObject({ code: 'bad-request' });
  const { items } = await creator.done<{ items: OwnCharacter[] }>('GET', '/api/me/characters');
  expect(items).toEqual([made]);
});

test('a voice that is gone does not keep its twin from being changed, nor from speaking', async () => {
  const creator = await Person.withAccount(app, 'Stella');
  app.speech.offered = [{ id: 'voicevox:3', name: 'Zunda', engine: 'VOICEVOX' }];
  const made = await creator.makeTwin({ voice: 'voicevox:3' });
  app.speech.offered = [];
  expect(await creator.done('PATCH', `/api/characters/${made.id}`, { name: 'Vega' })).toMatchObject({ name: 'Vega' });
  expect(await creator.refused('PATCH', `/api/characters/${made.id}`, { language: 'ja' })).toMatchObject({
    details: { field: 'voice' },
  });
  const moved = await creator.done('PATCH', `/api/characters/${made.id}`, { language: 'ja', voice: null });
  expect(moved).toMatchObject({ language: 'ja', voice: null });
});

test('a live conversation that its creator ends, ends for everybody at once; it can be opened again', async () => {
  app.engine.answers = [`${'Stars and more stars, and '.repeat(30)}good night.`, 'Once more.'];
  app.engine.requests.length = 0;
  app.engine.tokenMs = 20;
  const creator = await Person.withAccount(app, 'Stella');
  const { id: characterId } = await creator.makeTwin();
  const { id } = await creator.done<Conversation>('POST', '/api/conversations', { characterId, kind: 'live' });
  const [ann, bo] = [await app.fan('Ann'), await app.fan('Bo')];
  await ann.join(id);
  await bo.join(id);
  await ann.say('Tell me of the stars.');
  await bo.until('reply.delta');
  await bo.say('And of the moon?');

  const closed = await creator.done('PATCH', `/api/conversations/${id}`, { open: false, title: 'Good night' });
  expect(closed).toEqual({ id, title: 'Good night', open: false });
  for (const fan of [ann, bo]) {
    expect(await fan.until('conversation.changed')).toMatchObject({ open: false, mode: 'ai' });
    expect(await fan.until('reply.ended')).toMatchObject({ finish: 'stopped' });
  }
  await expect(ann.say('Still there?')).rejects.toThrow('not-found');
  await expect((await app.fan('Cy')).join(id)).rejects.toThrow('has ended');
  const listed = async () => {
    const { items } = await creator.done<{ items: ConversationSummary[] }>('GET', '/api/conversations');
    return items.some((one) => one.id === id);
  };
  expect(await listed()).toBe(false);
  expect(await creator.done('PATCH', `/api/conversations/${id}`, { open: false })).toMatchObject({ open: false });

  const requests = app.engine.requests.length;
  expect(await creator.done('PATCH', `/api/conversations/${id}`, { open: true })).toMatchObject({ open: true });
  await bo.until('conversation.changed', ({ open }) => open === true);
  expect(await listed()).toBe(true);
  app.engine.tokenMs = 0;
  const { messageId } = await ann.say('There you are!');
  const again = await ann.until('reply.started', ({ replyTo }) => replyTo === messageId);
  expect(await ann.until('reply.ended', ({ replyId }) => replyId === again.replyId)).toMatchObject({
    finish: 'complete',
    text: 'Once more.',
  });
  expect(app.engine.requests.length, 'what waited when it ended is not answered').toBe(requests + 1);
  expect([...ann.faults, ...bo.faults]).toEqual([]);

  const other = await Person.withAccount(app, 'Mallory');
  expect(await other.refused('PATCH', `/api/conversations/${id}`, { open: false })).toMatchObject({
    code: 'not-found',
  });
});

test('a sentence can be heard before anybody else does', async () => {
  const creator = await Person.withAccount(app, 'Stella');
  const heard = await creator.done<{ durationMs: number }>('POST', '/api/speech', {
    text: 'What fun!',
    language: 'en',
  });
  expect(heard).toMatchObject({ mood: { name: 'happy' }, durationMs: 5, visemes: [expect.anything()] });
  const words = { text: 'Go and kill yourself, you idiot', language: 'en' };
  expect(await creator.refused('POST', '/api/speech', words)).toMatchObject({ code: 'blocked' });
});

test('a log that begins anew in an ended conversation says so to those who are still there', async () => {
  const creator = await Person.withAccount(app, 'Stella');
  const { id: characterId } = await creator.makeTwin();
  const { id } = await creator.done<Conversation>('POST', '/api/conversations', { characterId, kind: 'live' });
  const ann = await app.fan('Ann');
  await ann.join(id);
  await app.stores.redis().del(...createKeys(app.stores.prefix).log(id));
  await creator.done('PATCH', `/api/conversations/${id}`, { open: false });
  const anew = await waitFor(() => ann.joins.find(({ epoch }) => epoch !== ann.joins[0]?.epoch), 'the new epoch');
  expect(anew.conversation.open).toBe(false);
  expect(ann.joins[0]?.conversation.open).toBeUndefined();
});
