import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chromiumPath, openBrowser, story, Visitor } from './browser.ts';
import { openSite, type Site } from './site.ts';

const LONG = `${'I could talk about the sea for hours. '.repeat(6)}Good night!`;

describe.skipIf(!chromiumPath)('settings', story, () => {
  let browser: Browser;
  let site: Site;

  beforeAll(async () => {
    [browser, site] = await Promise.all([openBrowser(), openSite({ 'Talk to me.': LONG }, 30)]);
  });
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });

  test('all of them act at once and are still there after a reload', async () => {
    const ann = await Visitor.open(browser, site.url);
    const { page } = ann;
    const root = page.locator('html');
    const sample = page.getByText('Good evening! This is how captions look.');
    const sizeOf = (): Promise<number> =>
      page.evaluate(`Number.parseFloat(getComputedStyle(document.querySelector('[data-sample] p')).fontSize)`);
    const choose = (group: string, name: string) =>
      page.getByRole('radiogroup', { name: group }).getByRole('radio', { name, exact: true }).click();

    await page.goto(site.url);
    await page.getByRole('button', { name: 'Language and appearance' }).click();
    await page.getByRole('menuitem', { name: 'All settings' }).click();
    await page.getByRole('heading', { name: 'Settings' }).waitFor();

    const normal = await sizeOf();
    await choose('Size of captions', 'Large');
    await ann.until(async () => (await sizeOf()) > normal, 'captions grow');
    await page.getByRole('switch', { name: 'Captions' }).click();
    await sample.waitFor({ state: 'detached' });
    await page.getByRole('switch', { name: 'Voice' }).click();
    await choose('Quality', 'Low');
    expect(await root.getAttribute('data-motion'), 'as the system wishes').toBe('reduced');
    await choose('Motion', 'Full');
    await page.locator('html[data-motion=full]').waitFor();
    await choose('Appearance', 'Dark');
    await page.locator('html[data-theme=dark]').waitFor();
    await choose('Language', '日本語');
    await page.getByRole('heading', { name: '設定' }).waitFor();

    await page.reload();
    await page.locator('html[lang=ja][data-motion=full][data-theme=dark]').waitFor();
    for (const [name, checked] of [
      ['字幕', false],
      ['音声', false],
    ] as const)
      expect(await page.getByRole('switch', { name }).isChecked(), name).toBe(checked);
    for (const name of ['大', '低', '標準', 'ダーク', '日本語'])
      expect(await page.getByRole('radio', { name, exact: true }).isChecked(), name).toBe(true);
    expect(ann.faults).toEqual([]);
  });

  test('in a conversation they change what is seen while the twin speaks', async () => {
    const ben = await Visitor.open(browser, site.url);
    const { page } = ben;
    await ben.enter('Ben');
    await ben.avatarIsThere();
    await ben.say('Talk to me.');
    const caption = page.getByTitle('Captions');
    await caption.waitFor();
    const announced = page.locator('p[aria-live=polite].sr-only', { hasText: 'the sea' });
    await announced.waitFor({ state: 'attached' });

    await page.getByRole('button', { name: 'Settings' }).click();
    await page.getByRole('switch', { name: 'Captions' }).click();
    await caption.waitFor({ state: 'detached' });
    await announced.waitFor({ state: 'detached' });
    expect(await page.locator('[data-speaking=true]').count(), 'and still speaks').toBe(1);
    await page.getByRole('switch', { name: 'Captions' }).click();
    await caption.waitFor();

    await page.getByRole('radiogroup', { name: 'Quality' }).getByRole('radio', { name: 'Low' }).click();
    await page.locator('[data-quality=low]').waitFor();
    expect(ben.faults).toEqual([]);
  });
});
