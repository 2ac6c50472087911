import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { cpus } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { build } from 'esbuild';
import type { Browser, Page } from 'playwright-core';

const client = resolve(import.meta.dirname, '../../../client');
const avatars = join(client, 'public/avatars');

const html = `<!doctype html><meta charset="utf-8"><title>Stage</title><link rel="icon" href="data:,"><style>
  body { margin: 0 } #stage { position: relative; width: 100vw; height: 100vh }
  .absolute { position: absolute } .inset-0 { inset: 0 } .size-full { width: 100%; height: 100% } .opacity-0 { opacity: 0 }
</style><div id="stage"></div><script type="module" src="/page.js"></script>`;

/** A page that is only a stage, made from the client's own sources and served with its avatars. */
export async function openStageLab() {
  const { outputFiles } = await build({
    entryPoints: [join(client, 'src/avatar/stage-for-tests.tsx')],
    bundle: true,
    write: false,
    format: 'esm',
    jsx: 'automatic',
    target: 'chrome111',
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'silent',
  });
  const script = outputFiles[0]?.contents ?? new Uint8Array();
  const http = createServer(({ url = '' }, response) => {
    const name = basename(url);
    if (url === '/') response.setHeader('content-type', 'text/html').end(html);
    else if (url === '/page.js') response.setHeader('content-type', 'text/javascript').end(script);
    else if (readdirSync(avatars).includes(name)) response.end(readFileSync(join(avatars, name)));
    else response.writeHead(404).end();
  });
  await new Promise<void>((done) => http.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    avatarUrls: readdirSync(avatars)
      .filter((name) => name.endsWith('.vrm'))
      .map((name) => `/avatars/${name}`),
    close: () => new Promise<void>((done) => void http.close(() => done())),
  };
}
export type StageLab = Awaited<ReturnType<typeof openStageLab>>;

/** What draws here: figures mean nothing without it. */
export async function describeMachine(browser: Browser): Promise<string> {
  const page = await browser.newPage();
  const gpu = await graphicsOf(page);
  await page.close();
  const [cpu] = cpus();
  return `${cpus().length} x ${cpu?.model.trim() ?? 'unknown processor'}, ${gpu}`;
}

const graphicsOf = (page: Page): Promise<string> =>
  page.evaluate(`(() => {
    const gl = document.createElement('canvas').getContext('webgl2');
    const names = gl?.getExtension('WEBGL_debug_renderer_info');
    return names ? gl.getParameter(names.UNMASKED_RENDERER_WEBGL) : 'no WebGL';
  })()`);
