import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { App } from '../../src/app.ts';
import { foldEvents } from '../../src/conversations/fold.ts';
import { createKeys } from '../../src/platform/redis-keys.ts';
import { type Fan, waitFor } from '../fan.ts';
import { startTestApp, type TestApp } from '../test-app.ts';
import { logOf } from './log-of.ts';

const ANSWER = Array.from({ length: 80 }, (_, n) => `word${n}`).join(' ');

let app: TestApp;
let other: App;
/** What went over pub/sub. */
let published: string[];
beforeAll(async () => {
  app = await startTestApp([ANSWER]);
  app.engine.tokenMs = 8;
  other = await app.another({}, { ROLES: 'web' });
  published = [];
  const listener = app.stores.redis().duplicate();
  listener.on('smessage', (_channel: string, payload: string) => published.push(payload));
  await listener.ssubscribe(createKeys(app.stores.prefix).feed(app.live));
});
afterAll(() => app?.close());

const fanOn = async (name: string, url: string): Promise<Fan> => {
  const fan = await app.fan(name);
  if (url !== app.url) {
    fan.moveTo(url);
    await fan.connected();
  }
  return fan;
};
const watchers = async () => app.stores.redis().scard(createKeys(app.stores.prefix).watchers(app.live));

describe('[P1] what only one server watches is not published', () => {
  test('its fans have every event all the same; another server that comes has them too, and goes unnoticed', async () => {
    const [ann, bo] = [await app.fan('Ann'), await fanOn('Bo', other.url)];
    await ann.join(app.live);
    const { messageId } = await ann.say('Tell me a story');
    const { replyId } = await ann.until('reply.started', ({ replyTo }) => replyTo === messageId);
    const has = (fan: Fan, chars: number) =>
      fan.until('reply.delta', (delta) => delta.replyId === replyId && delta.index > chars);
    await has(ann, 60);
    expect(published.filter((event) => event.includes('reply.delta'))).toEqual([]);

    await bo.join(app.live);
    await has(bo, 120);
    await waitFor(() => published.some((event) => event.includes('reply.delta')), 'it is published');
    bo.socket.disconnect();
    await waitFor(async () => (await watchers()) === 1, 'the other server leaves');
    const before = published.length;
    await has(ann, 200);
    expect(published.length - before, 'at most what was on its way').toBeLessThan(2);

    bo.moveTo(other.url);
    for (const fan of [ann, bo]) {
      await fan.until('reply.ended', (ended) => ended.replyId === replyId);
      expect(fan.textOf(replyId)).toBe(ANSWER);
      expect(fan.faults).toEqual([]);
    }
    expect(foldEvents(bo.events).at(-1)).toEqual(foldEvents(ann.events).at(-1));
  });

  test('whoever writes from elsewhere publishes; and where Redis forgets who watches, so does everybody', async () => {
    const [ann, bo] = [await app.fan('Ann'), await fanOn('Bo', other.url)];
    await ann.join(app.live);
    const silenced = { type: 'message.removed', messageId: crypto.randomUUID(), reason: 'a test' } as const;
    await logOf(app).append(app.live, silenced as never);
    await ann.until('message.removed', ({ messageId }) => messageId === silenced.messageId);

    await bo.join(app.live);
    await app.stores.redis().del(createKeys(app.stores.prefix).watchers(app.live));
    const { messageId } = await ann.say('Once more');
    for (const fan of [ann, bo]) {
      await fan.until('message.posted', ({ message }) => message.messageId === messageId);
      await fan.until('reply.ended', ({ replyId }) => fan.of('reply.started').some((it) => it.replyId === replyId));
      expect(fan.faults).toEqual([]);
    }
  });

  test('a log that begins anew while two watch reaches both', async () => {
    const [ann, bo] = [await app.fan('Ann'), await fanOn('Bo', other.url)];
    await ann.join(app.live);
    await bo.join(app.live);
    const keys = createKeys(app.stores.prefix).log(app.live);
    await app.stores.redis().del(...keys);
    const { messageId } = await bo.say('After the flood');
    for (const fan of [ann, bo]) {
      await waitFor(() => fan.epoch !== fan.joins[0]?.epoch, 'the new epoch is known');
      const told = () =>
        fan.joins.some(({ messages }) => messages.some((it) => it.messageId === messageId)) ||
        fan.of('message.posted').some(({ message }) => message.messageId === messageId);
      await waitFor(told, 'the message is there');
      await fan.until('reply.ended');
      expect(fan.faults).toEqual([]);
    }
    await waitFor(async () => (await watchers()) === 2, 'both watch again');
  });

  test('[law] servers that come and go while replies stream: every fan has the log, event by event', async () => {
    app.engine.answers = [Array.from({ length: 150 }, (_, n) => `word${n}`).join(' ')];
    const ann = await app.fan('Ann');
    await ann.join(app.live);
    const { messageId } = await ann.say('A long one');
    const { replyId } = await ann.until('reply.started', ({ replyTo }) => replyTo === messageId);
    const comers: Fan[] = [];
    while (!ann.of('reply.ended').some((ended) => ended.replyId === replyId)) {
      const fan = await fanOn(`Fan ${comers.length}`, other.url);
      await fan.join(app.live);
      comers.push(fan);
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 60));
      if (Math.random() < 0.6) fan.socket.disconnect();
      else fan.moveTo(Math.random() < 0.5 ? app.url : other.url);
    }
    const log = new Map((await logOf(app).after(app.live, 0, 10_000)).map((event) => [event.seq, event]));
    for (const fan of [ann, ...comers]) {
      expect(fan.faults).toEqual([]);
      if (fan.socket.connected) await fan.until('reply.ended', (ended) => ended.replyId === replyId);
      for (const event of fan.events) if (!('from' in event)) expect(event).toEqual(log.get(event.seq));
    }
    expect(ann.textOf(replyId)).toBe(app.engine.answers[0]);
    expect(comers.length).toBeGreaterThan(2);
  });
});
