// Takes the pictures of docs/screenshots from a fresh embedded server: the real page, avatar and model.
// What answers is what the settings say (LLM_BASE_URL and so on), otherwise the small model on this machine.
import './lib/node-version.mjs';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { ensureChromium } from './lib/chromium.mjs';
import { loadDotEnv } from './lib/env.mjs';
import { toPalette } from './lib/png-palette.mjs';
import { freePort } from './lib/ports.mjs';
import { run } from './lib/run.mjs';
import { startServerProcess } from './lib/server-process.mjs';
import { root } from './lib/tree.mjs';
import { ensureModel } from './model.mjs';

const folder = join(root, 'docs/screenshots');
const startTimeoutMs = 60_000;
const answerTimeoutMs = 60_000;
/** Longer than the twin pauses between two sentences. */
const pauseMs = 1_500;

const demoConversation = '01990000-0000-7000-8000-000000000012';

/** @typedef {{ file: string, device: 'desktop' | 'phone', dark?: boolean, language?: 'en' | 'ja' }} Look */
/** @type {(Look & { path: string })[]} */
const places = [
  { file: 'home-desktop-light', device: 'desktop', path: '/' },
  { file: 'home-phone-dark', device: 'phone', dark: true, path: '/' },
  { file: 'home-phone-ja', device: 'phone', language: 'ja', path: '/' },
  { file: 'entry-phone-ja', device: 'phone', language: 'ja', path: `/c/${demoConversation}` },
];
/** One after another in the same conversation; each picture is taken while the twin speaks. @type {(Look & { name: string, says: string })[]} */
const talks = [
  { file: 'conversation-phone-light', device: 'phone', name: 'Nina', says: 'Hi Mira! How are you today?' },
  { file: 'conversation-phone-dark', device: 'phone', dark: true, name: 'Haru', says: 'What games do you like?' },
  { file: 'conversation-desktop-light', device: 'desktop', name: 'Sam', says: 'Nice to meet you!' },
  {
    file: 'conversation-desktop-dark',
    device: 'desktop',
    dark: true,
    name: 'Lena',
    says: 'What song should I listen to?',
  },
];

async function untilReady(/** @type {string} */ url) {
  const deadline = Date.now() + startTimeoutMs;
  while (
    !(await fetch(`${url}/readyz`).then(
      (answer) => answer.ok,
      () => false,
    ))
  ) {
    if (Date.now() > deadline) throw new Error('The server did not start; see above');
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

/** @param {import('playwright-core').Browser} browser @param {Look} look */
async function openPage(browser, { device, dark = false, language = 'en' }) {
  const context = await browser.newContext({
    ...(device === 'phone'
      ? { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true }
      : { viewport: { width: 1280, height: 800 } }),
    colorScheme: dark ? 'dark' : 'light',
    locale: { en: 'en-US', ja: 'ja-JP' }[language],
  });
  return context.newPage();
}

/** @param {string} file @param {Buffer} screenshot */
function keep(file, screenshot) {
  const picture = toPalette(screenshot);
  writeFileSync(join(folder, `${file}.png`), picture);
  console.log(`${file}.png: ${Math.round(picture.length / 1000)} kB`);
}

/**
 * Of all that can be taken until the twin has said everything, the picture with a word in the caption, open eyes and the most open mouth.
 * @param {import('playwright-core').Page} page
 */
async function takeWhileSpeaking(page) {
  const word = page.locator('mark'); // the word that is being said
  const stage = page.locator('[data-mouth]');
  const face = async () => {
    const [mouth, blink] = await Promise.all(['data-mouth', 'data-blink'].map((name) => stage.getAttribute(name)));
    return Number(mouth) + (await word.count()) - Number(blink);
  };
  await word.waitFor({ timeout: answerTimeoutMs });
  let best = { open: -Infinity, screenshot: Buffer.alloc(0) };
  do {
    const before = await face();
    const screenshot = await page.screenshot();
    const open = Math.min(before, await face());
    if (open > best.open) best = { open, screenshot };
  } while (
    await word.waitFor({ timeout: pauseMs }).then(
      () => true,
      () => false,
    )
  );
  return best.screenshot;
}

/** @param {import('playwright-core').Browser} browser @param {string} url @param {(typeof talks)[number]} talk */
async function takeTalk(browser, url, talk) {
  const page = await openPage(browser, talk);
  await page.goto(`${url}/c/${demoConversation}`);
  await page.getByLabel('Display name').fill(talk.name);
  await page.getByRole('button', { name: 'Join' }).click();
  await page.locator('[data-status=ready]').waitFor();
  await page.locator('textarea').fill(talk.says);
  await page.locator('textarea').press('Enter');
  keep(talk.file, await takeWhileSpeaking(page));
  await page.context().close();
}

loadDotEnv();
const { code } = await run(process.execPath, ['scripts/build.mjs']);
if (code !== 0) process.exit(code);
const executablePath = await ensureChromium();
if (!executablePath) throw new Error('There is no Chromium here (set CHROMIUM_PATH)');
const model = process.env.LLM_BASE_URL || process.env.OPENAI_API_KEY ? undefined : await ensureModel();

mkdirSync(folder, { recursive: true });
const dataDir = mkdtempSync(join(tmpdir(), 'fantwin-screenshots-'));
const port = await freePort();
const url = `http://127.0.0.1:${port}`;
const server = startServerProcess({
  PORT: String(port),
  PUBLIC_URL: url,
  DATA_DIR: dataDir,
  DATABASE_URL: '',
  REDIS_URL: '',
  LOG_LEVEL: 'warn',
  ...(model && { LLM_MODEL_PATH: model }),
});
const exited = once(server, 'exit');
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
try {
  await untilReady(url);
  for (const talk of talks) await takeTalk(browser, url, talk);
  for (const place of places) {
    const page = await openPage(browser, place);
    await page.goto(url + place.path, { waitUntil: 'networkidle' });
    if (place.path !== '/') await page.locator('[data-status=ready]').waitFor();
    keep(place.file, await page.screenshot());
    await page.context().close();
  }
} finally {
  await browser.close();
  server.kill('SIGTERM');
  await exited;
  rmSync(dataDir, { recursive: true, force: true });
}
