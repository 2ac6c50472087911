import { AxeBuilder } from '@axe-core/playwright';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
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

  async function expectFaultless(place: string): Promise<void> {
    const { page } = ann;
    for (const { language, name, colorScheme, size } of looks) {
      await page.setViewportSize(size);
      await page.emulateMedia({ colorScheme });
      await page.locator('button:has(svg)[aria-haspopup=menu]').first().click();
      await page.getByRole('menuitemradio', { name }).click();
      await page.getByRole('menu').waitFor({ state: 'detached' });
      await page.locator(`html[lang=${language}][data-theme=${colorScheme}]`).waitFor();
      const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
      const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
      expect(found, `${place}, ${language}, ${colorScheme}, ${size.width}`).toEqual([]);
      const width = await page.evaluate('document.documentElement.scrollWidth');
      expect(width, `${place}, ${language} does not scroll sideways`).toBeLessThanOrEqual(size.width);
    }
    expect(ann.faults).toEqual([]);
  }

  test('the start page', async () => {
    await ann.page.goto(site.url);
    await ann.page.getByRole('link', { name: 'Live with Mira' }).waitFor();
    await expectFaultless('home');
  });

  test('sign-in', async () => {
    await ann.page.goto(`${site.url}/sign-in`);
    await ann.page.getByRole('tabpanel').waitFor();
    await expectFaultless('sign-in');
  });

  test('a conversation', async () => {
    await ann.page.evaluate(`localStorage.setItem('fantwin.language', 'en')`);
    await ann.enter('Ann');
    await ann.avatarIsThere();
    await ann.say('Hello!');
    await ann.sees(ANSWER);
    await expectFaultless('conversation');
  });
});
