import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { chromiumPath, openBrowser, story, Visitor } from './browser.ts';
import { openSite, type Site } from './site.ts';

const TOKEN_MS = 100;
const ANSWER = 'Hello there, I am so glad that you are here!';
const answers = {
  'Hello Mira!': ANSWER,
  'Are you there?': 'Yes! I am right here with all of you, and I will stay until the moon goes to sleep.',
  two: 'Three!',
  'Can you hear me?': 'Loud and clear.',
  'She can.': 'Of course I can.',
};

describe.skipIf(!chromiumPath)('a live conversation in two browsers', story, () => {
  let browser: Browser;
  let site: Site;
  const visitors: Visitor[] = [];
  const open = async () => {
    const one = await Visitor.open(browser, site.url);
    visitors.push(one);
    return one;
  };

  beforeAll(async () => {
    [browser, site] = await Promise.all([openBrowser(), openSite(answers, TOKEN_MS)]);
  });
  afterEach(async () => {
    await Promise.all(visitors.splice(0).map((one) => one.close()));
  });
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });

  test('the answer streams into both, the mouth moves in both and rests afterwards', async () => {
    const both = [await open(), await open()] as const;
    const [ann, ben] = both;
    await Promise.all([ann.enter('Ann'), ben.enter('Ben')]);
    for (const one of both) await one.avatarIsThere();

    await ann.say('Hello Mira!');
    for (const one of both) await one.sees('Hello Mira!');
    for (const one of both) await one.sees(ANSWER);
    for (const one of both) await one.mouthRests();

    for (const one of both) {
      const { texts, mouth, speaking } = await one.recorded();
      const parts = texts.slice(texts.lastIndexOf('Hello Mira!') + 1);
      expect(parts.length, 'the answer came in pieces').toBeGreaterThan(3);
      for (const part of parts) expect(ANSWER.startsWith(part), part).toBe(true);
      const widest = Math.max(...mouth.map(({ open: far }) => far));
      expect(widest, 'the mouth opened').toBeGreaterThan(0.1);
      expect(mouth.at(-1)?.open, 'and closed').toBe(0);
      expect(speaking.at(-1)?.is).toBe(false);
      await one.page.getByTitle('Captions').waitFor({ state: 'detached' });
    }
    const spoke = await Promise.all(both.map(async (one) => (await one.recorded()).speaking));
    const starts = spoke.map(([first]) => first?.at ?? Infinity);
    const ends = spoke.map((changes) => changes.at(-1)?.at ?? 0);
    expect(Math.max(...starts), 'they saw her speak at the same time').toBeLessThan(Math.min(...ends));

    expect(await ann.lines()).toEqual(await ben.lines());
    expect((await ann.lines()).map(({ text }) => text)).toEqual(['Hello Mira!', ANSWER]);
    expect([...ann.faults, ...ben.faults]).toEqual([]);
  });

  test('who comes later, or again, sees what was said, the mouth that is speaking, and how many are here', async () => {
    const [ann, ben] = [await open(), await open()];
    await Promise.all([ann.enter('Ann'), ben.approach()]);
    for (const one of [ann, ben]) await one.avatarIsThere();
    site.double.setTokenMs(1_000);
    await ann.say('Are you there?');
    await ann.sees(/^Yes!/);
    await ben.enter('Ben');
    await ben.sees(/^Yes!/);
    site.double.setTokenMs(TOKEN_MS);
    await ben.sees(answers['Are you there?']);
    for (const one of [ann, ben]) await one.mouthRests();
    expect((await ben.recorded()).speaking[0]?.is).toBe(true);
    for (const { page } of [ann, ben]) await page.getByText('2 people are here').waitFor({ state: 'attached' });
    await ben.page.reload();
    await ben.page.getByText('2 people are here').waitFor({ state: 'attached' });
    await ben.sees(answers['Are you there?']);
    expect(await ben.lines()).toEqual(await ann.lines());
    expect([...ann.faults, ...ben.faults]).toEqual([]);
  });

  test('with the keyboard alone: find the conversation, give a name, write, send', async () => {
    const kay = await open();
    const { page } = kay;
    const tabTo = async (what: string) => {
      for (let presses = 0; presses < 30; presses += 1) {
        await page.keyboard.press('Tab');
        if (await page.locator(`${what}:focus-visible`).count()) return;
      }
      throw new Error(`no way to ${what} by keyboard`);
    };
    await page.goto(site.url);
    await page.getByRole('link', { name: 'Live with Mira' }).waitFor();
    await tabTo('a[href^="/c/"]');
    await page.keyboard.press('Enter');
    await page.getByLabel('Display name').waitFor();
    await tabTo('input');
    await page.keyboard.type('Kay');
    await page.keyboard.press('Enter');
    await page.locator('textarea:focus').waitFor();
    await page.keyboard.type('one');
    await page.keyboard.press('Shift+Enter');
    await page.keyboard.type('two');
    await page.keyboard.press('Enter');
    await kay.sees('one two');
    await kay.sees('Three!');
    expect(kay.faults).toEqual([]);
  });

  test('where a network swallows WebSockets, polling does', async () => {
    const [ann, ben] = [await open(), await open()];
    await ann.page.routeWebSocket(/.*/, () => undefined); // taken, and never answered
    const polls: string[] = [];
    ann.page.on('request', (request) => request.url().includes('transport=polling') && polls.push(request.method()));
    await Promise.all([ann.enter('Ann'), ben.enter('Ben')]);
    await ann.say('Can you hear me?');
    await ben.sees('Can you hear me?');
    await ben.say('She can.');
    for (const one of [ann, ben]) await one.sees('Of course I can.');
    expect(await ann.lines()).toEqual(await ben.lines());
    expect(polls.filter((method) => method === 'POST').length).toBeGreaterThan(1);
  });
});
