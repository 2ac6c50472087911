import { SignedIn, User } from '@fantwin/shared/accounts';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type AccountsApp, Browser, publicUrl, startAccountsApp } from './accounts-app.ts';
import { openTestStores, type TestStores } from './stores.ts';

const minute = 60_000;
const newEmail = () => `${crypto.randomUUID()}@fan.example`;
const password = 'correct horse battery';
const guest = { displayName: 'Robin' };
const fastest = (tries: { ms: number }[]) => Math.min(...tries.map(({ ms }) => ms));
const changed = (text: string) => (text.startsWith('A') ? 'B' : 'A') + text.slice(1);
const timed = async (input: { email: string; password: string }) => {
  const startedAt = performance.now();
  const { status, body } = await browser.post('/api/auth/login', input);
  return { ms: performance.now() - startedAt, answer: { status, body } };
};

let stores: TestStores;
let app: AccountsApp;
let other: AccountsApp;
let ahead = 0; // how far these servers' clocks have been moved
let browser: Browser;
const now = () => Date.now() + ahead;

beforeAll(async () => {
  stores = await openTestStores();
  app = await startAccountsApp(stores, { now });
  other = await startAccountsApp(stores, { now });
});
afterAll(async () => {
  await app?.close();
  await other?.close();
  await stores?.close();
});
beforeEach(() => {
  ahead = 0;
  browser = new Browser(app.url);
});

