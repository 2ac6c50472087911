import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { lockDir } from './dir-lock.ts';

const Secrets = z.record(z.string(), z.string());

export type DataDir = {
  path: string;
  db: string;
  redis: string;
  blobs: string;
  models: string;
  /** A random value made once and kept in `secrets.json`; `make` decides its form. */
  secret(name: string, make?: () => string): string;
  /** Gives the lock back. */
  close(): void;
};

const makeSecret = () => randomBytes(32).toString('base64url');

/** Creates what is missing and locks the folder for this process. Throws when another server holds it. */
export function openDataDir(path: string): DataDir {
  const [db, redis, blobs, models] = ['db', 'redis', 'blobs', 'models'].map((name) => join(path, name)) as [
    string,
    string,
    string,
    string,
  ];
  for (const dir of [path, db, redis, blobs, models]) mkdirSync(dir, { recursive: true, mode: 0o700 });
  chmodSync(path, 0o700);

  const secretsPath = join(path, 'secrets.json');
  const unlock = lockDir(path);
  const secrets = readSecrets(secretsPath, unlock);
  return {
    path,
    db,
    redis,
    blobs,
    models,
    secret(name, make = makeSecret) {
      const known = secrets[name];
      if (known !== undefined) return known;
      const made = make();
      secrets[name] = made;
      writePrivate(secretsPath, `${JSON.stringify(secrets, null, 2)}\n`);
      return made;
    },
    close: unlock,
  };
}

function readSecrets(path: string, unlock: () => void): Record<string, string> {
  try {
    return Secrets.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    unlock();
    throw new Error(`${path} cannot be read: it must be a JSON object of strings`, { cause: error });
  }
}

/** A kill at any moment leaves the old file or the new one. */
function writePrivate(path: string, text: string): void {
  const draft = `${path}.tmp`;
  writeFileSync(draft, text, { mode: 0o600, flush: true });
  chmodSync(draft, 0o600);
  renameSync(draft, path);
}
