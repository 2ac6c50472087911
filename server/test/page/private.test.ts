import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chromiumPath, openBrowser, story, Visitor } from './browser.ts';
import { openSite, type Site } from './site.ts';

const LONG = `${'I could talk about the sea, the songs and the ships for hours. '.repeat(12)}Good night!`;

describe.skipIf(!chromiumPath)('an account and a private talk', story, () => {
  let browser: Browser;
  let site: Site;

  beforeAll(async () => {
    [browser, site] = await Promise.all([openBrowser(), openSite({ 'Talk to me.': LONG }, 100)]);
  });
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });

  test('sign in, talk, stop the answer, sign out', async () => {
    const robin = await Visitor.open(browser, site.url, { expectedErrors: /401 \(Unauthorized\).*\/auth\/login/ });
    const { page } = robin;
    await page.goto(`${site.url}/sign-in`);
    await page.getByRole('tab', { name: 'Sign in' }).click();
    await page.getByLabel('E-mail').fill('fan@fantwin.example');
    await page.getByLabel('Password').fill('not the password');
    await page.getByRole('tabpanel').getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('alert').getByText('This e-mail and password do not belong together.').waitFor();
    await page.getByLabel('Password').fill(await site.passwordOf('fan'));
    await page.getByRole('tabpanel').getByRole('button', { name: 'Sign in' }).click();
    await page.waitForURL(`${site.url}/`);

    await page.getByRole('button', { name: 'Talk in private: Mira' }).click();
    await page.getByText('Private', { exact: true }).waitFor();
    await robin.avatarIsThere();
    await robin.say('Talk to me.');
    await robin.sees(/I could talk about the sea/);
    await page.locator('[data-speaking=true]').waitFor();
    await page.getByRole('button', { name: 'Stop the answer' }).click();
    await page.getByText('The answer was stopped.').waitFor();
    await robin.until(async () => site.double.openStreams() === 0, 'the model is let go');
    await robin.mouthRests();
    await page.getByTitle('Captions').waitFor({ state: 'detached' });

    const text = (await robin.lines()).at(-1)?.text ?? '';
    expect(LONG.startsWith(text) && text.length < LONG.length, text).toBe(true);
    expect(site.double.streams.at(-1)).toMatchObject({ left: true });
    expect((await robin.recorded()).texts.at(-1), 'no word came after the stop').toBe(text);
    expect(await page.getByRole('button', { name: 'Stop the answer' }).count()).toBe(0);

    await page.reload();
    await robin.sees('Talk to me.');
    const address = page.url();
    await page.getByRole('link', { name: 'Back to the live conversations' }).click();
    await page.getByRole('heading', { name: 'Your private talks' }).waitFor();
    await page.getByRole('button', { name: 'Account of Robin' }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByText('You are signed out.').waitFor();
    await page.getByRole('heading', { name: 'Your private talks' }).waitFor({ state: 'detached' });
    await page.goto(address);
    await page.getByText('This conversation has ended, does not exist, or is not yours to see.').waitFor();
    expect(robin.faults).toEqual([]);
  });
});
