import { readFile, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import express, { type RequestHandler, type Response } from 'express';

const YEAR_SECONDS = 31_536_000;
const compressible = new Set(['.js', '.css', '.html', '.svg', '.json', '.map', '.txt']);
const compressors = {
  br: (content: Buffer) =>
    promisify(brotliCompress)(content, {
      params: { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_SIZE_HINT]: content.length },
    }),
  gzip: (content: Buffer) => promisify(gzip)(content, { level: 9 }),
};
/** The better one first; browsers do not say which they prefer. */
const encodings = ['br', 'gzip'] as const;

/** The built page. Files with a hash in their name (under `assets/`) are cached for ever, the others asked for again. */
export function staticFiles(folder: string): RequestHandler[] {
  const setHeaders = (response: Response, path: string): void => {
    const hashed = path.startsWith(join(folder, 'assets'));
    response.set('Cache-Control', hashed ? `public, max-age=${YEAR_SECONDS}, immutable` : 'no-cache');
  };
  return [compressed(folder, setHeaders), express.static(folder, { index: false, redirect: false, setHeaders })];
}

/** Sends text files compressed; each is compressed once, when it is first asked for. */
function compressed(folder: string, setHeaders: (response: Response, path: string) => void): RequestHandler {
  const made = new Map<string, { content: Promise<Buffer>; changedAt: number }>();

  return async (request, response, next) => {
    const path = join(folder, request.path);
    const encoding = encodings.find((name) => request.acceptsEncodings(name) === name);
    const wanted = request.method === 'GET' || request.method === 'HEAD';
    const inside = path.startsWith(join(folder, '/')); // an address may hold `..`
    if (!wanted || !inside || !encoding || !compressible.has(extname(path))) {
      next();
      return;
    }
    const found = await stat(path).catch(() => undefined);
    if (!found?.isFile()) {
      next();
      return;
    }

    const key = `${encoding}:${path}`;
    let entry = made.get(key);
    if (entry?.changedAt !== found.mtimeMs) {
      entry = { content: readFile(path).then(compressors[encoding]), changedAt: found.mtimeMs };
      entry.content.catch(() => made.delete(key));
      made.set(key, entry);
    }
    const content = await entry.content;
    response
      .type(extname(path))
      .vary('Accept-Encoding')
      .set({
        'Content-Encoding': encoding,
        ETag: `W/"${encoding}-${found.size.toString(16)}-${Math.floor(found.mtimeMs).toString(16)}"`,
      });
    setHeaders(response, path);
    response.send(content);
  };
}
