import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { chromiumPath, openBrowser, story, Visitor } from './browser.ts';
import { openSite, type Site } from './site.ts';

const TOKEN_MS = 30;
const NO_MODEL = 'No language model is configured on this server yet, so Mira cannot answer. Messages are kept.';

describe.skipIf(!chromiumPath)('a message that is not answered at once', story, () => {
  let browser: Browser;
  let site: Site;
  const visitors: Visitor[] = [];
  const enter = async (name: string, url = site.url) => {
    const one = await Visitor.open(browser, url);
    visitors.push(one);
    return one.enter(name);
  };

  beforeAll(async () => {
    [browser, site] = await Promise.all([
      openBrowser(),
      openSite({ 'Who is first?': 'Oh, it is you, my dear fan!' }, TOKEN_MS),
    ]);
  });
  afterEach(async () => {
    await Promise.all(visitors.splice(0).map((one) => one.close()));
  });
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });

  test('a refused one says why, and its text can be edited and sent', async () => {
    const [ann, ben] = await Promise.all([enter('Ann'), enter('Ben')]);
    await ann.say('fuck you');
    await ann.page.getByRole('alert').getByText('This message breaks the rules of the room').waitFor();
    await ann.page.getByRole('button', { name: 'Edit' }).click();
    expect(await ann.writing.inputValue()).toBe('fuck you');
    await ann.writing.press('End');
    for (let n = 0; n < 'fuck you'.length; n += 1) await ann.writing.press('Backspace');
    await ann.writing.pressSequentially('love you');
    await ann.writing.press('Enter');
    await ben.sees('love you');
    for (const one of [ann, ben]) await one.sees('Thank you.');
    expect((await ben.recorded()).texts.join()).not.toContain('fuck');
    expect(await ann.lines()).toEqual(await ben.lines());
    expect([...ann.faults, ...ben.faults]).toEqual([]);
  });

  test('the place in line is shown and gets better', async () => {
    const [ann, ben, cyd] = await Promise.all([enter('Ann'), enter('Ben'), enter('Cyd')]);
    site.double.setTokenMs(1_500);
    await ann.say('Who is first?');
    await cyd.sees('Who is first?');
    await ben.say('Who is second?');
    await cyd.sees('Who is second?');
    await cyd.say('Who is third?');
    const place = cyd.page.getByRole('status');
    await place.getByText('2 messages are answered before yours').waitFor();
    site.double.setTokenMs(TOKEN_MS);
    await place.getByText('1 message is answered before yours').waitFor();
    await place.getByText(/before yours/).waitFor({ state: 'detached' });
    await cyd.until(async () => (await cyd.lines()).at(-1)?.text === 'Thank you.', 'the last answer');
    expect([...ann.faults, ...ben.faults, ...cyd.faults]).toEqual([]);
  });

  test('where no model is configured the page says so, and messages are kept', async () => {
    const { url } = await site.another({ LLM_BASE_URL: '', LLM_MODEL: '', ROLES: 'web' });
    const ann = await enter('Ann', url);
    await ann.page.getByRole('status').getByText(NO_MODEL).waitFor();
    await ann.say('I am here all the same.');
    const ben = await enter('Ben', url);
    await ben.sees('I am here all the same.');
    expect([...ann.faults, ...ben.faults]).toEqual([]);
  });
});
