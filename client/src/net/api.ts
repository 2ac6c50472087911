import { type RouteName, type RouteOutput, routes } from '@fantwin/shared/http';
import type { CallInput, Http } from './http.ts';
import { RequestError } from './request-error.ts';
import type { Session } from './session.ts';

export type Api = ReturnType<typeof createApi>;

/** A call as who I am; what is open to everybody does not wait until that is known. */
export function createApi(http: Http, session: Session) {
  return async function call<R extends RouteName>(
    name: R,
    input: CallInput<R>,
    signal?: AbortSignal,
  ): Promise<RouteOutput<R>> {
    const open = routes[name].auth === 'none' && session.state.getState().status === 'starting';
    const ask = async (token?: string) => (await http(name, input, { token, signal })).data;
    return open ? ask() : asMe(session, ask);
  };
}

/** Asks as who I am. A refused token is renewed once; then the refusal stands. */
export async function asMe<T>(
  session: Pick<Session, 'token' | 'renew'>,
  ask: (token: string | undefined) => Promise<T>,
): Promise<T> {
  const token = await session.token();
  try {
    return await ask(token);
  } catch (error) {
    if (!(error instanceof RequestError) || error.code !== 'unauthorized' || !token) throw error;
    const renewed = await session.renew();
    if (!renewed) throw error;
    return ask(renewed);
  }
}
