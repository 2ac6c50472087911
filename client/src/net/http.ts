import { type RouteName, type RouteOutput, routes } from '@fantwin/shared/http';
import { z } from 'zod';
import { notUnderstood, parseRefusal, type RequestError, unreachable } from './request-error.ts';

type Part<R extends RouteName, P extends string> = (typeof routes)[R] extends { [K in P]: infer S extends z.ZodType }
  ? { [K in P]: z.input<S> }
  : unknown;
/** What a caller gives: only the parts that the route has, before defaults are filled in. */
export type CallInput<R extends RouteName> = Part<R, 'params'> & Part<R, 'query'> & Part<R, 'body'>;
type AnyInput = { params?: Record<string, string>; query?: Record<string, unknown>; body?: unknown };

export type Answer<R extends RouteName> = {
  data: RouteOutput<R>;
  /** The server's clock when it answered, ms since 1970; our own where it does not say. */
  answeredAt: number;
};

const TIMEOUT_MS = 15_000;
const Refusal = z.object({ error: z.unknown() });

export type Http = ReturnType<typeof createHttp>;

/** One HTTP call of the contract: fill in the address, send, parse. Throws `RequestError` only. */
export function createHttp(deps: { serverUrl: string; fetch: typeof fetch }) {
  return async function call<R extends RouteName>(
    name: R,
    input: CallInput<R>,
    options: { token?: string; signal?: AbortSignal } = {},
  ): Promise<Answer<R>> {
    const route = routes[name];
    const { params, query, body } = input as AnyInput;
    const timeout = AbortSignal.timeout(TIMEOUT_MS);
    let response: Response;
    let text: string;
    try {
      response = await deps.fetch(deps.serverUrl + address(route.path, params, query), {
        method: route.method,
        credentials: 'same-origin',
        headers: {
          accept: 'application/json',
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...(options.token && { authorization: `Bearer ${options.token}` }),
        },
        body: body === undefined ? undefined : JSON.stringify(body),
        signal: options.signal ? AbortSignal.any([timeout, options.signal]) : timeout,
      });
      text = await response.text();
    } catch (error) {
      throw unreachable(error);
    }
    return {
      data: readAnswer(name, response.status, text),
      answeredAt: Date.parse(response.headers.get('date') ?? '') || Date.now(),
    };
  };
}

/** What the answer says. Throws the refusal that it is, or that it was not understood. */
export function readAnswer<R extends RouteName>(name: R, status: number, text: string): RouteOutput<R> {
  if (status < 200 || status > 299) throw refusalIn(status, text);
  const output = routes[name].output.safeParse(text === '' ? {} : parseJson(text));
  if (!output.success) throw notUnderstood(output.error);
  return output.data as RouteOutput<R>;
}

/** A proxy in between answers in its own words: those below 500 are faults of ours, the others pass. */
export function refusalIn(status: number, text: string): RequestError {
  const wrapped = Refusal.safeParse(parseJson(text));
  return parseRefusal(wrapped.success ? wrapped.data.error : undefined, () =>
    status >= 500 ? unreachable(status) : notUnderstood(status),
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Where a route is, with its parts filled in. */
export function address(path: string, params: AnyInput['params'] = {}, query: AnyInput['query'] = {}): string {
  const filled = path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
  const given = Object.entries(query).filter(([, value]) => value !== undefined);
  const search = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
  return search ? `${filled}?${search}` : filled;
}
