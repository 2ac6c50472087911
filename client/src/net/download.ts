import { asMe } from './api.ts';
import { refusalIn } from './http.ts';
import { unreachable } from './request-error.ts';
import type { Session } from './session.ts';

/** A large file over a slow line; then nobody waits for it any more. */
const TIMEOUT_MS = 120_000;

export type Download = ReturnType<typeof createDownload>;

/** A file that is not open to everybody, as who I am. Throws `RequestError` only. */
export function createDownload(deps: {
  serverUrl: string;
  session: Pick<Session, 'token' | 'renew'>;
  fetch: typeof fetch;
}) {
  return (path: string, signal?: AbortSignal): Promise<Blob> => {
    const timeout = AbortSignal.timeout(TIMEOUT_MS);
    const end = signal ? AbortSignal.any([timeout, signal]) : timeout;
    return asMe(deps.session, async (token) => {
      let answer: { status: number; blob: Blob };
      try {
        const headers = token ? { authorization: `Bearer ${token}` } : undefined;
        const response = await deps.fetch(deps.serverUrl + path, { headers, signal: end });
        answer = { status: response.status, blob: await response.blob() };
      } catch (error) {
        throw unreachable(error);
      }
      if (answer.status !== 200) throw refusalIn(answer.status, await answer.blob.text());
      return answer.blob;
    });
  };
}
