import { test } from 'vitest';
import { openBrowser, Visitor } from './browser.ts';
import { openEmbeddedSite } from './site.ts';
const STORY = 'Once there was a little ship, and it loved to sing. Every night it sang to the moon above.';
test('x', async () => {
  const t0 = Date.now(); const say = (w: string) => console.log(Date.now() - t0, w);
  const browser = await openBrowser(); say('browser');
  const site = await openEmbeddedSite({ 'Tell me a story.': STORY, 'And I am Ben.': 'Welcome, Ben!' }, 250); say('site');
  const both = await Promise.all([Visitor.open(browser, site.url), Visitor.open(browser, site.url)]);
  const [ann, ben] = both;
  for (const one of both) one.page.on('console', (m) => console.log(Date.now() - t0, one === ann ? 'ann' : 'ben', m.text()));
  await Promise.all([ann.enter('Ann'), ben.enter('Ben')]); say('entered');
  await ann.say('Tell me a story.');
  for (const one of both) await one.sees(/Once there was a little ship, and it/); say('seen');
  await site.kill(); say('killed');
  for (const one of both) await one.page.getByText('Connection lost. Reconnecting').waitFor(); say('noticed');
  await ben.say('And I am Ben.');
  await site.startAgain(); say('started');
  for (const one of both) { await one.page.getByText('Connection lost. Reconnecting').waitFor({ state: 'detached' }); say('back'); await one.sees(STORY); say('story'); await one.sees('Welcome, Ben!'); say('welcome'); }
  await browser.close(); await site.close();
}, 90_000);