describe('signing in', () => {
  test('a guest gets an access token and a cookie that pages cannot read', async () => {
    const { status, body, headers } = await browser.post('/api/auth/guest', { displayName: '  Robin \n Hood ' });
    expect(status).toBe(200);
    expect(SignedIn.parse(body)).toEqual(body);
    expect(body.user).toMatchObject({ displayName: 'Robin Hood', guest: true, roles: [] });
    expect(headers.get('set-cookie')).toMatch(
      /^__Host-fantwin=[^;]+; Max-Age=2592000; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
    );

    const me = await browser.get('/api/me');
    expect(User.parse(me.body)).toEqual(body.user);
  });

  test('registering keeps a guest id, ends what was open as a guest, and signs in anywhere afterwards', async () => {
    const entered = (await browser.post('/api/auth/guest', guest)).body;
    const asGuest = browser.tab();
    const email = newEmail();
    const registered = await browser.post('/api/auth/register', { displayName: 'Robin R', email, password });
    expect(registered.status).toBe(200);
    expect(registered.body.user).toEqual({ id: entered.user.id, displayName: 'Robin R', guest: false, roles: [] });

    expect((await asGuest.get('/api/me')).status).toBe(401);
    expect((await asGuest.post('/api/auth/refresh')).status).toBe(401);
    const elsewhere = new Browser(other.url);
    const login = await elsewhere.post('/api/auth/login', { email: email.toUpperCase(), password });
    expect(login.body.user).toEqual(registered.body.user);
  });

  test('a guest whose access token has expired still keeps their id, by the cookie', async () => {
    const entered = (await browser.post('/api/auth/guest', guest)).body;
    ahead = 11 * minute;
    const registered = await browser.post('/api/auth/register', { ...guest, email: newEmail(), password });
    expect(registered.body.user).toMatchObject({ id: entered.user.id, guest: false });
  });

  test('another site cannot use that cookie to register its own account over a guest', async () => {
    const entered = (await browser.post('/api/auth/guest', guest)).body;
    const evil = browser.tab();
    evil.token = undefined;
    evil.origin = 'https://evil.example';
    expect((await evil.post('/api/auth/register', { ...guest, email: newEmail(), password })).status).toBe(403);
    evil.origin = undefined; // no browser: nobody's cookie
    const registered = await evil.post('/api/auth/register', { ...guest, email: newEmail(), password });
    expect(registered.status).toBe(200);
    expect(registered.body.user.id).not.toBe(entered.user.id);
    expect((await browser.get('/api/me')).body).toEqual(entered.user);
  });

  test('an e-mail address has one account, also when two register it at once', async () => {
    const account = { displayName: 'Robin', email: newEmail(), password };
    const answers = await Promise.all(
      [browser, new Browser(other.url)].map((b) => b.post('/api/auth/register', account)),
    );
    expect(answers.map((a) => a.status).sort((a, b) => a - b)).toEqual([200, 409]);
    const refused = answers.find((a) => a.status === 409);
    expect(refused?.body.error).toEqual({
      code: 'conflict',
      message: 'This e-mail address already has an account. Sign in instead.',
    });

    const asGuest = new Browser(app.url);
    await asGuest.post('/api/auth/guest', guest);
    expect((await asGuest.post('/api/auth/register', account)).status).toBe(409);
    expect((await asGuest.get('/api/me')).body.guest).toBe(true);
  });

  test('a wrong password and an unknown address are the same, in words and in time', async () => {
    const email = newEmail();
    await new Browser(app.url).post('/api/auth/register', { ...guest, email, password });
    const wrong = [];
    const unknown = [];
    for (let i = 0; i < 6; i++) {
      wrong.push(await timed({ email, password: 'not this one' }));
      unknown.push(await timed({ email: newEmail(), password: 'not this one' }));
    }
    expect(wrong[0]?.answer).toMatchObject({ status: 401, body: { error: { code: 'unauthorized' } } });
    expect(unknown[0]?.answer).toEqual(wrong[0]?.answer);
    expect(fastest(unknown)).toBeGreaterThan(fastest(wrong) / 2);
    expect(fastest(unknown)).toBeLessThan(fastest(wrong) * 2);
  });

  test('signing in ends the session that the browser had', async () => {
    const email = newEmail();
    await new Browser(app.url).post('/api/auth/register', { ...guest, email, password });
    await browser.post('/api/auth/guest', guest);
    const before = browser.tab();
    expect((await browser.post('/api/auth/login', { email, password })).status).toBe(200);
    expect((await before.get('/api/me')).status).toBe(401);
  });

  test('signing out ends the session on every server at once', async () => {
    await browser.post('/api/auth/guest', guest);
    const copy = browser.tab(other.url);
    expect((await copy.get('/api/me')).status).toBe(200);
    const out = await browser.post('/api/auth/logout');
    expect([out.status, out.body, browser.cookie]).toEqual([200, {}, undefined]);
    expect((await copy.get('/api/me')).status).toBe(401);
    expect((await copy.post('/api/auth/refresh')).status).toBe(401);
    expect((await browser.post('/api/auth/logout')).status).toBe(200);
  });
});

