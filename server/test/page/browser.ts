import { existsSync } from 'node:fs';
import { type Browser, type BrowserContextOptions, chromium, type Locator, type Page } from 'playwright-core';
import { waitFor } from '../fan.ts';

const usual = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];
/** Where there is none the page tests are skipped by name. */
export const chromiumPath = process.env.CHROMIUM_PATH ?? usual.find(existsSync);

/** One wait for the page, and one story: a busy machine draws WebGL in software. */
const PATIENCE_MS = 30_000;
export const story = { timeout: 90_000 };

/** Longer than the twin pauses between two sentences. */
const PAUSE_MS = 1_000;

export function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: chromiumPath, args: ['--no-sandbox'] });
}

/** What a page showed and did, noted by the page itself as it happened. */
export type Recorded = {
  /** Each text that the newest line of the chat had, in order. */
  texts: string[];
  /** How far the mouth opened, at each change. */
  mouth: { at: number; open: number }[];
  /** When the twin began or ended to speak, ms since 1970. */
  speaking: { at: number; is: boolean }[];
};

/** Runs in the page. Few frames a second, as on a slow phone: WebGL in software takes all that it is given. */
const recorder = `
  const draw = window.requestAnimationFrame;
  window.requestAnimationFrame = (frame) => setTimeout(() => draw(frame), 150);
  window.cancelAnimationFrame = (id) => clearTimeout(id);
  const recorded = { texts: [], mouth: [], speaking: [] };
  window.recorded = recorded;
  new MutationObserver((changes) => {
    const at = Date.now();
    for (const { target, attributeName } of changes) {
      if (attributeName === 'data-mouth' && Number(target.dataset.mouth) !== (recorded.mouth.at(-1)?.open ?? 0))
        recorded.mouth.push({ at, open: Number(target.dataset.mouth) });
      if (attributeName === 'data-speaking' && (target.dataset.speaking === 'true') !== (recorded.speaking.at(-1)?.is ?? false))
        recorded.speaking.push({ at, is: target.dataset.speaking === 'true' });
    }
    const text = [...document.querySelectorAll('[role=log] [data-text]')].at(-1)?.textContent ?? '';
    if (text !== recorded.texts.at(-1)) recorded.texts.push(text);
  }).observe(document, {
    subtree: true, childList: true, characterData: true, attributes: true,
    attributeFilter: ['data-mouth', 'data-speaking'],
  });`;

export type VisitorOptions = BrowserContextOptions & {
  /** Console errors that belong to the story: a refused sign-in, a server that is gone. */
  expectedErrors?: RegExp;
};

/** Somebody with a browser of their own, who notes everything that should not happen. */
export class Visitor {
  /** Errors in the console, exceptions, requests to another host. */
  readonly faults: string[] = [];
  readonly chat: Locator;
  readonly stage: Locator;
  readonly writing: Locator;

  private constructor(
    readonly page: Page,
    readonly url: string,
    expectedErrors?: RegExp,
  ) {
    this.chat = page.getByRole('log');
    this.stage = page.locator('[data-status]');
    this.writing = page.getByRole('textbox', { name: /^Write to/ });
    page.setDefaultTimeout(PATIENCE_MS);
    page.on('pageerror', (error) => this.faults.push(`exception: ${error.message}`));
    page.on('console', (message) => {
      if (message.type() !== 'error') return;
      const text = `${message.text()} (${message.location().url})`;
      if (!expectedErrors?.test(text)) this.faults.push(text);
    });
    page.on('request', (request) => {
      const address = request.url();
      if (!address.startsWith(`${url}/`) && !/^(blob|data):/.test(address)) this.faults.push(`request to ${address}`);
    });
  }

  static async open(browser: Browser, url: string, options: VisitorOptions = {}): Promise<Visitor> {
    const { expectedErrors, ...more } = options;
    const context = await browser.newContext({
      viewport: { width: 400, height: 520 }, // small pictures: several browsers share two cores
      locale: 'en-US',
      reducedMotion: 'reduce',
      ...more,
    });
    await context.addInitScript(recorder);
    return new Visitor(await context.newPage(), url, expectedErrors);
  }

  /** From the start page to the live conversation, as a stranger. */
  async approach(): Promise<void> {
    await this.page.goto(this.url);
    await this.page.getByRole('link', { name: 'Live with Mira' }).click();
    await this.page.getByLabel('Display name').waitFor();
  }

  /** As a guest with a name. */
  async enter(name: string): Promise<this> {
    if (!this.page.url().startsWith(`${this.url}/c/`)) await this.approach();
    await this.page.getByLabel('Display name').fill(name);
    await this.page.getByRole('button', { name: 'Join' }).click();
    await this.writing.waitFor();
    return this;
  }

  async avatarIsThere(): Promise<void> {
    await this.page.locator('[data-status=ready][data-mouth]').waitFor();
  }

  async say(text: string): Promise<void> {
    await this.writing.fill(text);
    await this.writing.press('Enter');
  }

  /** The lines of the chat: the id of each message, and its text. */
  async lines(): Promise<{ id: string; text: string }[]> {
    return this.page.evaluate(`[...document.querySelectorAll('[role=log] [data-line]')].map((line) => ({
      id: line.dataset.line, text: line.querySelector('[data-text]').textContent }))`);
  }

  async sees(text: string | RegExp): Promise<void> {
    await this.chat.getByText(text, typeof text === 'string' ? { exact: true } : {}).waitFor();
  }

  recorded(): Promise<Recorded> {
    return this.page.evaluate('window.recorded');
  }

  /** The twin spoke, and has been silent with a closed mouth for longer than it pauses between sentences. */
  async mouthRests(): Promise<void> {
    const rests = async () => {
      const { speaking, mouth } = await this.recorded();
      const [spoke, moved] = [speaking.at(-1), mouth.at(-1)];
      return spoke?.is === false && moved?.open === 0 && Date.now() - Math.max(spoke.at, moved.at) > PAUSE_MS;
    };
    await this.until(rests, 'the mouth rests');
  }

  /** Waits for something that only looking again and again can tell. */
  until<T>(look: () => Promise<T | undefined | false>, what: string): Promise<T> {
    return waitFor(look, what, PATIENCE_MS);
  }

  async close(): Promise<void> {
    await this.page.context().close();
  }
}
