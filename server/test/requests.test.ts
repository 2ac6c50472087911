import { httpLimits } from '@fantwin/shared/limits';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type AccountsApp, Browser, startAccountsApp } from './accounts-app.ts';
import { openTestStores, type TestStores } from './stores.ts';

const newEmail = () => `${crypto.randomUUID()}@fan.example`;
const password = 'correct horse battery';
const guest = { displayName: 'Robin' };

let stores: TestStores;
let app: AccountsApp;
let other: AccountsApp;
let browser: Browser;

beforeAll(async () => {
  stores = await openTestStores();
  app = await startAccountsApp(stores);
  other = await startAccountsApp(stores);
});
afterAll(async () => {
  await app?.close();
  await other?.close();
  await stores?.close();
});
beforeEach(() => {
  browser = new Browser(app.url);
});

test('name each wrong field and what to do', async () => {
  const { status, body } = await browser.post('/api/auth/register', {
    displayName: ' ',
    email: 'robin',
    password: 'short',
  });
  expect(status).toBe(400);
  expect(body.error.code).toBe('bad-request');
  expect(body.error.details.faults).toEqual([
    { field: 'displayName', message: 'write a name' },
    { field: 'email', message: 'must be an e-mail address' },
    { field: 'password', message: 'use at least 10 characters' },
  ]);
  expect(body.error.message).toBe(
    'displayName: write a name; email: must be an e-mail address; password: use at least 10 characters',
  );
  expect((await browser.post('/api/auth/guest', {})).body.error.message).toBe('displayName: is missing');
});

test('too large, no JSON, and not said to be JSON', async () => {
  const large = await browser.post('/api/auth/guest', { displayName: 'x'.repeat(64 * 1024) });
  expect([large.status, large.body.error.code]).toEqual([413, 'too-large']);
  expect(large.body.error.message).toContain('64 KB');
  const broken = await browser.post('/api/auth/guest', '{"displayName": "Robin');
  expect([broken.status, broken.body.error.code]).toEqual([400, 'bad-request']);
  expect(broken.body.error.message).toContain('not valid JSON');
  expect(JSON.stringify(broken.body)).not.toContain('Robin');
  const form = await browser.post('/api/auth/guest', '{"displayName":"Robin"}', { 'content-type': 'text/plain' });
  expect([form.status, form.body.error.code]).toEqual([400, 'bad-request']);
  const nothing = await browser.post('/api/auth/guest');
  expect([nothing.status, nothing.body.error.code]).toEqual([400, 'bad-request']);
});

test('too often: two servers count together, and say when to come back', async () => {
  const { points } = httpLimits.signIn;
  const account = { email: newEmail(), password: 'not this one' };
  const elsewhere = new Browser(other.url);
  elsewhere.address = browser.address;
  const statuses = [];
  for (let i = 0; i < points; i++) {
    const { status } = await (i % 2 ? browser : elsewhere).post('/api/auth/login', { ...account, email: newEmail() });
    statuses.push(status);
  }
  expect(statuses).toEqual(Array(points).fill(401));
  for (const client of [browser, elsewhere]) {
    const { status, headers, body } = await client.post('/api/auth/login', account);
    expect([status, body.error.code]).toEqual([429, 'rate-limited']);
    const wait = body.error.retryAfterMs;
    expect(wait).toBeGreaterThan(0);
    expect(wait).toBeLessThanOrEqual(60_000);
    expect(headers.get('retry-after')).toBe(String(Math.ceil(wait / 1000)));
  }
  expect((await browser.get('/api/characters')).status).toBe(200); // another limit
});

test('an account may only be guessed at so often, from however many addresses', async () => {
  const email = newEmail();
  await browser.post('/api/auth/register', { ...guest, email, password });
  const answers = await Promise.all(
    Array.from({ length: 31 }, () => new Browser(app.url).post('/api/auth/login', { email, password: 'not this one' })),
  );
  expect(answers.filter((a) => a.status === 429)).toHaveLength(1);
  expect((await new Browser(other.url).post('/api/auth/login', { email, password })).status).toBe(429);
});

test('a flood from one address is refused before Redis is asked', async () => {
  const guarded = await startAccountsApp(stores, { burst: 5 });
  try {
    const flooding = new Browser(guarded.url);
    const answers = await Promise.all(Array.from({ length: 20 }, () => flooding.get('/api/characters')));
    expect(answers.filter((a) => a.status === 200)).toHaveLength(5);
    expect(answers.filter((a) => a.status === 429)).toHaveLength(15);
    const counted = await stores.redis().get(`${stores.prefix}limit:http-read:${flooding.address}`);
    expect(Number(counted)).toBe(5);
    expect((await new Browser(guarded.url).get('/api/characters')).status).toBe(200);
  } finally {
    await guarded.close();
  }
});

test('Redis away: an answer within a second that says when to come back, and one line in the log', async () => {
  const cut = await startAccountsApp(stores, { redisUrl: 'redis://127.0.0.1:1' });
  try {
    const startedAt = Date.now();
    const { status, headers, body } = await new Browser(cut.url).post('/api/auth/guest', guest);
    expect(Date.now() - startedAt).toBeLessThan(1_000);
    expect([status, body.error.code]).toEqual([503, 'unavailable']);
    expect(headers.get('retry-after')).toBe('1');
    expect(cut.lines.filter((line) => line.includes('/api/auth/guest'))).toHaveLength(1);
    const ready = await new Browser(cut.url).get('/readyz');
    expect([ready.status, ready.body]).toEqual([503, { ready: false, missing: ['redis'] }]);
    expect((await new Browser(cut.url).get('/healthz')).status).toBe(200);
  } finally {
    await cut.close();
  }
});

test('a bug is answered without a word about itself and logged once, whole, without what was sent', async () => {
  await browser.post('/api/auth/guest', guest);
  const before = app.lines.length;
  await stores.db.schema.alterTable('users').renameTo('users_gone').execute();
  let answer: Awaited<ReturnType<Browser['post']>>;
  try {
    answer = await browser.post('/api/auth/register', {
      displayName: 'Robin',
      email: 'private@fan.example',
      password,
    });
  } finally {
    await stores.db.schema.alterTable('users_gone').renameTo('users').execute();
  }
  expect(answer.status).toBe(500);
  expect(answer.body).toEqual({
    error: { code: 'internal', message: 'Something broke on our side. Please try again.' },
  });
  const logged = app.lines.slice(before);
  expect(logged).toHaveLength(1);
  expect(JSON.parse(logged[0] ?? '')).toMatchObject({
    level: 50,
    route: '/api/auth/register',
    requestId: answer.headers.get('x-request-id'),
    err: {
      message: expect.stringContaining('"users" does not exist'),
      stack: expect.stringContaining('accounts.store'),
    },
  });
  expect(logged[0]).not.toMatch(/private@fan|correct horse/);
});

test('nothing secret is in any line that these servers logged', async () => {
  const logged = [...app.lines, ...other.lines].join('\n');
  expect(logged).not.toMatch(/correct horse|not this one|eyJ|__Host-fantwin=|@fan\.example|argon2/);
});

test('requests are measured by route, never by address', async () => {
  const text = await app.metrics.registry.metrics();
  expect(text).toMatch(
    /http_request_duration_seconds_count\{route="\/api\/auth\/login",method="POST",status="429"\} \d/,
  );
  expect(text).toContain('process_cpu_seconds_total');
});
