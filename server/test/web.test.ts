import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { Character } from '@fantwin/shared/characters';
import { routes } from '@fantwin/shared/http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { demoUsers, seedUsers } from '../src/accounts/seed.ts';
import { createCharacterStore } from '../src/characters/characters.store.ts';
import { type DemoTwin, demoCharacterId, demoConversationId, seedAvatar, seedTwin } from '../src/characters/seed.ts';
import { scanVrm } from '../src/characters/vrm/vrm-scan.ts';
import { createVrmModelStore } from '../src/characters/vrm-models.store.ts';
import { openMetricsServer } from '../src/platform/metrics-server.ts';
import { type AccountsApp, Browser, startAccountsApp } from './accounts-app.ts';
import { openTestStores, type TestStores } from './stores.ts';

const vrm = readFileSync(new URL('../../client/public/avatars/mira.vrm', import.meta.url));
const sha256 = createHash('sha256').update(vrm).digest('hex');
const script = `console.log("${'page '.repeat(2_000)}");`;
const demoPasswords = {
  creator: 'c'.repeat(12),
  moderator: 'm'.repeat(12),
  admin: 'a'.repeat(12),
  fan: 'f'.repeat(12),
  secondFan: 's'.repeat(12),
};
const twin: DemoTwin = {
  name: 'Mira',
  tagline: 'Sings',
  greeting: 'Hello!',
  persona: 'A secret persona',
  language: 'en',
};

let stores: TestStores;
let app: AccountsApp;
let folder: string;
let browser: Browser;

beforeAll(async () => {
  stores = await openTestStores();
  folder = await mkdtemp(join(tmpdir(), 'fantwin-web-'));
  await mkdir(join(folder, 'page/assets'), { recursive: true });
  await writeFile(join(folder, 'page/index.html'), '<!doctype html><title>FanTwin</title>');
  await writeFile(join(folder, 'page/assets/app-abc123.js'), script);
  await writeFile(join(folder, 'page/robots.txt'), 'User-agent: *');
  await writeFile(join(folder, 'outside.json'), '{"outside":true}');
  app = await startAccountsApp(stores, { clientFolder: join(folder, 'page'), blobFolder: join(folder, 'blobs') });
  browser = new Browser(app.url);
  await seed();
});
afterAll(async () => {
  await app?.close();
  await stores?.close();
  await rm(folder, { recursive: true, force: true });
});

async function seed(passwords = demoPasswords, content = twin): Promise<void> {
  const now = Date.now;
  await seedUsers({ store: app.store, passwords: app.passwords, now }, passwords);
  const [characters, models] = [createCharacterStore(stores.db), createVrmModelStore(stores.db)];
  const deps = { characters, models, blobs: app.blobs, scan: scanVrm, now };
  await seedTwin(deps, content, demoUsers.creator.id, await seedAvatar(deps, { vrm }));
}

test('every answer carries the security headers', async () => {
  for (const path of [
    '/',
    '/api/characters',
    '/api/nothing',
    '/healthz',
    '/assets/app-abc123.js',
    `/avatars/${sha256}.vrm`,
  ]) {
    const { headers } = await browser.get(path, { accept: 'text/html' });
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("default-src 'self';");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toContain("object-src 'none'");
    expect(policy).not.toMatch(/unsafe-eval|\*|script-src[^;]*unsafe-inline/);
    expect(headers.get('strict-transport-security')).toBe('max-age=31536000');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('referrer-policy')).toBe('same-origin');
    expect(headers.get('x-powered-by')).toBeNull();
    expect(headers.get('access-control-allow-origin')).toBeNull();
    expect(headers.get('x-request-id')).toMatch(/^[\w-]{36}$/);
  }
});

test('without HTTPS nothing insists on it, and this machine goes by any of its names', async () => {
  const plain = await startAccountsApp(stores, { publicUrl: 'http://127.0.0.1:3000' });
  try {
    const visitor = new Browser(plain.url);
    visitor.origin = 'http://localhost:3000';
    const { headers } = await visitor.post('/api/auth/guest', { displayName: 'Robin' });
    expect(headers.get('strict-transport-security')).toBeNull();
    expect(headers.get('content-security-policy')).not.toContain('upgrade-insecure');
    expect(headers.get('set-cookie')).toMatch(/^fantwin=[^;]+; Max-Age=\d+; Path=\/; HttpOnly; SameSite=Strict$/);
    expect((await visitor.post('/api/auth/refresh')).status).toBe(200);
    visitor.origin = 'http://localhost:3001';
    expect((await visitor.post('/api/auth/refresh')).status).toBe(403);
  } finally {
    await plain.close();
  }
});

