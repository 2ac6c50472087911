import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Registry } from 'prom-client';
import { withDeadline } from '../core/deadline.ts';
import type { Readiness } from './readiness.ts';

type Options = {
  registry: Registry;
  host: string;
  port: number;
  readiness?: Pick<Readiness, 'answer'>;
  /** Brings gauges up to date before they are read; a failure leaves them as they are. */
  sample?: () => Promise<unknown>;
};

const SAMPLE_TIMEOUT_MS = 1_500;

/**
 * `/metrics` on a port of its own, so that the public one never shows it; and `/healthz` and `/readyz` beside it, for the
 * public port closes first when a server stops, and processes without the role `web` have none.
 */
export async function openMetricsServer({ registry, host, port, readiness, sample }: Options) {
  async function metrics(response: ServerResponse): Promise<void> {
    if (sample) await withDeadline(sample(), SAMPLE_TIMEOUT_MS, 'no answer').catch(() => undefined);
    const text = await registry.metrics();
    response.writeHead(200, { 'content-type': registry.contentType }).end(text);
  }

  async function answer(path: string | undefined, query: string | undefined, response: ServerResponse): Promise<void> {
    if (path === '/metrics') return metrics(response);
    if (path === '/healthz') return sendJson(response, 200, { ok: true });
    if (path !== '/readyz' || !readiness) return void response.writeHead(404).end();
    const { status, body } = await readiness.answer(new URLSearchParams(query).get('for'));
    sendJson(response, status, body);
  }

  const server = createServer((request, response) => {
    const [path, query] = request.method === 'GET' ? (request.url ?? '').split('?') : [];
    answer(path, query, response).catch(() => response.writeHead(500).end());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });

  return {
    port: (server.address() as AddressInfo).port,
    async close(): Promise<void> {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function sendJson(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(JSON.stringify(body));
}
