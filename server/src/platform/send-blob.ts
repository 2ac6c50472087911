import { once } from 'node:events';
import { pipeline } from 'node:stream/promises';
import type { Request, Response } from 'express';
import type { BlobStore } from './blobs.ts';

const YEAR_SECONDS = 31_536_000;
/** A client that takes nothing for this long is cut off. */
const IDLE_TIMEOUT_MS = 60_000;

/**
 * Answers with a blob: cached for ever, because its address carries its hash, unless `cacheControl` says otherwise; in
 * parts where the client asks for a part.
 * `bytes` is its size.
 */
export async function sendBlob(
  { request, response }: { request: Request; response: Response },
  blobs: BlobStore,
  blob: { key: string; bytes: number; sha256: string; type: string; cacheControl?: string },
): Promise<void> {
  const etag = `"${blob.sha256}"`;
  response.set({
    'Content-Type': blob.type,
    'Cache-Control': blob.cacheControl ?? `public, max-age=${YEAR_SECONDS}, immutable`,
    ETag: etag,
    'Accept-Ranges': 'bytes',
  });
  if (request.fresh) {
    response.status(304).end();
    return;
  }

  const range = rangeOf(request, blob.bytes, etag);
  if (range === 'outside') {
    response.status(416).set('Content-Range', `bytes */${blob.bytes}`).end();
    return;
  }
  const { start, end } = range ?? { start: 0, end: blob.bytes - 1 };
  if (range) response.status(206).set('Content-Range', `bytes ${start}-${end}/${blob.bytes}`);
  response.set('Content-Length', String(end - start + 1));
  if (request.method === 'HEAD') {
    response.end();
    return;
  }
  const content = blobs.get(blob.key, { start, end });
  await once(content, 'readable'); // what fails up to here can still be answered
  response.setTimeout(IDLE_TIMEOUT_MS, () => response.destroy());
  await pipeline(content, response).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error; // the client went away
  });
}

/** One range only; a list of them is answered with the whole. */
function rangeOf(
  request: Request,
  bytes: number,
  etag: string,
): { start: number; end: number } | 'outside' | undefined {
  const condition = request.headers['if-range'];
  if (condition !== undefined && condition !== etag) return undefined;
  const ranges = request.range(bytes);
  if (ranges === -1) return 'outside';
  return Array.isArray(ranges) && ranges.type === 'bytes' && ranges.length === 1 ? ranges[0] : undefined;
}
