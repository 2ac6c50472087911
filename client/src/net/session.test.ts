import { UserId } from '@fantwin/shared/ids';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createApi } from './api.ts';
import { createHttp, type Http } from './http.ts';
import { RequestError, unreachable } from './request-error.ts';
import { createSession } from './session.ts';

const id = UserId.parse('01900000-0000-7000-8000-000000000001');
const start = 1_800_000_000_000;
const user = (displayName: string) => ({ id, displayName, guest: true, roles: [] });
const unauthorized = () => new RequestError({ code: 'unauthorized', message: 'Sign in.' });

/** The server's sign-in routes; its clock is an hour ahead of ours. */
function authServer() {
  const state = { renewals: 0, tokens: 0, refusal: undefined as RequestError | undefined, hold: Promise.resolve() };
  const http = (async (name: string) => {
    if (name === 'refresh') {
      state.renewals++;
      await state.hold;
      if (state.refusal) throw state.refusal;
    }
    const answeredAt = Date.now() + 3_600_000;
    const signedIn = { accessToken: `token-${++state.tokens}`, expiresAt: answeredAt + 600_000, user: user(name) };
    return { data: name === 'logout' ? {} : signedIn, answeredAt };
  }) as unknown as Http;
  return { state, session: createSession({ http, now: () => Date.now() }) };
}

beforeEach(() => void vi.useFakeTimers({ now: start }));
afterEach(() => void vi.useRealTimers());

test('many who need a token make one renewal', async () => {
  const { state, session } = authServer();
  expect(await Promise.all([session.token(), session.token(), session.renew()])).toEqual([
    'token-1',
    'token-1',
    'token-1',
  ]);
  expect(state.renewals).toBe(1);
  expect(session.state.getState()).toEqual({ status: 'signed-in', user: user('refresh') });
});

test('the token is renewed before it ends, counted on our own clock', async () => {
  const { state, session } = authServer();
  await session.renew();
  await vi.advanceTimersByTimeAsync(539_000);
  expect(state.renewals).toBe(1);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(state.renewals).toBe(2);
  expect(await session.token()).toBe('token-2');
  session.close();
});

test('without a cookie we are signed out, and ask no more', async () => {
  const { state, session } = authServer();
  state.refusal = unauthorized();
  expect(await session.token()).toBeUndefined();
  expect(session.state.getState()).toEqual({ status: 'signed-out', user: undefined });
  expect(await session.token()).toBeUndefined();
  expect(state.renewals).toBe(1);
});

test('a server that is away signs nobody out: the old token stays, and renewal is tried again', async () => {
  const { state, session } = authServer();
  await session.renew();
  state.refusal = unreachable();
  await vi.advanceTimersByTimeAsync(596_000);
  expect(await session.token()).toBe('token-1');
  expect(session.state.getState().status).toBe('signed-in');
  state.refusal = undefined;
  await vi.advanceTimersByTimeAsync(31_000);
  expect(await session.token()).toBe('token-2');
  session.close();
});

test('a renewal that answers after somebody signed in changes nothing', async () => {
  const { state, session } = authServer();
  let release: () => void = () => undefined;
  state.hold = new Promise((resolve) => {
    release = resolve;
  });
  state.refusal = unauthorized();
  const late = session.renew();
  await session.signIn('login', { body: { email: 'a@example.org', password: 'secret' } });
  release();
  expect(await late).toBe('token-1');
  expect(session.state.getState()).toEqual({ status: 'signed-in', user: user('login') });
  session.close();
});

test('signing out forgets the token; when the server is not told we stay', async () => {
  const { session } = authServer();
  await session.renew();
  await session.signOut();
  expect(session.state.getState().status).toBe('signed-out');
  expect(await session.token()).toBeUndefined();
});

test('a refused token is renewed once, then the refusal stands', async () => {
  const { state, session } = authServer();
  const used: (string | undefined)[] = [];
  const http = (async (_name: string, _input: unknown, options: { token?: string }) => {
    used.push(options.token);
    if (options.token !== 'token-2') throw unauthorized();
    return { data: user('me'), answeredAt: Date.now() };
  }) as unknown as Http;
  const api = createApi(http, session);
  expect(await api('me', {})).toEqual(user('me'));
  expect(used).toEqual(['token-1', 'token-2']);
  await session.renew();
  await expect(api('me', {})).rejects.toMatchObject({ code: 'unauthorized' });
  expect(used).toEqual(['token-1', 'token-2', 'token-3', 'token-4']);
  expect(state.renewals).toBe(4);
  session.close();
});

test('http: address, body and token are as the route says; answers and refusals are parsed', async () => {
  vi.useRealTimers();
  const calls: [string, RequestInit | undefined][] = [];
  let response = () => new Response('{}');
  const http = createHttp({
    serverUrl: 'http://host',
    fetch: async (url, init) => {
      calls.push([url as string, init]);
      return response();
    },
  });
  response = () => Response.json({ items: [] }, { headers: { date: 'Wed, 21 Oct 2026 07:28:00 GMT' } });
  const query = { before: undefined, limit: 20 };
  const page = await http('messages', { params: { id: 'a/b' }, query }, { token: 't' });
  expect(page).toEqual({ data: { items: [] }, answeredAt: Date.parse('2026-10-21T07:28:00Z') });
  expect(calls[0]?.[0]).toBe('http://host/api/conversations/a%2Fb/messages?limit=20');
  expect(calls[0]?.[1]).toMatchObject({ method: 'GET', body: undefined, headers: { authorization: 'Bearer t' } });

  response = () => Response.json({ error: { code: 'busy', message: 'Full.', retryAfterMs: 5 } }, { status: 503 });
  await expect(http('guest', { body: { displayName: 'Aki' } })).rejects.toMatchObject({
    code: 'busy',
    retryAfterMs: 5,
  });
  expect(calls[1]?.[1]).toMatchObject({ method: 'POST', body: '{"displayName":"Aki"}' });

  response = () => new Response('<h1>Bad gateway</h1>', { status: 502 });
  await expect(http('characters', {})).rejects.toMatchObject({ code: 'unavailable' });
  response = () => Response.json({ items: [{ id: 1 }] });
  await expect(http('characters', {})).rejects.toMatchObject({ code: 'internal' });
  response = () => {
    throw new TypeError('fetch failed');
  };
  await expect(http('characters', {})).rejects.toMatchObject({ code: 'unavailable' });
});
