import { pause } from '../net/pause.ts';
import { type RequestError, toRequestError } from '../net/request-error.ts';
import type { Session } from '../net/session.ts';

const NAME = 'Overlay';
const RETRY_MS = { first: 1_000, most: 30_000 };

type Deps = {
  session: Pick<Session, 'signIn'>;
  signal: AbortSignal;
  /** Told of each try that failed. */
  onFailure: (error: RequestError) => void;
  wait?: typeof pause;
};

/** Tries until it is in or the signal ends it: nobody sits in front of an overlay. */
export async function enterAsGuest({ session, signal, onFailure, wait = pause }: Deps): Promise<void> {
  for (let failures = 0; !signal.aborted; failures++) {
    try {
      await session.signIn('guest', { body: { displayName: NAME } });
      return;
    } catch (thrown) {
      const error = toRequestError(thrown);
      if (signal.aborted) return;
      onFailure(error);
      const patience = Math.min(RETRY_MS.first * 2 ** failures, RETRY_MS.most);
      await wait(Math.max(error.retryAfterMs ?? 0, patience), signal);
    }
  }
}