describe('refreshing', () => {
  test('gives a new refresh token and an access token for the same person', async () => {
    const entered = (await browser.post('/api/auth/guest', guest)).body;
    const first = browser.cookie;
    const refreshed = await browser.post('/api/auth/refresh');
    expect(refreshed.status).toBe(200);
    expect(refreshed.body.user).toEqual(entered.user);
    expect(browser.cookie).not.toBe(first);
    expect((await browser.get('/api/me')).body).toEqual(entered.user);
  });

  test('two tabs that refresh at once, on two servers, end up with the same token and stay signed in', async () => {
    await browser.post('/api/auth/guest', guest);
    const tabs = [browser, browser.tab(other.url), browser.tab(), browser.tab(other.url)];
    const answers = await Promise.all(tabs.map((tab) => tab.post('/api/auth/refresh')));
    expect(answers.map((a) => a.status)).toEqual([200, 200, 200, 200]);
    expect(new Set(tabs.map((tab) => tab.cookie)).size).toBe(1);

    ahead = 29_000; // the token before it is still good, and the new one is kept meanwhile
    const late = browser.tab();
    const kept = browser.cookie;
    expect((await late.post('/api/auth/refresh')).status).toBe(200);
    expect(late.cookie).toBe(kept);
    ahead = 10 * minute;
    expect((await tabs[1]?.post('/api/auth/refresh'))?.status).toBe(200);
  });

  test('a replaced token is good for 30 s; after that its use ends the whole family', async () => {
    await browser.post('/api/auth/guest', guest);
    const thief = browser.tab(other.url);
    const stolen = thief.cookie;
    await browser.post('/api/auth/refresh');
    ahead = 29_000;
    expect((await thief.post('/api/auth/refresh')).status).toBe(200);
    expect((await browser.get('/api/me')).status).toBe(200);

    thief.cookie = stolen;
    ahead = 31_000;
    expect((await thief.post('/api/auth/refresh')).status).toBe(401);
    expect((await browser.get('/api/me')).status).toBe(401);
    expect((await browser.post('/api/auth/refresh')).status).toBe(401);
  });

  test('also a token from many rotations ago is known and ends the family', async () => {
    await browser.post('/api/auth/guest', guest);
    const thief = browser.tab();
    for (let i = 1; i <= 3; i++) {
      ahead = i * 10 * minute;
      expect((await browser.post('/api/auth/refresh')).status).toBe(200);
    }
    expect((await thief.post('/api/auth/refresh')).status).toBe(401);
    expect((await browser.post('/api/auth/refresh')).status).toBe(401);
  });

  test('a token that we did not make, or that was changed, is refused and ends nothing', async () => {
    await browser.post('/api/auth/guest', guest);
    const [name, value = ''] = (browser.cookie ?? '').split('=');
    const [sessionId, bits = '', seal = ''] = value.split('.');
    const forged = [
      `${sessionId}.${changed(bits)}.${seal}`,
      `${sessionId}.${bits}.${changed(seal)}`,
      `${crypto.randomUUID()}.${bits}.${seal}`,
      `${sessionId}.${bits}`,
      'x',
    ];
    for (const token of forged) {
      const thief = browser.tab();
      thief.cookie = `${name}=${token}`;
      expect((await thief.post('/api/auth/refresh')).status).toBe(401);
    }
    expect((await browser.post('/api/auth/refresh')).status).toBe(200);
  });

  test('a session that was not refreshed for 30 days is over; each refresh begins them anew', async () => {
    await browser.post('/api/auth/guest', guest);
    ahead = 29 * 24 * 60 * minute;
    expect((await browser.post('/api/auth/refresh')).status).toBe(200);
    ahead = 58 * 24 * 60 * minute;
    expect((await browser.post('/api/auth/refresh')).status).toBe(200);
    ahead = 89 * 24 * 60 * minute;
    expect((await browser.post('/api/auth/refresh')).status).toBe(401);
  });

  test('is only for our own page', async () => {
    await browser.post('/api/auth/guest', guest);
    const before = browser.cookie;
    for (const origin of [
      'https://evil.example',
      'http://chat.example',
      'https://chat.example.evil.example',
      'null',
      undefined,
    ]) {
      browser.origin = origin;
      const { status, body } = await browser.post('/api/auth/refresh');
      expect([origin, status, body.error.code]).toEqual([origin, 403, 'forbidden']);
      expect((await browser.post('/api/auth/logout')).status).toBe(403);
    }
    expect((await browser.post('/api/auth/refresh', undefined, { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect(browser.cookie).toBe(before);
    browser.origin = publicUrl;
    expect((await browser.post('/api/auth/refresh')).status).toBe(200);
  });
});

test('nothing secret is in any line that these servers logged', async () => {
  const logged = [...app.lines, ...other.lines].join('\n');
  expect(logged).not.toMatch(/correct horse|not this one|eyJ|__Host-fantwin=|@fan\.example|argon2/);
  const users = await stores.db.selectFrom('users').select('password_hash').where('email', 'is not', null).execute();
  expect(users.length).toBeGreaterThan(1);
  for (const { password_hash } of users) expect(password_hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
});
