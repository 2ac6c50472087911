import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { type Credentials, refusalOf } from './signature-v4.ts';

/** What one request meets. */
export type S3Misbehaviour = { times?: number } & (
  | { kind: 'status'; status: number; code?: string }
  /** Takes the request and says nothing. */
  | { kind: 'silent' }
  /** After so many bytes of the body the connection breaks, or nothing more comes. */
  | { kind: 'cut' | 'stall'; afterBytes: number }
  /** The whole body, a piece at a time. */
  | { kind: 'slow'; pieceBytes: number; pauseMs: number }
);

/** A request as it came, right or wrong. */
export type S3Request = {
  method: string;
  key: string;
  range?: string;
  encryption?: string;
  acl?: string;
  /** Why it was refused. */
  fault?: string;
};

export type S3Double = Awaited<ReturnType<typeof startS3Double>>;

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * An S3 of our own with one private bucket: checks every signature, has PUT, GET with a range and HEAD, addressed by
 * path, and misbehaves on command.
 */
export async function startS3Double(bucket = 'fantwin-test') {
  const credentials: Credentials = { accessKeyId: 'AKTEST', secretAccessKey: 'a secret of tests/+=', region: 'test-1' };
  const objects = new Map<string, Buffer>();
  const requests: S3Request[] = [];
  let misbehave: S3Misbehaviour[] = [];
  let open = 0;

  function nextMisbehaviour(): S3Misbehaviour | undefined {
    const [found] = misbehave;
    if (found && (found.times ?? 1) <= 1) misbehave.shift();
    else if (found) misbehave[0] = { ...found, times: (found.times ?? 1) - 1 };
    return found;
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await buffer(request);
    const [, inBucket, ...path] = (request.url ?? '').split('?')[0]?.split('/') ?? [];
    const key = path.map(decodeURIComponent).join('/');
    const { method = '', headers } = request;
    const seen: S3Request = {
      method,
      key,
      range: headers.range,
      encryption: headers['x-amz-server-side-encryption'] as string | undefined,
      acl: headers['x-amz-acl'] as string | undefined,
    };
    requests.push(seen);
    const refuse = (status: number, code: string) => {
      seen.fault = code;
      sendError(response, status, code, method);
    };
    const refusal = refusalOf(request, body, credentials);
    if (refusal) return refuse(refusal.status, refusal.code);
    if (inBucket !== bucket) return refuse(404, 'NoSuchBucket');
    if (headers['content-encoding']?.includes('aws-chunked') || headers['x-amz-sdk-checksum-algorithm'])
      return refuse(501, 'NotImplemented'); // as older servers do

    const bad = nextMisbehaviour();
    if (bad?.kind === 'silent') return;
    if (bad?.kind === 'status') return sendError(response, bad.status, bad.code ?? 'SlowDown', method);
    if (method === 'PUT') {
      objects.set(key, body);
      response.writeHead(200, { etag: '"double"' }).end();
      return;
    }
    const found = objects.get(key);
    if (!found) return refuse(404, 'NoSuchKey');
    if (method === 'GET') return await sendObject(response, found, headers.range, bad);
    if (method !== 'HEAD') return refuse(405, 'MethodNotAllowed');
    response.writeHead(200, { 'content-length': found.length, 'accept-ranges': 'bytes' }).end();
  }

  async function sendObject(
    response: ServerResponse,
    whole: Buffer,
    range?: string,
    bad?: S3Misbehaviour,
  ): Promise<void> {
    const [, first = '0', last = ''] = /^bytes=(\d+)-(\d*)$/.exec(range ?? '') ?? [];
    const start = Number(first);
    const end = Math.min(last === '' ? Infinity : Number(last), whole.length - 1);
    if (range && start >= whole.length) return sendError(response, 416, 'InvalidRange', 'GET');
    const part = whole.subarray(start, end + 1);
    response.writeHead(range ? 206 : 200, {
      'content-length': part.length,
      ...(range && { 'content-range': `bytes ${start}-${end}/${whole.length}` }),
    });
    if (bad?.kind === 'slow') {
      for (let at = 0; at < part.length && !response.destroyed; at += bad.pieceBytes) {
        response.write(part.subarray(at, at + bad.pieceBytes));
        await pause(bad.pauseMs);
      }
      response.end();
    } else if (bad && 'afterBytes' in bad) {
      response.write(part.subarray(0, bad.afterBytes));
      if (bad.kind === 'cut') await pause(20); // what was written must be on its way
      if (bad.kind === 'cut') response.destroy();
    } else response.end(part);
  }

  const server = createServer((request, response) => {
    open += 1;
    response.once('close', () => (open -= 1));
    serve(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { accessKeyId, secretAccessKey, region } = credentials;

  return {
    bucket,
    endpoint,
    region,
    credentials: { accessKeyId, secretAccessKey },
    objects,
    requests,
    /** Requests that are being answered now. */
    open: () => open,
    /** What the next requests meet, one after the other; replaces what was set before. */
    misbehave(...next: S3Misbehaviour[]) {
      misbehave = next;
    },
    /** For a server's start. */
    env: {
      S3_BUCKET: bucket,
      S3_ENDPOINT: endpoint,
      S3_REGION: region,
      S3_ACCESS_KEY_ID: accessKeyId,
      S3_SECRET_ACCESS_KEY: secretAccessKey,
    },
    async close(): Promise<void> {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function sendError(response: ServerResponse, status: number, code: string, method: string): void {
  const xml = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${code}</Message></Error>`;
  response.writeHead(status, { 'content-type': 'application/xml' }).end(method === 'HEAD' ? undefined : xml);
}
