import { type RouteName, type RouteOutput, routes } from '@fantwin/shared/http';
import { asMe } from './api.ts';
import { address, type CallInput, readAnswer } from './http.ts';
import { unreachable } from './request-error.ts';
import type { Session } from './session.ts';

/** The routes whose body is a file. */
type FileRoute = { [R in RouteName]: (typeof routes)[R] extends { file: unknown } ? R : never }[RouteName];
type Options = {
  signal?: AbortSignal;
  /** From 0 to 1; at 1 the server has all of it and looks at it. */
  onProgress?: (part: number) => void;
};

/** No byte goes out for this long: the line is dead. */
const SILENCE_MS = 30_000;
/** The server has it all, and answers. */
const ANSWER_MS = 60_000;

export type Upload = ReturnType<typeof createUpload>;

/** Sends a file as who I am. Throws `RequestError` only; ended by the signal, `unavailable`. */
export function createUpload(deps: {
  serverUrl: string;
  session: Pick<Session, 'token' | 'renew'>;
  createRequest: () => XMLHttpRequest;
}) {
  return <R extends FileRoute>(
    name: R,
    input: CallInput<R>,
    file: Blob,
    options: Options = {},
  ): Promise<RouteOutput<R>> => {
    const { method, path, file: kind } = routes[name];
    const { params, query } = input as { params?: Record<string, string>; query?: Record<string, unknown> };
    return asMe(deps.session, async (token) => {
      const request = deps.createRequest();
      request.open(method, deps.serverUrl + address(path, params, query));
      request.setRequestHeader('accept', 'application/json');
      request.setRequestHeader('content-type', kind.type);
      if (token) request.setRequestHeader('authorization', `Bearer ${token}`);
      await send(request, file, options);
      return readAnswer(name, request.status, request.responseText);
    });
  };
}

/** `fetch` does not tell how much has gone out, so this is the older way. */
function send(request: XMLHttpRequest, file: Blob, { signal, onProgress }: Options): Promise<void> {
  return new Promise((resolve, reject) => {
    const giveUp = (): void => request.abort();
    let timer = setTimeout(giveUp, SILENCE_MS);
    const wait = (ms: number): void => {
      clearTimeout(timer);
      timer = setTimeout(giveUp, ms);
    };
    const settle = (done: () => void) => (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', giveUp);
      done();
    };
    request.upload.addEventListener('progress', ({ loaded, total }) => {
      wait(SILENCE_MS);
      if (total > 0) onProgress?.(loaded / total);
    });
    request.upload.addEventListener('load', () => {
      wait(ANSWER_MS);
      onProgress?.(1);
    });
    request.addEventListener('load', settle(resolve));
    for (const name of ['error', 'abort', 'timeout'] as const) {
      request.addEventListener(
        name,
        settle(() => reject(unreachable(name))),
      );
    }
    signal?.addEventListener('abort', giveUp);
    request.send(file);
    if (signal?.aborted) giveUp();
  });
}
