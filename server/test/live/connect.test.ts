import { WireError } from '@fantwin/shared/errors';
import { io } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createAccessTokens } from '../../src/platform/access-tokens.ts';
import { Browser, publicUrl } from '../accounts-app.ts';
import { Fan, waitFor } from '../fan.ts';
import { serverEnv, startTestApp, type TestApp } from '../test-app.ts';

const MINUTE_MS = 60_000;

let app: TestApp;
const fans: Fan[] = [];
beforeAll(async () => {
  app = await startTestApp(['Hello there.'], {}, { PUBLIC_URL: publicUrl });
});
afterAll(async () => {
  for (const fan of fans) fan.close();
  await app?.close();
});

async function signIn(): Promise<Browser> {
  const browser = new Browser(app.url);
  expect((await browser.post('/api/auth/guest', { displayName: 'Ann' })).status).toBe(200);
  return browser;
}

/** What a connection with these is refused with: the server's error, or the transport's where no socket was made. */
function refusal(
  auth: Record<string, unknown>,
  headers: Record<string, string> = {},
): Promise<Error & { data?: unknown }> {
  const socket = io(`${app.url}/live`, { auth, extraHeaders: headers, transports: ['websocket'], forceNew: true });
  return new Promise<Error>((resolve, reject) => {
    socket.once('connect', () => reject(new Error('it was let in')));
    socket.once('connect_error', resolve);
  }).finally(() => socket.disconnect());
}

const reach = (token: string, headers: Record<string, string> = {}, url = app.url): Fan => {
  const fan = new Fan(url, token, { headers });
  fans.push(fan);
  return fan;
};

describe('transports', () => {
  test('polling alone works from end to end', async () => {
    const ann = await app.fan('Ann', { transports: ['polling'] });
    await ann.join(app.live);
    const { messageId } = await ann.say('Hello?');
    const { replyId } = await ann.until('reply.started', ({ replyTo }) => replyTo === messageId);
    await ann.until('reply.ended', (ended) => ended.replyId === replyId);
    expect(ann.textOf(replyId)).toBe('Hello there.');
    expect(ann.faults).toEqual([]);
    expect(ann.socket.io.engine.transport.name).toBe('polling');
  });

  test('no request to the address of the sockets stops the server', async () => {
    const at = `${app.url}/socket.io/`;
    const opened = await fetch(`${at}?EIO=4&transport=polling`);
    expect([opened.status, (await opened.text())[0]]).toEqual([200, '0']);
    const odd: [string, RequestInit?][] = [
      [''],
      ['?EIO=4'],
      ['?EIO=3&transport=polling'],
      ['?EIO=4&transport=carrier-pigeon'],
      ['?EIO=4&transport=polling&sid=nobody'],
      ['?EIO=4&transport=polling&sid=__proto__'],
      ['?EIO=4&transport=websocket'],
      ['?EIO=4&transport=polling', { method: 'POST', body: '40' }],
      ['?EIO=4&transport=polling&sid=nobody', { method: 'POST', body: 'x'.repeat(100_000) }],
      ['?EIO=4&transport=polling', { method: 'OPTIONS' }],
      ['?EIO=4&transport=polling', { method: 'DELETE' }],
      ['../socket.io/socket.io.js'],
    ];
    for (const [query, init] of odd) {
      const { status } = await fetch(at + query, init);
      expect([query, status >= 400 && status < 500]).toEqual([query, true]);
    }
    const foreign = await fetch(`${at}?EIO=4&transport=polling`, { headers: { origin: 'https://evil.example' } });
    expect(foreign.status).toBe(403);
    const all = await Promise.all(Array.from({ length: 50 }, () => fetch(`${at}?EIO=4&transport=polling`)));
    expect(all.every(({ ok }) => ok)).toBe(true);
    expect((await fetch(`${app.url}/healthz`)).status).toBe(200);
    await (await app.fan('Bo')).join(app.live);
  });
});

