import type { VrmModel } from '@fantwin/shared/vrm-models';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { anotherVrm, Person } from '../studio/person.ts';
import { chromiumPath, openBrowser, story, Visitor } from './browser.ts';
import { openSite, type Site } from './site.ts';

describe.skipIf(!chromiumPath)('moderation of avatars', story, () => {
  let browser: Browser;
  let site: Site;
  let creator: Person;
  let morgan: Visitor;

  beforeAll(async () => {
    [browser, site] = await Promise.all([openBrowser(), openSite({}, 30)]);
    creator = await Person.withAccount(site, 'Stella');
    morgan = await signedIn('moderator');
  });
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });

  async function signedIn(who: string): Promise<Visitor> {
    const one = await Visitor.open(browser, site.url);
    const { page } = one;
    await page.goto(`${site.url}/sign-in`);
    await page.getByRole('tab', { name: 'Sign in' }).click();
    await page.getByLabel('E-mail').fill(`${who}@fantwin.example`);
    await page.getByLabel('Password').fill(await site.passwordOf(who));
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('button', { name: /^Account of/ }).waitFor();
    return one;
  }
  const stateOf = async (model: VrmModel) => {
    const { items } = await creator.done<{ items: VrmModel[] }>('GET', '/api/vrm-models');
    return items.find(({ id }) => id === model.id);
  };

  test('a moderator finds a new avatar, sees it move, reads its licence and approves it; the twin can wear it', async () => {
    const model = await creator.upload(anotherVrm('Ayla'));
    const { page } = morgan;
    await page.getByRole('button', { name: /^Account of/ }).click();
    await page.getByRole('menuitem', { name: 'Avatars to review' }).click();
    const card = page.getByRole('listitem', { name: 'Ayla' });
    await card.getByText(/^From Stella/).waitFor();
    await card.getByRole('button', { name: 'Look at it: Ayla' }).click();
    await morgan.avatarIsThere();
    await card.getByRole('heading', { name: 'What its author allows' }).waitFor();
    await card.getByText('Triangles').waitFor();

    await card.getByRole('button', { name: 'Approve' }).click();
    await page.getByText('Ayla is approved.').first().waitFor();
    await card.waitFor({ state: 'detached' });
    const approved = await stateOf(model);
    expect(approved?.state).toBe('approved');
    const twin = await creator.makeTwin({ vrmModelId: model.id });
    expect(twin.avatarUrl).toBe(approved?.fileUrl);
    expect(morgan.faults).toEqual([]);
  });

  test('a refusal needs a reason, and the uploader is told it', async () => {
    const model = await creator.upload(anotherVrm('Zora'));
    const { page } = morgan;
    await page.goto(`${site.url}/moderation/avatars`);
    const card = page.getByRole('listitem', { name: 'Zora' });
    await card.getByRole('button', { name: 'Look at it: Zora' }).click();
    await card.getByRole('button', { name: 'Refuse', exact: true }).click();
    await card.getByRole('button', { name: 'Refuse with this reason' }).click();
    await card.getByText('Please say why.').waitFor();
    expect((await stateOf(model))?.state, 'nothing was sent').toBe('pending');

    await card.getByRole('button', { name: 'Rights unclear' }).click();
    const reason = await card.getByRole('textbox', { name: 'Reason' }).inputValue();
    await card.getByRole('button', { name: 'Refuse with this reason' }).click();
    await page.getByText('Zora is refused.').first().waitFor();
    expect(await stateOf(model)).toMatchObject({ state: 'refused', reason });
    expect(reason).toContain('Its licence does not allow this use.');
    expect(morgan.faults).toEqual([]);
  });

  test('others are told that this is not for them', async () => {
    const robin = await signedIn('fan');
    await robin.page.getByRole('button', { name: /^Account of/ }).click();
    expect(await robin.page.getByRole('menuitem', { name: 'Avatars to review' }).count()).toBe(0);
    await robin.page.goto(`${site.url}/moderation/avatars`);
    await robin.page.getByRole('heading', { name: 'Only moderators come in here' }).waitFor();
    expect(robin.faults).toEqual([]);
  });
});