test('the page is at every address that a browser opens, its files are cached, the rest is a clear 404', async () => {
  const html = { accept: 'text/html,*/*;q=0.8' };
  for (const path of ['/', '/live/some-conversation', '/sign-in?next=/']) {
    const page = await browser.get(path, html);
    expect([path, page.status, page.body]).toEqual([path, 200, '<!doctype html><title>FanTwin</title>']);
    expect(page.headers.get('cache-control')).toBe('no-cache');
  }
  expect((await browser.get('/robots.txt')).headers.get('cache-control')).toBe('no-cache');
  const asset = await browser.get('/assets/app-abc123.js');
  expect(asset.body).toBe(script);
  expect(asset.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');

  for (const path of [
    '/api/nothing',
    '/api/auth/guest',
    '/assets/gone-123.js',
    '/avatars/x.vrm',
    '/metrics',
    '/socket.io/',
  ]) {
    const gone = await browser.get(path, html);
    expect([path, gone.status, gone.body.error?.code]).toEqual([path, 404, 'not-found']);
  }
  expect((await browser.get('/live/x', { accept: 'application/json' })).status).toBe(404);
  expect((await browser.post('/live/x', {}, html)).status).toBe(404);
});

test('scripts are sent compressed as the browser likes, and not again when it has them', async () => {
  const bytes = async (encoding: string, headers = {}) => {
    const response = await rawGet('/assets/app-abc123.js', { 'accept-encoding': encoding, ...headers });
    return { ...response, encoding: response.headers['content-encoding'] };
  };
  const brotli = await bytes('gzip, deflate, br');
  expect([brotli.encoding, brotliDecompressSync(brotli.body).toString()]).toEqual(['br', script]);
  const zipped = await bytes('gzip');
  expect([zipped.encoding, gunzipSync(zipped.body).toString()]).toEqual(['gzip', script]);
  expect(zipped.headers.vary).toContain('Accept-Encoding');
  const plain = await bytes('identity');
  expect([plain.encoding, plain.body.toString()]).toEqual([undefined, script]);
  expect((await bytes('br', { 'if-none-match': String(brotli.headers.etag) })).status).toBe(304);
  expect((await bytes('gzip', { 'if-none-match': String(brotli.headers.etag) })).status).toBe(200);
});

test('no address leads out of the folder of the page', async () => {
  for (const path of [
    '/../outside.json',
    '/assets/../../outside.json',
    '/%2e%2e/outside.json',
    '/..%2foutside.json',
    '/assets/..%5c..%5coutside.json',
  ]) {
    for (const encoding of ['br', 'identity']) {
      const { status, body } = await rawGet(path, { 'accept-encoding': encoding });
      expect([path, status >= 400, body.toString().includes('outside":true')]).toEqual([path, true, false]);
    }
  }
});

test('an avatar is a file for ever: whole, in part, or not again', async () => {
  const { items } = (await browser.get('/api/characters')).body;
  expect(items).toEqual([
    {
      id: demoCharacterId,
      creatorId: demoUsers.creator.id,
      name: 'Mira',
      tagline: 'Sings',
      greeting: 'Hello!',
      language: 'en',
      avatarUrl: `/avatars/${sha256}.vrm`,
    },
  ]);
  expect(items.map((item: unknown) => Character.parse(item))).toEqual(items);

  const url = items[0].avatarUrl;
  const whole = await rawGet(url);
  expect(whole.status).toBe(200);
  expect(whole.body.equals(vrm)).toBe(true);
  expect(whole.headers).toMatchObject({
    'content-type': 'model/gltf-binary',
    'content-length': String(vrm.length),
    'cache-control': 'public, max-age=31536000, immutable',
    etag: `"${sha256}"`,
    'accept-ranges': 'bytes',
  });
  expect((await rawGet(url, { 'if-none-match': `"${sha256}"` })).status).toBe(304);

  const part = await rawGet(url, { range: 'bytes=1000-1999' });
  expect([part.status, part.headers['content-range']]).toEqual([206, `bytes 1000-1999/${vrm.length}`]);
  expect(part.body.equals(vrm.subarray(1000, 2000))).toBe(true);
  const rest = await rawGet(url, { range: `bytes=${vrm.length - 10}-` });
  expect(rest.body.equals(vrm.subarray(-10))).toBe(true);
  const other = await rawGet(url, { range: 'bytes=0-9', 'if-range': '"another"' });
  expect([other.status, other.body.length]).toEqual([200, vrm.length]);
  const beyond = await rawGet(url, { range: `bytes=${vrm.length}-` });
  expect([beyond.status, beyond.headers['content-range']]).toEqual([416, `bytes */${vrm.length}`]);

  const unknown = sha256.replace(/^./, (c) => (c === '0' ? '1' : '0'));
  for (const path of [`/avatars/${unknown}.vrm`, '/avatars/..%2f..%2foutside.json.vrm', '/avatars/x.vrm'])
    expect((await rawGet(path)).status).toBe(404);
  await stores.db.updateTable('vrm_models').set({ approved: false }).execute();
  expect((await rawGet(url)).status).toBe(404);
  expect((await browser.get('/api/characters')).body.items).toEqual([]);
  await stores.db.updateTable('vrm_models').set({ approved: true }).execute();
});

test('seeding again, also twice at once, makes nothing twice; printed passwords work, and the twin follows the release', async () => {
  await Promise.all([seed(), seed()]);
  const rows = async () => ({
    users: await stores.db
      .selectFrom('users')
      .select(['id', 'email'])
      .where('email', 'like', '%@fantwin.example')
      .orderBy('id')
      .execute(),
    roles: await stores.db.selectFrom('roles').select(['role', 'user_id']).orderBy('role').execute(),
    characters: await stores.db.selectFrom('characters').select(['id', 'persona', 'name']).execute(),
    conversations: await stores.db
      .selectFrom('conversations')
      .select(['id', 'kind', 'open', 'title', 'mode'])
      .execute(),
    models: await stores.db.selectFrom('vrm_models').select(['sha256', 'bytes']).execute(),
  });
  const before = await rows();
  expect(before.users).toHaveLength(5);
  expect(before.roles.map((r) => r.role)).toEqual(['admin', 'creator', 'moderator']);
  expect(before.characters).toEqual([{ id: demoCharacterId, persona: 'A secret persona', name: 'Mira' }]);
  expect(before.conversations).toEqual([
    { id: demoConversationId, kind: 'live', open: true, title: 'Live with Mira', mode: 'ai' },
  ]);
  expect(before.models).toEqual([{ sha256, bytes: vrm.length }]);

  const moderator = new Browser(app.url);
  const { email } = demoUsers.moderator;
  const login = await moderator.post('/api/auth/login', { email, password: demoPasswords.moderator });
  expect(login.body.user).toMatchObject({ guest: false, roles: [{ role: 'moderator', scope: 'platform' }] });

  await seed({ ...demoPasswords, moderator: 'a new password' }, { ...twin, persona: 'Newer' });
  expect(await rows()).toEqual({ ...before, characters: [{ id: demoCharacterId, persona: 'Newer', name: 'Mira' }] });
  expect((await moderator.post('/api/auth/login', { email, password: demoPasswords.moderator })).status).toBe(401);
  expect((await moderator.post('/api/auth/login', { email, password: 'a new password' })).status).toBe(200);
});

test('the contract is served as OpenAPI 3.1, and real answers fit it', async () => {
  const { body } = await browser.get('/api/openapi.json');
  const document = OpenApi.parse(body);
  const operations = Object.values(document.paths).flatMap((path) => Object.values(path));
  expect(operations.map((o) => o.operationId).sort()).toEqual(Object.keys(routes).sort());
  for (const [path, methods] of Object.entries(document.paths)) {
    const inPath = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
    for (const { parameters } of Object.values(methods))
      expect(parameters.filter((p) => p.in === 'path').map((p) => p.name)).toEqual(inPath);
  }
  const references = [...JSON.stringify(body).matchAll(/"\$ref":"#\/([^"]+)"/g)].map((match) => match[1] ?? '');
  expect(references.length).toBeGreaterThan(0);
  for (const reference of references) {
    const target = reference.split('/').reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], body);
    expect(target).toBeTypeOf('object');
  }

  const answerOf = (path: string, method: 'get' | 'post') =>
    z.fromJSONSchema(document.paths[path]?.[method]?.responses['200']?.content['application/json'].schema as never);
  const visitor = new Browser(app.url);
  const entered = await visitor.post('/api/auth/guest', { displayName: 'Robin' });
  expect(answerOf('/api/auth/guest', 'post').safeParse(entered.body).success).toBe(true);
  expect(answerOf('/api/auth/guest', 'post').safeParse({ ...entered.body, user: {} }).success).toBe(false);
  expect(answerOf('/api/characters', 'get').safeParse((await visitor.get('/api/characters')).body).success).toBe(true);
  const problem = z.fromJSONSchema(document.components.schemas.Error as never);
  expect(problem.safeParse((await visitor.get('/api/nothing')).body).success).toBe(true);
});

