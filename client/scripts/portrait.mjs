// Takes the portraits of our avatars on the real stage: node client/scripts/portrait.mjs [name]. Needs a Chromium, at
// CHROMIUM_PATH. Writes public/avatars/<name>.png and the smaller picture that goes into the file itself; run
// make-avatar.mjs before, so that the model is there, and after, so that the new picture is in it.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { chromium } from 'playwright-core';
import { encodePng } from './avatar/png.mjs';

const TIMEOUT_MS = 120_000;
/** How much of the stage's picture is kept of each person. */
const sides = { mira: 0.7, ren: 0.63 };
/** Air above the hair, as a part of the portrait. */
const AIR = 0.02;
const SIZES = { portrait: 512, thumbnail: 128 };
const MAX_BYTES = 200_000;

const pathOf = (file) => fileURLToPath(new URL(file, import.meta.url));

async function bundleStage() {
  const { outputFiles } = await build({
    stdin: {
      contents: "import { renderPortrait } from './src/avatar/portrait.ts'; Object.assign(window, { renderPortrait });",
      resolveDir: pathOf('..'),
      loader: 'ts',
    },
    bundle: true,
    format: 'iife',
    write: false,
    logLevel: 'warning',
  });
  return outputFiles[0].text;
}

/** Runs in the page: the model's portrait, cut and made smaller, as pixels in base64. */
async function takeInPage({ model, part, air, sizes }) {
  const bytes = Uint8Array.from(atob(model), (letter) => letter.codePointAt(0));
  const picture = await createImageBitmap(await window.renderPortrait(bytes.buffer, 1536));
  const side = picture.width * part;
  const whole = new OffscreenCanvas(picture.width, picture.height).getContext('2d');
  whole.drawImage(picture, 0, 0);
  const all = whole.getImageData(0, 0, picture.width, picture.height).data;
  const first = all.findIndex((value, at) => at % 4 === 3 && value > 128);
  const top = Math.max(Math.floor(first / 4 / picture.width) - side * air, 0);
  return Object.fromEntries(
    Object.entries(sizes).map(([name, size]) => {
      const context = new OffscreenCanvas(size, size).getContext('2d');
      context.imageSmoothingQuality = 'high';
      context.drawImage(picture, (picture.width - side) / 2, top, side, side, 0, 0, size, size);
      const { data } = context.getImageData(0, 0, size, size);
      let text = '';
      for (const byte of data) text += String.fromCodePoint(byte);
      return [name, btoa(text)];
    }),
  );
}

/** What cannot be seen has no colour, and what is seen loses the last bits that nobody sees: smaller files. */
function simplified(pixels) {
  for (let at = 0; at < pixels.length; at += 4) {
    const alpha = pixels[at + 3];
    for (let channel = 0; channel < 3; channel += 1) {
      const value = pixels[at + channel];
      pixels[at + channel] = alpha === 0 ? 0 : Math.min(Math.round(value / 4) * 4, 255);
    }
  }
  return pixels;
}

async function takePortrait(page, name) {
  const model = readFileSync(pathOf(`../public/avatars/${name}.vrm`)).toString('base64');
  const taken = await page.evaluate(takeInPage, { model, part: sides[name], air: AIR, sizes: SIZES });
  const files = { portrait: `../public/avatars/${name}.png`, thumbnail: `avatar/people/${name}.png` };
  for (const [kind, size] of Object.entries(SIZES)) {
    const pixels = simplified(Buffer.from(taken[kind], 'base64'));
    const png = encodePng({ width: size, height: size, pixels, size: 4 });
    if (png.length > MAX_BYTES)
      throw new Error(`${files[kind]} would have ${png.length} bytes: more than ${MAX_BYTES}`);
    writeFileSync(pathOf(files[kind]), png);
    process.stdout.write(`${files[kind]}: ${png.length} bytes\n`);
  }
}

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH,
  args: ['--no-sandbox', '--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--ignore-gpu-blocklist'],
});
try {
  const page = await browser.newPage();
  page.setDefaultTimeout(TIMEOUT_MS);
  await page.setContent('<!doctype html><title>Portrait</title>');
  await page.addScriptTag({ content: await bundleStage() });
  const chosen = process.argv[2];
  for (const name of chosen ? [chosen] : Object.keys(sides)) await takePortrait(page, name);
} finally {
  await browser.close();
}
