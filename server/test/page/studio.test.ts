import { readFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type OpenAiDouble, startOpenAiDouble } from '../doubles/openai-double.ts';
import { type SpeechApiDouble, startSpeechApiDouble } from '../doubles/speech-api-double.ts';
import { freePort } from '../free-port.ts';
import { startTestCluster, type TestCluster } from '../server-process.ts';
import { chromiumPath, openBrowser, story, Visitor } from './browser.ts';

const ANSWER = 'I love lighthouses too!';
const PASSWORD = 'a-long-password';

/** The platform's own avatar under another name: another file. */
function anotherAvatar(): Buffer {
  const file = readFileSync(new URL('../../../client/public/avatars/mira.vrm', import.meta.url));
  const name = file.indexOf('"meta":{"name":"Mira"');
  expect(name, 'our avatar has another name by now').toBeGreaterThan(0);
  file.write('"meta":{"name":"Mika"', name);
  return file;
}

describe.skipIf(!chromiumPath)('the studio', story, () => {
  let browser: Browser;
  let model: OpenAiDouble;
  let voice: SpeechApiDouble;
  let cluster: TestCluster;
  let url: string;
  const visitors: Visitor[] = [];

  async function open(expectedErrors?: RegExp): Promise<Visitor> {
    const one = await Visitor.open(browser, url, { expectedErrors });
    visitors.push(one);
    return one;
  }
  async function register({ page }: Visitor, name: string): Promise<void> {
    await page.getByLabel('Display name').fill(name);
    await page.getByLabel('E-mail').fill(`${name.toLowerCase()}@studio.example`);
    await page.getByLabel('Password').fill(PASSWORD);
    await page.getByRole('tabpanel').getByRole('button', { name: 'Make the account' }).click();
  }

  beforeAll(async () => {
    [browser, voice, model] = await Promise.all([
      openBrowser(),
      startSpeechApiDouble(),
      startOpenAiDouble({ answers: () => ANSWER, tokenMs: 20 }),
    ]);
    cluster = await startTestCluster(0, { LLM_BASE_URL: model.url, LLM_MODEL: 'double', ...voice.env });
    url = (await cluster.add({ PORT: String(await freePort()) })).url;
  });
  afterEach(async () => {
    await Promise.all(visitors.splice(0).map((one) => one.close()));
  });
  afterAll(async () => {
    await browser?.close();
    await cluster?.close();
    await model?.close();
    await voice?.close();
  });

  test('a stranger makes an account, a twin, and is live; a fan finds it and gets an answer', async () => {
    const ann = await open();
    const { page } = ann;
    const next = (step: string) => page.getByRole('button', { name: `Next: ${step}` }).click();
    const heading = (name: string) => page.getByRole('heading', { name });
    await page.goto(`${url}/studio`);
    await heading('A twin belongs to an account').waitFor();
    await page.getByRole('link', { name: 'Make the account' }).click();
    await register(ann, 'Ann');

    await heading('How does it look?').waitFor();
    await next('Who it is');
    await page.getByRole('alert').getByText('Pick an avatar first.').waitFor();
    await page.getByRole('radio', { name: 'Mira' }).focus();
    await page.keyboard.press('Space');
    await next('Who it is');

    await page.locator('h2:focus', { hasText: 'Who is it?' }).waitFor();
    await page.getByRole('button', { name: 'Virtual singer' }).click();
    await next('Voice');
    await page.locator('input[aria-invalid=true]:focus').fill('Nova');
    await next('Voice');
    await heading('How does it sound?').waitFor();
    await page.reload();
    await heading('How does it sound?').waitFor();
    await page.getByRole('button', { name: 'Listen: The usual voice' }).click();
    await ann.until(async () => voice.requests.length > 0, 'the voice is asked');
    await next('Preview');

    await ann.avatarIsThere();
    await page.getByText('Which song is in your head today?').first().waitFor();
    await ann.mouthRests();
    expect(Math.max(...(await ann.recorded()).mouth.map((moved) => moved.open))).toBeGreaterThan(0.1);
    await next('Go live');
    await page.locator('form').getByRole('button', { name: 'Go live' }).click();
    await page.locator('h2:focus', { hasText: 'Nova is live' }).waitFor();
    const address = await page.getByRole('textbox', { name: 'Link for your fans' }).inputValue();

    const ben = await open();
    await ben.page.goto(url);
    await ben.page.getByRole('link', { name: 'Live with Nova' }).click();
    await ben.page.waitForURL(address);
    await ben.enter('Ben');
    await ben.say('I love lighthouses.');
    await ben.sees(ANSWER);

    await page.getByRole('link', { name: 'To my twins' }).click();
    await page.getByText('1 person here').waitFor();
    await page.getByRole('button', { name: 'End live: Nova' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'End live' }).click();
    await page.getByRole('button', { name: 'Go live: Nova' }).waitFor();
    await ben.page.getByText('This live conversation has ended.').first().waitFor();

    await page.getByRole('link', { name: 'Edit: Nova' }).click();
    await page.getByLabel('Tagline').fill('Sings for ships');
    await page.getByRole('link', { name: 'My twins' }).click();
    await page
      .getByRole('dialog', { name: 'Leave without saving?' })
      .getByRole('button', { name: 'Stay here' })
      .click();
    const sent = page.waitForRequest((request) => request.method() === 'PATCH');
    await page.getByRole('button', { name: 'Save' }).click();
    expect((await sent).postDataJSON(), 'only what was changed').toEqual({ tagline: 'Sings for ships' });
    await page.getByText('Nova is saved.').first().waitFor();
    await page.getByRole('link', { name: 'My twins' }).click();
    await page.getByRole('listitem').getByText('Sings for ships').waitFor();
    expect([...ann.faults, ...ben.faults]).toEqual([]);
  });

  test('an avatar of my own: a broken file says why, a good one waits for a moderator with its portrait', async () => {
    const rin = await open(/400 \(Bad Request\).*\/api\/vrm-models/);
    const { page } = rin;
    await page.goto(`${url}/sign-in?as=register&to=/studio/avatars`);
    await register(rin, 'Rin');
    const file = anotherAvatar();
    const send = async (name: string, buffer: Buffer) => {
      await page.getByLabel('Choose a file').setInputFiles({ name, mimeType: 'model/gltf-binary', buffer });
      await page.getByText(name).waitFor();
      await page.getByRole('button', { name: 'Upload' }).click();
    };
    await send('half.vrm', file.subarray(0, file.length / 2));
    await page.getByRole('alert').getByText('Every fan downloads the file').waitFor();
    await page.getByRole('checkbox', { name: 'I may publish this model' }).check();
    await page.getByRole('button', { name: 'Upload' }).click();
    await page.getByRole('alert').getByText('The file says that it has').waitFor();
    expect(await page.getByRole('checkbox', { name: 'I may publish this model' }).isChecked()).toBe(true);

    await send('mika.vrm', file);
    await page.getByRole('checkbox', { name: 'I may publish this model' }).check();
    await page.getByRole('button', { name: 'Upload' }).click();
    await page.getByRole('status').getByText('Mika is uploaded and waits for a moderator.').waitFor();
    const card = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: 'Mika' }) });
    await card.getByText('Waiting').waitFor();
    await card.scrollIntoViewIfNeeded();
    const portraits = `[...document.images].filter(({ src }) => src.startsWith('blob:')).map((image) => image.naturalWidth)`;
    await rin.until(async () => String(await page.evaluate(portraits)) === '512', 'its portrait is there');
    await card.getByRole('button', { name: 'Look at it: Mika' }).click();
    await rin.avatarIsThere();
    await page.keyboard.press('Escape');

    await card.getByRole('button', { name: 'Delete: Mika' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await card.waitFor({ state: 'detached' });
    expect(rin.faults).toEqual([]);
  });
});
