import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { UserId } from '@fantwin/shared/ids';
import { uuidv7 } from 'uuidv7';
import { accountsHttp } from '../src/accounts/accounts.http.ts';
import { createAccountStore } from '../src/accounts/accounts.store.ts';
import { createAccounts } from '../src/accounts/accounts.ts';
import { createRefreshTokens } from '../src/accounts/refresh-token.ts';
import { createSessionLog } from '../src/accounts/session.log.ts';
import { createSocketAuthentication } from '../src/accounts/session.socket.ts';
import { createSessions } from '../src/accounts/session.ts';
import { SessionWatch } from '../src/accounts/session-watch.ts';
import { charactersHttp } from '../src/characters/characters.http.ts';
import { createCharacterStore } from '../src/characters/characters.store.ts';
import { createCharacters } from '../src/characters/characters.ts';
import { scanVrm } from '../src/characters/vrm/vrm-scan.ts';
import { vrmModelsHttp } from '../src/characters/vrm-models.http.ts';
import { createVrmModelStore } from '../src/characters/vrm-models.store.ts';
import { createVrmModels } from '../src/characters/vrm-models.ts';
import { createAccessTokens } from '../src/platform/access-tokens.ts';
import { openBlobFolder } from '../src/platform/blobs.ts';
import { createLogger } from '../src/platform/logger.ts';
import { createMetrics } from '../src/platform/metrics.ts';
import { createOriginCheck } from '../src/platform/origin.ts';
import { createPasswords } from '../src/platform/passwords.ts';
import { createFloodGuard, createLimits } from '../src/platform/rate-limit.ts';
import { createReadiness } from '../src/platform/readiness.ts';
import { openRedis, whenReady } from '../src/platform/redis.ts';
import type { RouteGuards } from '../src/platform/routes.ts';
import { createSessionCookie } from '../src/platform/session-cookie.ts';
import { createHttpApp } from '../src/platform/web.ts';
import type { TestStores } from './stores.ts';

export const publicUrl = 'https://chat.example';
export const secret = Buffer.alloc(32, 'a secret of these tests');

type Options = {
  redisUrl?: string;
  blobFolder?: string;
  clientFolder?: string;
  burst?: number;
  now?: () => number;
  /** Whether this server hears what others announce. */
  deaf?: boolean;
  publicUrl?: string;
};
export type AccountsApp = Awaited<ReturnType<typeof startAccountsApp>>;

/** Accounts and characters of one server over HTTP, put together as `app.ts` does, on the given stores. */
export async function startAccountsApp(stores: TestStores, options: Options = {}) {
  const now = options.now ?? Date.now;
  const serverId = uuidv7();
  const lines: string[] = [];
  const logger = createLogger({ level: 'trace' }, { write: (line: string) => void lines.push(line) });
  const redis = openRedis(options.redisUrl ?? stores.redisUrl, 'commands', () => undefined);
  const subscriber = openRedis(stores.redisUrl, 'patient', () => undefined);
  if (!options.redisUrl) await whenReady(redis, 3_000);

  const origin = createOriginCheck(options.publicUrl ?? publicUrl);
  const cookie = createSessionCookie(origin.secure);
  const store = createAccountStore(stores.db);
  const log = createSessionLog(redis, stores.prefix);
  const limits = createLimits(redis, stores.prefix);
  const accessTokens = await createAccessTokens(secret);
  const refreshTokens = createRefreshTokens(secret);
  const sessions = createSessions({ store, log, accessTokens, refreshTokens, serverId, newId: uuidv7, now });
  const passwords = await createPasswords();
  const accounts = createAccounts({ store, sessions, passwords, limits, newId: uuidv7, now });
  const authenticate = createSocketAuthentication({ sessions, cookie, origin });

  const revoked: string[] = [];
  const watch = new SessionWatch({
    store: store.sessions,
    log,
    listen: options.deaf ? () => Promise.resolve(() => Promise.resolve()) : (hear) => log.onRevoked(subscriber, hear),
    onRevoked: (id) => void revoked.push(id),
    onFailure: (error) => logger.error({ err: error }, 'cannot look up revoked sessions'),
    now,
  });
  await watch.start();

  const metrics = createMetrics();
  const guards: RouteGuards = {
    flood: createFloodGuard({ burst: options.burst ?? 10_000, perSecond: 1 }),
    limits,
    origin,
    userOf: sessions.userOf,
    metrics,
    logger,
  };
  const blobs = openBlobFolder(options.blobFolder ?? '/nonexistent');
  const whoIs = async (userId: UserId) => ({ userId, address: '', ...(await accounts.find(userId)) });
  const models = createVrmModels({
    store: createVrmModelStore(stores.db),
    blobs,
    scan: scanVrm,
    recordAction: () => Promise.resolve(),
    newId: uuidv7,
    now,
  });
  const characters = createCharacters({
    store: createCharacterStore(stores.db),
    models,
    allowed: () => Promise.resolve(true),
    hasVoice: () => Promise.resolve(false),
    liveOf: () => Promise.resolve(new Map()),
    newId: uuidv7,
    now,
  });
  const app = createHttpApp(
    {
      origin,
      trustProxy: true,
      clientFolder: options.clientFolder ?? '/nonexistent',
      version: '0.0.0-test',
      readiness: createReadiness({
        checks: { postgres: () => stores.pool.query('select 1'), redis: () => redis.ping() },
        onChange: () => {},
      }),
      logger,
    },
    (router) => {
      accountsHttp(router, { accounts, sessions, cookie }, guards);
      charactersHttp(router, { characters, whoIs }, guards);
      vrmModelsHttp(router, { models, blobs, whoIs }, guards);
    },
  );
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  async function close(): Promise<void> {
    await watch.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    redis.disconnect();
    subscriber.disconnect();
  }

  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    accounts,
    sessions,
    authenticate,
    cookie,
    store,
    log,
    passwords,
    metrics,
    blobs,
    lines,
    revoked,
    redis,
    close,
  };
}

let addresses = 0;

/** A browser with its cookie and its access token, at an address of its own so that limits do not mix. */
export class Browser {
  token: string | undefined;
  cookie: string | undefined;
  origin: string | undefined = publicUrl;
  address = `198.51.${Math.floor(addresses / 250)}.${(addresses++ % 250) + 1}`;

  constructor(readonly url: string) {}

  /** Another tab: the same cookie, as it is now. */
  tab(url = this.url): Browser {
    return Object.assign(new Browser(url), { cookie: this.cookie, token: this.token });
  }

  async send(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
    const response = await fetch(this.url + path, {
      method,
      headers: {
        'x-forwarded-for': this.address,
        ...(this.origin && { origin: this.origin }),
        ...(this.cookie && { cookie: this.cookie }),
        ...(this.token && { authorization: `Bearer ${this.token}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const set = response.headers.getSetCookie()[0];
    if (set) this.cookie = /max-age=0/i.test(set) ? undefined : set.split(';')[0];
    const text = await response.text();
    const answer = text.startsWith('{') ? JSON.parse(text) : text;
    if (answer.accessToken) this.token = answer.accessToken;
    return { status: response.status, headers: response.headers, body: answer };
  }

  post(path: string, body?: unknown, headers?: Record<string, string>) {
    return this.send('POST', path, body, headers);
  }

  get(path: string, headers?: Record<string, string>) {
    return this.send('GET', path, undefined, headers);
  }
}
