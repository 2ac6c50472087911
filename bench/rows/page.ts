import { type Browser, chromium } from 'playwright-core';
import { demoConversationId } from '../../server/src/characters/seed.ts';
import { freePort } from '../../server/test/free-port.ts';
import { chromiumPath } from '../../server/test/page/browser.ts';
import type { Line, Row } from '../row.ts';
import { Stage } from '../stage.ts';
import { median, round, spread } from '../statistics.ts';

const goals = { usableS: 2, avatarS: 3 };
const PATIENCE_MS = 60_000;
const graphics = `(() => {
  const gl = document.createElement('canvas').getContext('webgl2');
  const info = gl?.getExtension('WEBGL_debug_renderer_info');
  return info ? gl.getParameter(info.UNMASKED_RENDERER_WEBGL) : 'no WebGL';
})()`;
const nextFrame = 'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))';

/** A stranger with an empty cache: the start page until it can be used, a live conversation until the avatar is there. */
export const page: Row = {
  name: 'page',
  async run(bench) {
    const lines = (usable: Partial<Line>, avatar: Partial<Line>): Line[] => [
      {
        what: 'the first page usable, cold cache, s',
        goal: `< ${goals.usableS}`,
        ours: 'not measured',
        notes: [],
        ...usable,
      },
      {
        what: 'the avatar on screen, cold cache, s',
        goal: `< ${goals.avatarS}`,
        ours: 'not measured',
        notes: [],
        ...avatar,
      },
    ];
    if (!chromiumPath) return lines({ met: false, notes: ['No Chromium here.'] }, { met: false });
    const stage = await Stage.open(bench);
    const { url } = await stage.startServer({ PORT: String(await freePort()) });
    const browser = await chromium.launch({ executablePath: chromiumPath, args: ['--no-sandbox'] });
    bench.atEnd(() => browser.close());

    const usable: number[] = [];
    const avatar: number[] = [];
    let renderer = '';
    for (let n = -1; n < (bench.quick ? 1 : 5); n += 1) {
      const [first] = await visit(browser, url, 'a[href^="/c/"]');
      const [second, drawnBy] = await visit(browser, `${url}/c/${demoConversationId}`, '[data-status=ready] canvas');
      renderer = drawnBy;
      if (n < 0) continue; // the server's first
      usable.push(first / 1_000);
      avatar.push(second / 1_000);
    }
    const browserNote = `Chromium ${browser.version()}, 1280 x 720, drawn by ${renderer}; each visit has a new profile.`;
    return lines(
      {
        ours: spread(usable),
        met: median(usable) < goals.usableS,
        notes: [`Until a live conversation can be chosen; slowest ${round(Math.max(...usable))} s. ${browserNote}`],
      },
      {
        ours: spread(avatar),
        met: median(avatar) < goals.avatarS,
        notes: ['Until the model is drawn and has begun to fade in, from the address of a live conversation.'],
      },
    );
  },
};

/** Ms until it is there and drawn, and who draws. */
async function visit(browser: Browser, url: string, selector: string): Promise<[ms: number, drawnBy: string]> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 720 }, locale: 'en-US' });
  try {
    const tab = await context.newPage();
    tab.setDefaultTimeout(PATIENCE_MS);
    const startedAt = performance.now();
    await tab.goto(url, { waitUntil: 'commit' });
    await tab.locator(selector).first().waitFor({ state: 'visible' });
    await tab.evaluate(nextFrame);
    const ms = performance.now() - startedAt;
    return [ms, await tab.evaluate<string>(graphics)];
  } finally {
    await context.close();
  }
}