const Content = z.object({ 'application/json': z.object({ schema: z.record(z.string(), z.unknown()) }) });
const FileContent = z.record(
  z.string().regex(/^(model|image)\//),
  z.object({ schema: z.object({ type: z.literal('string'), format: z.literal('binary') }) }),
);
const Operation = z.object({
  operationId: z.string().min(1),
  summary: z.string().min(1),
  security: z.array(z.record(z.enum(['accessToken', 'sessionCookie']), z.array(z.string())).or(z.object({}))),
  parameters: z.array(
    z.object({
      name: z.string(),
      in: z.enum(['path', 'query']),
      required: z.boolean(),
      schema: z.record(z.string(), z.unknown()),
    }),
  ),
  requestBody: z.object({ required: z.literal(true), content: Content.or(FileContent) }).optional(),
  responses: z.record(z.string().regex(/^(\d{3}|default)$/), z.object({ description: z.string(), content: Content })),
});
const OpenApi = z.strictObject({
  openapi: z.literal('3.1.0'),
  info: z.object({ title: z.string(), version: z.string(), license: z.unknown() }),
  servers: z.array(z.object({ url: z.url() })).min(1),
  paths: z.record(
    z.string().startsWith('/api/'),
    z.partialRecord(z.enum(['get', 'post', 'patch', 'delete']), Operation),
  ),
  components: z.object({
    schemas: z.record(z.string(), z.unknown()),
    securitySchemes: z.record(z.string(), z.object({ type: z.enum(['http', 'apiKey']) }).loose()),
  }),
});

test('ready when Postgres and Redis answer; metrics are on a port of their own', async () => {
  expect((await browser.get('/readyz')).body).toEqual({ ready: true, missing: [] });
  const server = await openMetricsServer({ registry: app.metrics.registry, host: '127.0.0.1', port: 0 });
  try {
    const response = await fetch(`http://127.0.0.1:${server.port}/metrics`);
    expect(response.headers.get('content-type')).toContain('text/plain');
    expect(await response.text()).toContain('http_request_duration_seconds_count{route="/api/characters"');
    expect((await fetch(`http://127.0.0.1:${server.port}/`)).status).toBe(404);
  } finally {
    await server.close();
  }
});

/** An address as it is, with bytes as they come: `fetch` tidies both. */
function rawGet(path: string, headers: Record<string, string> = {}) {
  const { port, hostname } = new URL(app.url);
  const lines = Object.entries({ host: hostname, connection: 'close', 'x-forwarded-for': '203.0.113.9', ...headers });
  return new Promise<{ status: number; headers: Record<string, string>; body: Buffer }>((resolve, reject) => {
    const chunks: Buffer[] = [];
    const socket = connect(Number(port), hostname, () => {
      socket.write(`GET ${path} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`);
    });
    socket.setTimeout(5_000, () => socket.destroy(new Error('no answer')));
    socket.on('error', reject).on('data', (chunk) => chunks.push(chunk));
    socket.on('end', () => {
      const answer = Buffer.concat(chunks);
      const split = answer.indexOf('\r\n\r\n');
      const [first = '', ...fields] = answer.subarray(0, split).toString().split('\r\n');
      resolve({
        status: Number(first.split(' ')[1]),
        headers: Object.fromEntries(
          fields.map((f) => [f.slice(0, f.indexOf(':')).toLowerCase(), f.slice(f.indexOf(':') + 2)]),
        ),
        body: answer.subarray(split + 4),
      });
    });
  });
}
