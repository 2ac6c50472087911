// Takes the pictures of docs/screenshots from a fresh embedded server: the real page, avatar and model.
// What answers is what the settings say (LLM_BASE_URL and so on), otherwise the small model on this machine.
import './lib/node-version.mjs';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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

const demoTwin = '01990000-0000-7000-8000-000000000011';

/** @typedef {{ device: 'desktop' | 'phone', dark?: boolean, language?: 'en' | 'ja' }} Look */
/** @type {Record<string, Look>} */
const looks = {
  'desktop-light': { device: 'desktop' },
  'desktop-dark-ja': { device: 'desktop', dark: true, language: 'ja' },
  'phone-dark': { device: 'phone', dark: true },
  'phone-light-ja': { device: 'phone', language: 'ja' },
};
/** Every page, as the one who has most to do with it. `ready`: what has to be there. */
/** @type {{ name: string, path: string, as?: 'creator' | 'moderator', ready?: string }[]} */
const places = [
  { name: 'home', path: '/' },
  { name: 'sign-in', path: '/sign-in' },
  { name: 'entry', path: `/c/${demoConversation}`, ready: '[data-status=ready]' },
  { name: 'settings', path: '/settings' },
  { name: 'studio', path: '/studio', as: 'creator' },
  { name: 'studio-new', path: '/studio/new', as: 'creator' },
  { name: 'studio-twin', path: `/studio/twins/${demoTwin}`, as: 'creator', ready: '[data-status=ready]' },
  { name: 'studio-avatars', path: '/studio/avatars', as: 'creator' },
  { name: 'moderation', path: '/moderation/avatars', as: 'moderator' },
  { name: 'overlay', path: `/overlay/${demoConversation}`, ready: '[data-status=ready]' },
  { name: 'not-found', path: '/nothing-here' },
];
/** One after another in the same conversation; each picture is taken while the twin speaks. @type {(Look & { file: string, name: string, says: string })[]} */
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
  await context.addInitScript(`localStorage.setItem('fantwin.quality', 'high')`); // software rendering would step down
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

/** @param {import('playwright-core').Browser} browser @param {(typeof talks)[number]} talk */
async function takeTalk(browser, talk) {
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

/** @param {import('playwright-core').Browser} browser @param {(typeof places)[number]} place @param {string} look */
async function takePlace(browser, { name, path, as, ready }, look) {
  const page = await openPage(browser, looks[look] ?? looks['desktop-light']);
  if (as) await signIn(page, as);
  await page.goto(url + path, { waitUntil: 'networkidle' });
  if (ready) await page.locator(ready).waitFor();
  keep(`${name}-${look}`, await page.screenshot());
  await page.context().close();
}

/** @param {import('playwright-core').Page} page @param {'creator' | 'moderator'} who */
async function signIn(page, who) {
  const { email, password } = signInOf(who);
  await page.goto(`${url}/sign-in`);
  await page.getByRole('tab', { name: /^(Sign in|サインイン|ログイン)$/ }).click();
  await page.locator('input[type=email]').fill(email);
  await page.locator('input[type=password]').fill(password);
  await page.locator('input[type=password]').press('Enter');
  await page.waitForURL(`${url}/`);
  await new Promise((resolve) => setTimeout(resolve, 3_100)); // 20 sign-ins a minute are let through
}

/** @param {'creator' | 'moderator'} who */
function signInOf(who) {
  const secrets = JSON.parse(readFileSync(join(dataDir, 'secrets.json'), 'utf8'));
  return { email: `${who}@fantwin.example`, password: secrets[`demo-${who}`] };
}

/** Something for the moderator to look at. */
async function uploadAvatar() {
  const json = { 'content-type': 'application/json' };
  const body = JSON.stringify(signInOf('creator'));
  const { accessToken } = await (await fetch(`${url}/api/auth/login`, { method: 'POST', headers: json, body })).json();
  /** @param {string} path @param {string} type @param {string} file */
  const send = async (path, type, file) => {
    const headers = { authorization: `Bearer ${accessToken}`, 'content-type': type };
    const content = readFileSync(join(root, 'client/public/avatars', file));
    const answer = await fetch(url + path, { method: 'POST', headers, body: content });
    if (!answer.ok) throw new Error(`${path} was refused: ${await answer.text()}`);
    return answer.json();
  };
  const { id } = await send('/api/vrm-models?rights=confirmed', 'model/gltf-binary', 'ren.vrm');
  await send(`/api/vrm-models/${id}/picture`, 'image/png', 'ren.png');
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
  const names = process.argv.slice(2); // of places; without any, all pictures are taken
  if (names.length === 0) for (const talk of talks) await takeTalk(browser, talk);
  await uploadAvatar();
  const wanted = places.filter(({ name }) => names.length === 0 || names.includes(name));
  for (const place of wanted) for (const look of Object.keys(looks)) await takePlace(browser, place, look);
} finally {
  await browser.close();
  server.kill('SIGTERM');
  await exited;
  rmSync(dataDir, { recursive: true, force: true });
}
