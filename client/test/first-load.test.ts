import { gzipSync } from 'node:zlib';
import type { Rolldown } from 'vite';
import { build } from 'vite';
import { beforeAll, expect, test, vi } from 'vitest';

const FIRST_LOAD_MAX_BYTES = 300_000;
const root = new URL('..', import.meta.url).pathname;
let files: Map<string, Rolldown.OutputChunk | Rolldown.OutputAsset>;

beforeAll(async () => {
  vi.stubEnv('NODE_ENV', 'production'); // otherwise React brings its warnings along
  const built = (await build({ root, logLevel: 'error', build: { write: false } })) as Rolldown.RolldownOutput;
  files = new Map(built.output.map((file) => [file.fileName, file]));
  vi.unstubAllEnvs();
}, 120_000);

const ofThree = (id: string) => /node_modules\/(three|@pixiv)\//.test(id);
const content = (name: string): string => {
  const file = files.get(name);
  if (!file) throw new Error(`the build has no ${name}`);
  return file.type === 'chunk' ? file.code : file.source.toString();
};

/** What a browser fetches before anything is asked for: the page, what it names, and all that these import at once. */
function firstLoad(): Set<string> {
  const html = content('index.html');
  const names = new Set(['index.html']);
  const waiting = [...html.matchAll(/(?:src|href)="\/(assets\/[^"]+)"/g)].map(([, name]) => name as string);
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (names.has(name)) continue;
    names.add(name);
    const file = files.get(name);
    if (file?.type === 'chunk') waiting.push(...file.imports);
  }
  return names;
}

test('the first load is small, and three.js is no part of it', () => {
  const names = [...firstLoad()];
  expect(names.filter((name) => name.endsWith('.js')).length).toBeGreaterThan(0);
  expect(names.filter((name) => name.endsWith('.css')).length).toBeGreaterThan(0);
  const bytes = names.reduce((sum, name) => sum + gzipSync(content(name)).length, 0);
  expect(bytes).toBeLessThan(FIRST_LOAD_MAX_BYTES);

  const modules = (name: string) => {
    const file = files.get(name);
    return file?.type === 'chunk' ? file.moduleIds : [];
  };
  expect(names.flatMap(modules).filter(ofThree)).toEqual([]);
  expect([...files.keys()].flatMap(modules).some(ofThree)).toBe(true);
});

test('the page keeps to its content security policy: nothing inline, nothing from elsewhere', () => {
  const html = content('index.html');
  expect(html).not.toMatch(/<script(?![^>]*\ssrc=)/);
  expect(html).not.toMatch(/\son\w+=/);
  for (const [, address] of html.matchAll(/(?:src|href)="([^"]+)"/g)) expect(address).toMatch(/^\/[^/]/);
  for (const name of firstLoad()) {
    if (name.endsWith('.css')) expect(content(name)).not.toMatch(/url\(["']?(?:https?:)?\/\//);
  }
});
