import { AxeBuilder } from '@axe-core/playwright';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { anotherVrm, Person } from '../studio/person.ts';
import { chromiumPath, openBrowser, story, Visitor } from './browser.ts';
import { openSite, type Site } from './site.ts';

const ANSWER = 'Good evening! I am glad that you are here.';
const phone = { width: 390, height: 844 };
const desktop = { width: 1280, height: 800 };
/** Each two of language, appearance and size come together once. */
const looks = [
  { language: 'en', name: 'English', colorScheme: 'light', size: phone },
  { language: 'en', name: 'English', colorScheme: 'dark', size: desktop },
  { language: 'ja', name: '日本語', colorScheme: 'dark', size: phone },
  { language: 'ja', name: '日本語', colorScheme: 'light', size: desktop },
] as const;

describe.skipIf(!chromiumPath)('for everyone to use', story, () => {
  let browser: Browser;
  let site: Site;
  let ann: Visitor;

  beforeAll(async () => {
    [browser, site] = await Promise.all([openBrowser(), openSite({ 'Hello!': ANSWER }, 30)]);
    ann = await Visitor.open(browser, site.url);
  });
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });

  /** In the way that the page offers: by its menu, or by the settings of a conversation. */
  async function speak(name: string): Promise<void> {
    const { page } = ann;
    const menu = page.getByRole('button', { name: /^(Language and appearance|言語と表示)$/ });
    if ((await menu.count()) > 0) {
      await menu.click();
      await page.getByRole('menuitemradio', { name }).click();
      await page.getByRole('menu').waitFor({ state: 'detached' });
      return;
    }
    await page.getByRole('button', { name: /^(Settings|設定)$/ }).click();
    await page.getByRole('radio', { name }).click();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  }

  /** `open`: something that is opened first, in each look. */
  async function expectFaultless(place: string, open?: RegExp): Promise<void> {
    const { page } = ann;
    for (const { language, name, colorScheme, size } of looks) {
      await page.setViewportSize(size);
      await page.emulateMedia({ colorScheme });
      await speak(name);
      await page.locator(`html[lang=${language}][data-theme=${colorScheme}]`).waitFor();
      if (open) {
        await page.getByRole('button', { name: open }).click();
        await page.getByRole('dialog').waitFor();
      }
      await expectNoViolation(`${place}, ${language}, ${colorScheme}, ${size.width}`);
      const width = await page.evaluate('document.documentElement.scrollWidth');
      expect(width, `${place}, ${language} does not scroll sideways`).toBeLessThanOrEqual(size.width);
      if (open) {
        await page.keyboard.press('Escape');
        await page.getByRole('dialog').waitFor({ state: 'detached' });
      }
    }
    expect(ann.faults).toEqual([]);
  }

  async function expectNoViolation(where: string): Promise<void> {
    const { violations } = await new AxeBuilder({ page: ann.page }).setLegacyMode().analyze();
    const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
    expect(found, where).toEqual([]);
  }

  async function beginInEnglish(): Promise<void> {
    await ann.page.goto(site.url);
    await ann.page.evaluate(`localStorage.setItem('fantwin.language', 'en')`);
    await ann.page.reload();
  }

  test('the start page', async () => {
    await ann.page.goto(site.url);
    await ann.page.getByRole('link', { name: 'Live with Mira' }).waitFor();
    await expectFaultless('home');
  });

  test.each([
    ['sign-in', '/sign-in'],
    ['settings', '/settings'],
    ['an address with nothing behind it', '/nowhere/at/all'],
    ['a page for moderators alone', '/moderation/avatars'],
  ])('%s', async (place, path) => {
    await ann.page.goto(site.url + path);
    await ann.page.getByRole('heading', { level: 1 }).waitFor();
    await expectFaultless(place);
  });

  test('a conversation', async () => {
    await beginInEnglish();
    await ann.enter('Ann');
    await ann.avatarIsThere();
    await ann.say('Hello!');
    await ann.sees(ANSWER);
    await expectFaultless('conversation');
  });

  test.each([
    ['who is in a conversation', /1 person is here|1人が参加中/],
    ['the settings beside a conversation', /^(Settings|設定)$/],
  ])('%s', (place, button) => expectFaultless(place, button));

  test('the overlay', async () => {
    await ann.page.goto(ann.page.url().replace('/c/', '/overlay/'));
    await ann.avatarIsThere();
    await expectNoViolation('overlay');
  });

  test('avatars to review, one of them opened', async () => {
    await beginInEnglish();
    const creator = await Person.withAccount(site, 'Stella');
    await creator.upload(anotherVrm('Ayla'));
    const { page } = ann;
    await page.goto(`${site.url}/sign-in?to=/moderation/avatars`);
    await page.getByRole('tab', { name: 'Sign in' }).click();
    await page.getByLabel('E-mail').fill('moderator@fantwin.example');
    await page.getByLabel('Password').fill(await site.passwordOf('moderator'));
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('button', { name: 'Look at it: Ayla' }).click();
    await ann.avatarIsThere();
    await page.getByRole('button', { name: 'Refuse', exact: true }).click();
    await expectFaultless('avatars to review');
  });

  test.each(['/studio', '/studio/new', '/studio/avatars'])('%s', async (path) => {
    await ann.page.goto(site.url + path);
    await ann.page.getByRole('heading', { level: 1 }).waitFor();
    await expectFaultless(path);
  });
});
