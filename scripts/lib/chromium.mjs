import { join } from 'node:path';
import { findProgram, isProgram } from './programs.mjs';
import { run } from './run.mjs';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const installTimeoutMs = 5 * 60_000;

/** Chromium or Chrome, installed by apt when we may. @returns {Promise<string | undefined>} */
export async function ensureChromium() {
  const found = findChromium();
  if (found || process.getuid?.() !== 0 || !findProgram(['apt-get'])) return found;
  console.log('Installing Chromium for the page tests ...');
  const options = {
    timeoutMs: installTimeoutMs,
    stdio: /** @type {const} */ ('ignore'),
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  };
  const install = () => run('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], options);
  if ((await install()).code !== 0) {
    await run('apt-get', ['update'], options);
    await install();
  }
  return findChromium();
}

function findChromium() {
  if (process.env.CHROMIUM_PATH) return process.env.CHROMIUM_PATH;
  const usual = [
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    ...['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap((name) => {
      const dir = process.env[name];
      return dir
        ? [join(dir, 'Google/Chrome/Application/chrome.exe'), join(dir, 'Chromium/Application/chrome.exe')]
        : [];
    }),
  ];
  return findProgram(names) ?? usual.find(isProgram);
}
