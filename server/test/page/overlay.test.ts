import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { demoConversationId } from '../../src/characters/seed.ts';
import { Fan } from '../fan.ts';
import { chromiumPath, openBrowser, story, Visitor } from './browser.ts';
import { openEmbeddedSite } from './site.ts';

const answers = { 'Hello!': 'Good evening to everybody out there.', 'Again!': 'I am back on the air.' };

describe.skipIf(!chromiumPath)('the overlay for a live stream', story, () => {
  let browser: Browser;
  let site: Awaited<ReturnType<typeof openEmbeddedSite>>;
  let ann: Fan;

  beforeAll(async () => {
    [browser, site] = await Promise.all([openBrowser(), openEmbeddedSite(answers, 30)]);
    ann = await Fan.enter(site.url, 'Ann');
    await ann.join(demoConversationId);
  });
  afterAll(async () => {
    ann?.close();
    await browser?.close();
    await site?.close();
  });

  const address = (search = '') => `${site.url}/overlay/${demoConversationId}${search}`;

  /** The part of the picture that lets through what is behind it. */
  async function shareThatIsClear({ page }: Visitor): Promise<number> {
    const picture = await page.screenshot({ omitBackground: true });
    return page.evaluate(`(async () => {
      const bytes = Uint8Array.from(atob('${picture.toString('base64')}'), (char) => char.charCodeAt(0));
      const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
      const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
      context.drawImage(bitmap, 0, 0);
      const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height);
      let clear = 0;
      for (let i = 3; i < data.length; i += 4) if (data[i] === 0) clear += 1;
      return clear / (data.length / 4);
    })()`);
  }

  test('nobody is signed in, and there it is: clear but for the avatar and its captions, back after a killed server', async () => {
    const gone = { expectedErrors: /ERR_CONNECTION|ERR_EMPTY_RESPONSE|WebSocket connection/ };
    const obs = await Visitor.open(browser, site.url, { ...gone, viewport: { width: 640, height: 360 } });
    const { page } = obs;
    await page.goto(address());
    await obs.avatarIsThere();
    await obs.until(async () => {
      const clear = await shareThatIsClear(obs);
      return clear > 0.4 && clear < 0.95;
    }, 'an avatar with nothing behind it');
    expect(await page.locator('a, button, input, textarea, [tabindex]').count(), 'nothing to press').toBe(0);
    expect(await page.getByRole('status').textContent(), 'nothing is wrong').toBe('');

    await ann.say('Hello!');
    await page.getByText(answers['Hello!']).waitFor();
    expect(await page.getByText('Hello!', { exact: true }).count(), 'no chat').toBe(0);

    await site.kill();
    await page.getByText('Connection lost. Reconnecting').waitFor();
    await site.startAgain();
    await page.getByText('Connection lost. Reconnecting').waitFor({ state: 'detached' });
    await ann.connected();
    await ann.say('Again!');
    await page.getByText(answers['Again!']).waitFor();
    expect(obs.faults).toEqual([]);
    await page.close();
  });

  test('its address says how it looks, and what in it is wrong is named', async () => {
    const obs = await Visitor.open(browser, site.url, { viewport: { width: 640, height: 360 } });
    const { page } = obs;
    await page.goto(address('?captions=off&side=right&size=50&colour=red'));
    await page.getByText('Not understood in the address: colour=red').waitFor();
    await obs.avatarIsThere();
    expect(await obs.stage.boundingBox()).toEqual({ x: 460, y: 180, width: 180, height: 180 });

    await ann.say('Hello!');
    await page.locator('[data-speaking=true]').waitFor();
    expect(await page.getByText(answers['Hello!']).count(), 'no captions').toBe(0);
    expect(obs.faults).toEqual([]);
  });
});
