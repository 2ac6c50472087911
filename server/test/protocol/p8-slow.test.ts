import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { waitFor } from '../fan.ts';
import { startTestApp, type TestApp } from '../test-app.ts';
import { logOf } from './log-of.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app?.close());

const removed = (reason: string) =>
  ({ type: 'message.removed', messageId: crypto.randomUUID() as never, reason }) as const;

/** Behind for longer than the operating system goes on taking bytes. */
async function staysBehind(): Promise<boolean> {
  for (let n = 0; n < 4; n += 1) {
    if (!(await metric('slow_sockets'))) return false;
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
  return true;
}

async function metric(name: string): Promise<number> {
  const text = await (await fetch(app.app.metricsUrl ?? '')).text();
  return Number(new RegExp(`^${name} (.+)$`, 'm').exec(text)?.[1] ?? Number.NaN);
}

describe('[P8] a slow client costs only itself', () => {
  test('it leaves the room, and when it reads again gets what it missed in one answer', async () => {
    const [slow, quick] = [await app.fan('Slow'), await app.fan('Quick')];
    await slow.join(app.live);
    await quick.join(app.live);
    const log = logOf(app);
    slow.pause();
    for (let n = 0; n < 100 && !(await staysBehind()); n += 1) {
      for (let m = 0; m < 20; m += 1) await log.append(app.live, removed('x'.repeat(50_000)));
      await new Promise((resolve) => setTimeout(resolve, 300)); // never 4 MB between two looks
    }
    expect(await metric('slow_sockets')).toBe(1);
    await log.append(app.live, removed('the last one'));
    await quick.until('message.removed', ({ reason }) => reason === 'the last one');
    expect(slow.of('message.removed').some(({ reason }) => reason === 'the last one')).toBe(false);
    slow.resume();
    await slow.until('message.removed', ({ reason }) => reason === 'the last one', 30_000);
    await waitFor(() => slow.seq === quick.seq, 'both are at the same place');
    expect(slow.joins.length).toBeGreaterThan(1);
    expect(slow.joins.at(-1)).toMatchObject({ reset: false });
    await log.append(app.live, removed('and on'));
    await slow.until('message.removed', ({ reason }) => reason === 'and on');
    expect([...slow.faults, ...quick.faults]).toEqual([]);
    expect(slow.events.map(({ seq }) => seq)).toEqual(quick.events.map(({ seq }) => seq));
  }, 90_000);

  test('one that asks for more than 4 MB and does not read it is closed', async () => {
    const slow = await app.fan('Slow');
    const { epoch } = await slow.join(app.live);
    const after = slow.seq;
    const log = logOf(app);
    for (let n = 0; n < 300; n += 1) await log.append(app.live, removed('y'.repeat(50_000)));
    await waitFor(() => slow.seq === after + 300, 'all arrived');
    slow.pause();
    slow.socket.emit('conversation:events', { conversationId: app.live, epoch, after }, () => {});
    await waitFor(async () => (await metric('slow_sockets_closed_total')) === 1, 'the server closes it');
    slow.resume();
    await waitFor(() => !slow.socket.connected, 'the connection ends');
  }, 60_000);
});
