import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chromiumPath, openBrowser, story, Visitor } from './browser.ts';
import { openEmbeddedSite } from './site.ts';

const STORY = 'Once there was a little ship that loved to sing to the moon every single night.';
const answers = { 'Tell me a story.': STORY, 'And I am Ben.': 'Welcome, Ben!' };

describe.skipIf(!chromiumPath)('an embedded server dies', story, () => {
  let browser: Browser;
  let site: Awaited<ReturnType<typeof openEmbeddedSite>>;

  beforeAll(async () => {
    [browser, site] = await Promise.all([openBrowser(), openEmbeddedSite(answers, 500)]);
  });
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });

  test('killed in the middle of an answer and started again: the pages carry on, nothing is missing or twice', async () => {
    const gone = { expectedErrors: /ERR_CONNECTION|ERR_EMPTY_RESPONSE|WebSocket connection/ };
    const both = await Promise.all([Visitor.open(browser, site.url, gone), Visitor.open(browser, site.url, gone)]);
    const [ann, ben] = both;
    await Promise.all([ann.enter('Ann'), ben.enter('Ben')]);
    for (const one of both) await one.avatarIsThere();
    await ann.say('Tell me a story.');
    for (const one of both) await one.sees(/Once there was a little ship/);

    await site.kill();
    for (const one of both) await one.page.getByText('Connection lost. Reconnecting').waitFor();
    expect((await ben.lines()).at(-1)?.text).not.toBe(STORY);
    await ben.say('And I am Ben.'); // waits in the page
    site.double.setTokenMs(50);
    await site.startAgain();

    for (const one of both) {
      await one.sees(STORY);
      await one.sees('Welcome, Ben!');
      await one.page.getByText('Connection lost. Reconnecting').waitFor({ state: 'detached' });
    }
    expect((await ann.lines()).map(({ text }) => text)).toEqual([
      'Tell me a story.',
      STORY,
      'And I am Ben.',
      'Welcome, Ben!',
    ]);
    expect(await ann.lines()).toEqual(await ben.lines());
    expect(both.flatMap(({ faults }) => faults)).toEqual([]);

    const carriedOn = site.double.requests.map(({ body }) =>
      (body as { messages: { role: string; content: string }[] }).messages.at(-1),
    );
    const prefix = carriedOn.find((last) => last?.role === 'assistant')?.content ?? '';
    expect(prefix, 'the model went on from what was said').toMatch(/^Once there/);
    expect(STORY.startsWith(prefix) && prefix !== STORY).toBe(true);
    for (const one of both) await one.mouthRests();
  });
});
