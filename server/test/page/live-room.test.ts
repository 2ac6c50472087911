import { readFileSync } from 'node:fs';
import type { Conversation } from '@fantwin/shared/conversations';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Person } from '../studio/person.ts';
import { chromiumPath, openBrowser, story, Visitor } from './browser.ts';
import { openSite, type Site } from './site.ts';

const answers = { 'Hello!': 'Good evening, I see many stars tonight.', 'Again!': 'Here I am again.' };

describe.skipIf(!chromiumPath)('a live conversation of a creator', story, () => {
  let browser: Browser;
  let site: Site;
  let creator: Person;
  let ann: Visitor;
  let id: string;

  beforeAll(async () => {
    [browser, site] = await Promise.all([openBrowser(), openSite(answers, 30)]);
    creator = await Person.withAccount(site, 'Stella');
    const { id: characterId } = await creator.makeTwin();
    const wanted = { characterId, kind: 'live', title: 'Under the stars' };
    ({ id } = await creator.done<Conversation>('POST', '/api/conversations', wanted));
    ann = await Visitor.open(browser, site.url);
    await ann.page.goto(`${site.url}/c/${id}`);
    await ann.enter('Ann');
    await ann.avatarIsThere();
  });
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });

  test('it shows how many are here and who wrote', async () => {
    const { page } = ann;
    await page.getByRole('button', { name: '1 person is here' }).click();
    await page.getByRole('dialog').getByText('Nobody wrote in the last half hour.').waitFor();
    await page.keyboard.press('Escape');
    await ann.say('Hello!');
    await ann.sees(answers['Hello!']);
    await page.getByRole('button', { name: '1 person is here Ann wrote lately' }).click();
    const people = page.getByRole('dialog').getByRole('list', { name: 'Wrote lately' });
    expect(await people.getByRole('listitem').allTextContents(), 'people, not twins').toEqual(['AAnnYou']);
    await page.keyboard.press('Escape');
    expect(ann.faults).toEqual([]);
  });

  test('a picture of the moment is a file with the twin and a line of text under it', async () => {
    const { page } = ann;
    const saved = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Picture of the moment' }).click();
    const file = await saved;
    expect(file.suggestedFilename()).toMatch(/^Nova \d{4}-\d\d-\d\d \d\d\.\d\d\.png$/);
    await page.getByText('The picture is saved.').first().waitFor();
    const png = readFileSync(await file.path());
    expect(png.toString('latin1', 1, 4)).toBe('PNG');
    const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)];
    const stage = (await ann.stage.boundingBox()) ?? { width: 0, height: 0 };
    expect(width / stage.width, 'as wide as the stage').toBeCloseTo(Math.round(width / stage.width), 1);
    expect(height / width, 'and higher').toBeGreaterThan(stage.height / stage.width);
    expect(ann.faults).toEqual([]);
  });

  test('its creator ends it: nobody writes any more, until it is opened again', async () => {
    const { page } = ann;
    await creator.done('PATCH', `/api/conversations/${id}`, { open: false });
    await page.getByText('This live conversation has ended.').waitFor();
    expect(await ann.writing.count()).toBe(0);
    await ann.sees(answers['Hello!']);
    await creator.done('PATCH', `/api/conversations/${id}`, { open: true });
    await ann.writing.waitFor();
    await ann.say('Again!');
    await ann.sees(answers['Again!']);
    expect(ann.faults).toEqual([]);
  });
});
