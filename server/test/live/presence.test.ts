import { afterAll, beforeAll, expect, test } from 'vitest';
import { Fan, waitFor } from '../fan.ts';
import { startTestApp, type TestApp } from '../test-app.ts';

let app: TestApp;
const tabs: Fan[] = [];
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(async () => {
  for (const tab of tabs) tab.close();
  await app?.close();
});

async function openTab(url: string, token: string): Promise<Fan> {
  const tab = new Fan(url, token);
  tabs.push(tab);
  await tab.connected();
  await tab.join(app.live);
  return tab;
}

/** As a crashed browser: no goodbye, and it does not come back. */
function kill(tab: Fan): void {
  tab.socket.io.reconnection(false);
  const { engine } = tab.socket.io as unknown as { engine: { transport: { ws: { terminate: () => void } } } };
  engine.transport.ws.terminate();
}

const listed = async (url: string): Promise<number | undefined> => {
  const response = await fetch(`${url}/api/conversations?kind=live`);
  const { items } = (await response.json()) as { items: { id: string; people: number }[] };
  return items.find(({ id }) => id === app.live)?.people;
};

test('people are counted, not tabs, over all servers; a killed tab and a stopped server go away', async () => {
  const other = await app.another();
  const third = await app.another();
  const [ann, bo, cy] = [await app.fan('Ann'), await app.fan('Bo'), await app.fan('Cy')];
  for (const fan of [ann, bo, cy]) await fan.join(app.live);
  const second = await openTab(app.url, ann.token);
  const dee = await openTab(other.url, (await app.fan('Dee')).token);
  const eve = await openTab(third.url, (await app.fan('Eve')).token);
  const seenByAll = (count: number, ...by: Fan[]) =>
    waitFor(() => by.every(({ presence }) => presence === count), `everybody sees ${count} people`, 12_000);

  await seenByAll(5, ann, bo, dee, eve);
  expect(await listed(app.url)).toBe(5);
  expect(await listed(other.url)).toBe(5);

  kill(second);
  kill(cy);
  await seenByAll(4, ann, bo, dee, eve);
  await ann.request('conversation:leave', { conversationId: app.live });
  await seenByAll(3, bo, dee, eve);
  await third.stop();
  await seenByAll(2, bo, dee);
  expect(await listed(other.url)).toBe(2);
});
