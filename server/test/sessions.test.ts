import { SignJWT } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { AppError } from '../src/core/errors.ts';
import { type AccountsApp, Browser, publicUrl, secret, startAccountsApp } from './accounts-app.ts';
import { openTestStores, type TestStores } from './stores.ts';

const minute = 60_000;
const guest = { displayName: 'Robin' };
const codeOf = (error: unknown) => (error instanceof AppError ? error.code : error);
const connect = (at: AccountsApp, auth: unknown, headers = {}) => at.authenticate({ auth, headers }).catch(codeOf);
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const eventually = async (check: () => boolean, withinMs: number) => {
  const until = Date.now() + withinMs;
  while (!check() && Date.now() < until) await new Promise((resolve) => setTimeout(resolve, 20));
  return check();
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

describe('access tokens', () => {
  test('last ten minutes over HTTP; a socket may come with one for a day more, while its session lives', async () => {
    await browser.post('/api/auth/guest', guest);
    const { token } = browser;
    ahead = 9.9 * minute;
    expect((await browser.get('/api/me')).status).toBe(200);
    ahead = 10.1 * minute;
    expect((await browser.get('/api/me')).body.error).toMatchObject({ code: 'unauthorized', message: /expired/ });
    expect(await connect(app, { token })).toMatchObject({ displayName: 'Robin', guest: true });
    ahead = (24 * 60 + 9) * minute;
    expect(await connect(other, { token })).toMatchObject({ displayName: 'Robin' });
    ahead = (24 * 60 + 11) * minute;
    expect(await connect(app, { token })).toBe('unauthorized');
  });

  test('changed, signed by another, unsigned, or made for another purpose: none lets in', async () => {
    const { user } = (await browser.post('/api/auth/guest', guest)).body;
    const [head = '', claims = '', signature = ''] = (browser.token ?? '').split('.');
    const { sid } = JSON.parse(Buffer.from(claims, 'base64url').toString());
    const make = (key: Uint8Array, audience = 'fantwin', alg = 'HS256', userId = user.id) =>
      new SignJWT({ sid })
        .setProtectedHeader({ alg })
        .setSubject(userId)
        .setIssuer('fantwin')
        .setAudience(audience)
        .setExpirationTime('5m')
        .sign(key);
    const someoneElse = encode({
      ...JSON.parse(Buffer.from(claims, 'base64url').toString()),
      sub: crypto.randomUUID(),
    });

    expect((await browser.get('/api/me', { authorization: `Bearer ${await make(secret)}` })).status).toBe(200);
    const bad = [
      `${head}.${someoneElse}.${signature}`,
      `${encode({ alg: 'none' })}.${claims}.`,
      await make(Buffer.alloc(32, 'another secret')),
      await make(secret, 'other-app'),
      await make(secret, 'fantwin', 'HS256', crypto.randomUUID()), // another person's session
      await make(Buffer.concat([secret, secret]), 'fantwin', 'HS512'),
      'nonsense',
    ];
    for (const token of bad) {
      expect([token, (await browser.get('/api/me', { authorization: `Bearer ${token}` })).status]).toEqual([
        token,
        401,
      ]);
      expect(await connect(app, { token })).toBe('unauthorized');
    }
  });
});

describe('sockets', () => {
  test('connect with the session cookie from our own page, and only from there', async () => {
    const { user } = (await browser.post('/api/auth/guest', guest)).body;
    const { cookie } = browser;
    expect(await connect(app, {}, { cookie, origin: publicUrl })).toMatchObject({ userId: user.id });
    expect(await connect(app, {}, { cookie, 'sec-fetch-site': 'same-origin' })).toMatchObject({ userId: user.id });
    expect(await connect(app, {}, { cookie, origin: 'https://evil.example' })).toBe('forbidden');
    expect(await connect(app, {}, { cookie })).toBe('forbidden');
    expect(await connect(app, { token: browser.token }, { origin: 'https://evil.example' })).toBe('forbidden');
    expect(await connect(app, {}, { origin: publicUrl })).toBe('unauthorized');
    expect(await connect(app, { token: 7 })).toBe('bad-request');

    await browser.post('/api/auth/refresh');
    ahead = 31_000;
    expect(await connect(app, {}, { cookie, origin: publicUrl })).toBe('unauthorized');
    expect(await connect(other, {}, { cookie: browser.cookie, origin: publicUrl })).toMatchObject({ userId: user.id });
  });

  test('come back after Redis lost everything; Postgres has the session, and a revoked one stays revoked', async () => {
    const { user } = (await browser.post('/api/auth/guest', guest)).body;
    const gone = new Browser(app.url);
    await gone.post('/api/auth/guest', guest);
    await gone.post('/api/auth/logout');
    const keys = await stores.redis().keys(`${stores.prefix}session:*`);
    expect(keys.length).toBeGreaterThan(1);
    await stores.redis().del(...keys);

    const back = await connect(other, { token: browser.token });
    expect(back).toMatchObject({ userId: user.id, displayName: 'Robin', roles: [] });
    const copy = await stores.redis().hgetall(`${stores.prefix}session:${(back as { sessionId: string }).sessionId}`);
    expect(JSON.parse(copy.record ?? '')).toMatchObject({ userId: user.id });
    expect(await connect(other, { token: gone.token })).toBe('unauthorized');
  });

  test('the copy in Redis notes the server and lasts for hours, not for ever; no token is in it', async () => {
    await browser.post('/api/auth/guest', guest);
    const { sessionId } = (await connect(app, { token: browser.token })) as { sessionId: string };
    const key = `${stores.prefix}session:${sessionId}`;
    const first = await stores.redis().hgetall(key);
    await connect(other, { token: browser.token });
    const second = await stores.redis().hgetall(key);
    expect(second.server).toBeTruthy();
    expect(second.server).not.toBe(first.server);
    expect(second.record).toBe(first.record);
    const ttl = await stores.redis().pttl(key);
    expect(ttl).toBeGreaterThan(60 * minute);
    expect(ttl).toBeLessThan(24 * 60 * minute);

    const row = await stores.db
      .selectFrom('sessions')
      .selectAll()
      .where('id', '=', sessionId)
      .executeTakeFirstOrThrow();
    const refreshToken = (browser.cookie ?? '').split('=')[1] ?? '';
    expect(refreshToken.length).toBeGreaterThan(86);
    for (const part of [refreshToken, refreshToken.split('.')[1] ?? '', browser.token ?? ''])
      expect(JSON.stringify([row, second])).not.toContain(part);
  });

  test('hear of a revocation on every server, also on one that misses the message, within 5 s', async () => {
    const deaf = await startAccountsApp(stores, { now, deaf: true });
    try {
      await browser.post('/api/auth/guest', guest);
      const { sessionId } = (await connect(other, { token: browser.token })) as { sessionId: string };
      const startedAt = Date.now();
      await browser.post('/api/auth/logout');
      expect(await eventually(() => other.revoked.includes(sessionId), 1_000)).toBe(true);
      expect(await eventually(() => deaf.revoked.includes(sessionId), 5_000)).toBe(true);
      expect(Date.now() - startedAt).toBeLessThan(5_000);
    } finally {
      await deaf.close();
    }
  });

  test('are shut out soon when the server that revoked the session died before it told Redis', async () => {
    await browser.post('/api/auth/guest', guest);
    const { sessionId } = (await connect(app, { token: browser.token })) as { sessionId: string };
    await app.store.sessions.revoke(sessionId, Date.now()); // and nothing more
    expect(await eventually(() => other.revoked.includes(sessionId), 5_000)).toBe(true);
    expect(await eventually(() => app.revoked.includes(sessionId), 5_000)).toBe(true);
    expect(await connect(other, { token: browser.token })).toBe('unauthorized');
  });

  test('a slow reader of Postgres cannot bring a revoked session back', async () => {
    await browser.post('/api/auth/guest', guest);
    const { sessionId } = (await connect(app, { token: browser.token })) as { sessionId: string };
    const readBefore = await app.log.read(sessionId);
    await app.sessions.end(sessionId);
    expect(readBefore).toBeTypeOf('object');
    expect(await other.log.write(sessionId, readBefore as Exclude<typeof readBefore, 'revoked' | undefined>)).toBe(
      false,
    );
    expect(await connect(other, { token: browser.token })).toBe('unauthorized');
  });
});
