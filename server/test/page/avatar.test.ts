import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chromiumPath, openBrowser, story, Visitor } from './browser.ts';
import { openSite, type Site } from './site.ts';

describe.skipIf(!chromiumPath)('the avatar', story, () => {
  let browser: Browser;
  let site: Site;

  beforeAll(async () => {
    [browser, site] = await Promise.all([
      openBrowser(),
      openSite({ 'Are you back?': 'Yes, I am back on the stage!' }, 30),
    ]);
  });
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });

  /** The part of the stage that looks different without the avatar's canvas. */
  async function shareOfStage({ page, stage }: Visitor): Promise<number> {
    const shot = () => stage.screenshot({ animations: 'disabled' });
    const shown = await shot();
    await page.evaluate(`document.querySelector('[data-status] canvas').style.visibility = 'hidden'`);
    const hidden = await shot();
    await page.evaluate(`document.querySelector('[data-status] canvas').style.visibility = ''`);
    const compare = `async (...pictures) => {
      const [one, other] = await Promise.all(pictures.map(async (base64) => {
        const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
        const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
        const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
        context.drawImage(bitmap, 0, 0);
        return context.getImageData(0, 0, bitmap.width, bitmap.height).data;
      }));
      let different = 0;
      for (let i = 0; i < one.length; i += 4) if (Math.abs(one[i] - other[i]) > 8) different += 1;
      return different / (one.length / 4);
    }`;
    return page.evaluate(`(${compare})('${shown.toString('base64')}', '${hidden.toString('base64')}')`);
  }

  const onScreen = (ann: Visitor) =>
    ann.until(async () => (await shareOfStage(ann)) > 0.1, 'the avatar fills a part of the stage');

  /** Takes the graphics context away as a driver does, and waits until the page knows. */
  const lose = (forGood: boolean) => `new Promise((done) => {
    const canvas = document.querySelector('[data-status] canvas');
    const context = canvas.getContext('webgl2').getExtension('WEBGL_lose_context');
    canvas.addEventListener('webglcontextlost', () => setTimeout(() => (${forGood} ? done() : context.restoreContext())), { once: true });
    canvas.addEventListener('webglcontextrestored', done, { once: true });
    canvas.dataset.lost = ${forGood};
    context.loseContext();
  })`;

  test('is on screen, and comes back when its graphics context was lost for a moment and for good', async () => {
    const ann = await Visitor.open(browser, site.url, { viewport: { width: 390, height: 720 } });
    const { page } = ann;
    // A machine that draws in software would have another canvas after some seconds, for the low tier.
    await page.addInitScript(`localStorage.setItem('fantwin.quality', 'high')`);
    await ann.enter('Ann');
    await ann.avatarIsThere();
    await onScreen(ann);

    await page.evaluate(lose(false));
    await onScreen(ann);
    expect(await page.locator('canvas[data-lost=false]').count(), 'the same canvas').toBe(1);

    await page.evaluate(lose(true));
    await page.locator('canvas:not([data-lost])').waitFor();
    await ann.avatarIsThere();
    await onScreen(ann);
    await ann.say('Are you back?');
    await page.locator('[data-speaking=true]').waitFor();
    await ann.mouthRests();
    expect(Math.max(...(await ann.recorded()).mouth.map(({ open }) => open))).toBeGreaterThan(0.1);
    expect(ann.faults).toEqual([]);
  });

  test('a page without WebGL works without it', async () => {
    const ben = await Visitor.open(browser, site.url);
    await ben.page.addInitScript('HTMLCanvasElement.prototype.getContext = () => null');
    await ben.enter('Ben');
    await ben.page.getByText('This browser cannot draw the avatar. The conversation works without it.').waitFor();
    await ben.say('I only read.');
    await ben.until(async () => (await ben.lines()).at(-1)?.text === 'Thank you.', 'an answer');
  });
});