describe('who is let in', () => {
  test('the session cookie speaks from our own page, and only from there', async () => {
    const { cookie = '' } = await signIn();
    const ann = reach('', { cookie, origin: publicUrl });
    await ann.connected();
    const { you } = await ann.join(app.live);
    expect(you.canModerate).toBe(false);

    const withoutOrigin = await refusal({}, { cookie });
    expect(WireError.parse(withoutOrigin.data)).toMatchObject({ code: 'forbidden' });
    const otherSite = await refusal({}, { cookie, origin: 'https://evil.example' });
    expect(otherSite.message).toBe('websocket error');
    const nobody = await refusal({}, { origin: publicUrl });
    expect(WireError.parse(nobody.data)).toMatchObject({ code: 'unauthorized' });
  });

  test('a bad token is refused with an error that says what to do', async () => {
    const { token } = await signIn();
    const bad = [
      [{ token: 'nonsense' }, 'unauthorized'],
      [{ token: `${token}x` }, 'unauthorized'],
      [{ token: 7 }, 'bad-request'],
      [{ token: ['a'] }, 'bad-request'],
      [{ token: 'x'.repeat(5_000) }, 'bad-request'],
      [{}, 'unauthorized'],
    ] as const;
    for (const [auth, code] of bad) {
      const { data, message } = await refusal(auth);
      expect([auth, WireError.parse(data).code]).toEqual([auth, code]);
      expect(message).toBe(WireError.parse(data).message);
      expect(message.length).toBeGreaterThan(10);
    }
    const odd = [
      { token, joined: 'x' },
      { token, joined: [{}] },
      { token, joined: Array(50).fill(null) },
    ];
    for (const auth of odd) await expect(refusal(auth)).rejects.toThrow('it was let in'); // only its places are ignored
  });

  test('a token that expired within a day brings a socket back, but opens nothing over HTTP', async () => {
    const browser = await signIn();
    const claims = JSON.parse(Buffer.from(browser.token?.split('.')[1] ?? '', 'base64url').toString());
    const secret = new TextEncoder().encode(serverEnv(app.stores, '').SESSION_SECRET);
    const tokens = await createAccessTokens(secret);
    const expired = (agoMs: number) =>
      tokens.sign(
        { userId: claims.sub, sessionId: claims.sid },
        { now: Date.now() - agoMs - 10 * MINUTE_MS, expiresAt: Date.now() - agoMs },
      );
    const token = await expired(23 * 60 * MINUTE_MS);
    const over = await browser.get('/api/me', { authorization: `Bearer ${token}` });
    expect([over.status, over.body.error.code]).toEqual([401, 'unauthorized']);

    const ann = reach(token);
    await ann.connected();
    await ann.join(app.live);
    ann.moveTo((await app.another()).url);
    const resumed = await waitFor(() => ann.joins[1], 'it comes back on another server');
    expect(resumed.reset).toBe(false);
    expect((await refusal({ token: await expired(25 * 60 * MINUTE_MS) })).data).toMatchObject({ code: 'unauthorized' });
  });
});

test('signing out tells every socket of the session, on every server, and closes it within 5 s', async () => {
  const other = await app.another();
  const browser = await signIn();
  const stays = await app.fan('Stays');
  const { token = '', cookie = '' } = browser;
  const sockets = [reach(token), reach(token, {}, other.url), reach('', { cookie, origin: publicUrl }, other.url)];
  for (const fan of sockets) {
    await fan.connected();
    await fan.join(app.live);
  }
  await stays.join(app.live);
  const startedAt = performance.now();
  expect((await browser.post('/api/auth/logout')).status).toBe(200);
  for (const fan of sockets) {
    await waitFor(() => !fan.socket.connected, 'it is closed', 5_000);
    expect(fan.notices).toMatchObject([{ kind: 'signed-out', text: expect.stringMatching(/\w/) }]);
    expect(fan.socket.active).toBe(false); // and does not try again
  }
  expect(performance.now() - startedAt).toBeLessThan(5_000);
  expect(stays.socket.connected).toBe(true);
  expect((await refusal({ token })).data).toMatchObject({ code: 'unauthorized' });
});
