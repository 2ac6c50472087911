import type { SignedIn, User } from '@fantwin/shared/accounts';
import { createStore } from 'zustand/vanilla';
import type { Answer, CallInput, Http } from './http.ts';
import { toRequestError } from './request-error.ts';

export type SessionState = { status: 'starting' | 'signed-in' | 'signed-out'; user?: User };
type SignInRoute = 'guest' | 'login' | 'register';

/** A token that ends sooner than this is renewed before it is used. */
const SPARE_MS = 10_000;
const RENEW_BEFORE_MS = 60_000;
const RETRY_MS = { first: 1_000, most: 30_000 };

export type Session = ReturnType<typeof createSession>;

/** Who I am. The access token lives here and nowhere else; the refresh cookie is the browser's. */
export function createSession(deps: { http: Http; now: () => number }) {
  const state = createStore<SessionState>(() => ({ status: 'starting' }));
  let access: { token: string; endsAt: number } | undefined;
  let renewing: Promise<string | undefined> | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;
  /** Counts sign-ins and sign-outs, so that a late answer of an earlier one changes nothing. */
  let generation = 0;

  /** The end is counted on our own clock: the difference to the server's does not matter. */
  function accept({ data, answeredAt }: { data: SignedIn; answeredAt: number }): string {
    const lifetimeMs = data.expiresAt - answeredAt;
    access = { token: data.accessToken, endsAt: deps.now() + lifetimeMs };
    failures = 0;
    state.setState({ status: 'signed-in', user: data.user });
    plan(Math.max(lifetimeMs - RENEW_BEFORE_MS, lifetimeMs / 2));
    return data.accessToken;
  }

  function forget(): void {
    generation++;
    access = undefined;
    clearTimeout(timer);
    state.setState({ status: 'signed-out', user: undefined });
  }

  function plan(delayMs: number): void {
    clearTimeout(timer);
    timer = setTimeout(() => void renew().catch(() => undefined), Math.max(delayMs, RETRY_MS.first));
  }

  /** A new access token by the cookie; one request however many ask. `undefined`: signed out. Throws when unreachable. */
  function renew(): Promise<string | undefined> {
    renewing ??= renewOnce().finally(() => {
      renewing = undefined;
    });
    return renewing;
  }

  async function renewOnce(): Promise<string | undefined> {
    const started = generation;
    try {
      const answer = await deps.http('refresh', {});
      return started === generation ? accept(answer) : access?.token;
    } catch (thrown) {
      const error = toRequestError(thrown);
      if (started !== generation) return access?.token;
      if (error.code === 'unauthorized' || error.code === 'forbidden') {
        forget();
        return undefined;
      }
      plan(error.retryAfterMs ?? Math.min(RETRY_MS.first * 2 ** failures++, RETRY_MS.most));
      throw error;
    }
  }

  /** A token for the next request; `undefined` when signed out. An old one when no new one can be had: it may still do. */
  async function token(): Promise<string | undefined> {
    if (state.getState().status === 'signed-out') return undefined;
    if (access && access.endsAt - deps.now() > SPARE_MS) return access.token;
    return renew().catch(() => access?.token);
  }

  /** Throws what the server refuses. A guest who registers keeps the id: the token goes along. */
  async function signIn<R extends SignInRoute>(route: R, input: CallInput<R>): Promise<User> {
    const answer: Answer<SignInRoute> = await deps.http(route, input, { token: access?.token });
    generation++;
    accept(answer);
    return answer.data.user;
  }

  /** Throws when the server was not told: then the session lives on. */
  async function signOut(): Promise<void> {
    await deps.http('logout', {}).catch((error: unknown) => {
      if (toRequestError(error).code !== 'unauthorized') throw error;
    });
    forget();
  }

  return { state, renew, token, signIn, signOut, forget, close: () => clearTimeout(timer) };
}
