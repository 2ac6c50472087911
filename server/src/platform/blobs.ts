import { randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';

/** Files by key: words of small letters, digits, `-`, `_` and `.`, joined by `/`. A key's content never changes. */
export type BlobStore = {
  put(key: string, content: Uint8Array): Promise<void>;
  /** `range`: first and last byte. The stream fails when there is no such blob. */
  get(key: string, range?: { start: number; end: number }): Readable;
  stat(key: string): Promise<{ bytes: number } | undefined>;
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
  };
}
