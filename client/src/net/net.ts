import type { Handshake } from '@fantwin/shared/live';
import { createContext, useContext } from 'react';
import { type Api, createApi } from './api.ts';
import { createPlatformClock, type PlatformClock } from './clock.ts';
import { createDownload, type Download } from './download.ts';
import { createHttp } from './http.ts';
import { createSession, type Session } from './session.ts';
import { type Connection, createConnection } from './socket.ts';
import { createUpload, type Upload } from './upload.ts';

/** The page's ways to the server. */
export type Net = {
  session: Session;
  api: Api;
  upload: Upload;
  download: Download;
  connection: Connection;
  clock: PlatformClock;
};

export function createNet(options: { serverUrl: string; joined: () => Handshake['joined'] }): Net {
  const { serverUrl, joined } = options;
  const http = createHttp({ serverUrl, fetch: (...args) => fetch(...args) });
  const session = createSession({ http, now: () => Date.now() });
  const connection = createConnection({
    serverUrl,
    handshake: async () => ({ token: await session.token(), joined: joined() }),
    renew: async () => (await session.renew()) !== undefined,
  });
  const clock = createPlatformClock({ connection, local: () => performance.now(), wall: () => Date.now() });
  const upload = createUpload({ serverUrl, session, createRequest: () => new XMLHttpRequest() });
  const download = createDownload({ serverUrl, session, fetch: (...args) => fetch(...args) });
  return { session, api: createApi(http, session), upload, download, connection, clock };
}

const NetContext = createContext<Net | undefined>(undefined);
export const NetProvider = NetContext.Provider;

export function useNet(): Net {
  const net = useContext(NetContext);
  if (!net) throw new Error('useNet is used outside its provider');
  return net;
}
