import { randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';

/** Files by key: words of small letters, digits, `-`, `_` and `.`, joined by `/`. A key's content never changes. */
export type BlobStore = {
  put(key: string, content: Uint8Array): Promise<void>;
  /** `range`: first and last byte. The stream fails when there is no such blob. */
  get(key: string, range?: { start: number; end: number }): Readable;
  stat(key: string): Promise<{ bytes: number } | undefined>;
  /** Removes the oldest of `prefix` beyond these limits. Absent where the store does that by rules of its own. */
  trim?(prefix: string, limits: { maxBytes: number; maxAgeMs: number }): Promise<number>;
};

const KEY = /^[a-z0-9][a-z0-9._-]*(\/[a-z0-9][a-z0-9._-]*)*$/;
const KEY_MAX_CHARS = 200;

/** Throws where it is none. */
export function checkKey(key: string): void {
  if (key.length > KEY_MAX_CHARS || !KEY.test(key)) throw new Error('not a key of a blob');
}

/** Blobs as files of a folder, which is made when it is not there. */
export function openBlobFolder(folder: string): BlobStore {
  function pathOf(key: string): string {
    checkKey(key);
    return join(folder, key);
  }

  return {
    /** Whole or not at all, whenever the process dies. */
    async put(key, content) {
      const path = pathOf(key);
      await mkdir(dirname(path), { recursive: true });
      const unfinished = `${path}.${randomBytes(6).toString('hex')}~`;
      try {
        const file = await open(unfinished, 'wx');
        try {
          await file.writeFile(content);
          await file.sync();
        } finally {
          await file.close();
        }
        await rename(unfinished, path);
      } catch (error) {
        await rm(unfinished, { force: true });
        throw error;
      }
    },

    get: (key, range) => createReadStream(pathOf(key), range),

    async stat(key) {
      try {
        const found = await stat(pathOf(key));
        return found.isFile() ? { bytes: found.size } : undefined;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
        throw error;
      }
    },

    async trim(prefix, { maxBytes, maxAgeMs }) {
      const oldestAt = Date.now() - maxAgeMs;
      let [bytes, removed] = [0, 0];
      for (const { path, size, mtimeMs } of await newestFirst(pathOf(prefix))) {
        bytes += size;
        if (bytes <= maxBytes && mtimeMs >= oldestAt) continue;
        await rm(path, { force: true });
        removed += 1;
      }
      return removed;
    },
  };
}

async function newestFirst(folder: string): Promise<{ path: string; size: number; mtimeMs: number }[]> {
  const names = await readdir(folder, { recursive: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  const found: { path: string; size: number; mtimeMs: number }[] = [];
  for (const name of names) {
    const path = join(folder, name);
    const status = await stat(path).catch(() => undefined); // another server may trim the same folder
    if (status?.isFile()) found.push({ path, size: status.size, mtimeMs: status.mtimeMs });
  }
  return found.sort((a, b) => b.mtimeMs - a.mtimeMs);
}
