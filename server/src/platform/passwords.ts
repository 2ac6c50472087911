import { hash, verify } from '@node-rs/argon2';
import { AppError } from '../core/errors.ts';

/** Argon2id (the library's default) with 19 MiB and two passes, as OWASP advises; about 25 ms of one core. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
const RUNNING_MAX = 2;
const WAITING_MAX = 40;

export type Passwords = Awaited<ReturnType<typeof createPasswords>>;

/** Hashing is dear on purpose, so few run at once, some wait, and the rest are told to come back: `busy`. */
export async function createPasswords() {
  let running = 0;
  const waiting: (() => void)[] = [];

  async function inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (running < RUNNING_MAX) running += 1;
    else if (waiting.length < WAITING_MAX) await new Promise<void>((resolve) => waiting.push(resolve));
    else throw new AppError('busy', 'Many people are signing in. Try again in a moment.', { retryAfterMs: 2_000 });
    try {
      return await work();
    } finally {
      const next = waiting.shift(); // takes over this place
      if (next) next();
      else running -= 1;
    }
  }

  const hashOf = (password: string): Promise<string> => inTurn(() => hash(password.normalize('NFKC'), cost));
  const decoy = await hashOf('a password that nobody has');

  return {
    hash: hashOf,

    /** Without a hash (nobody has that name) it is as slow and says no. */
    async matches(password: string, stored: string | undefined): Promise<boolean> {
      const right = await inTurn(() => verify(stored ?? decoy, password.normalize('NFKC')));
      return right && stored !== undefined;
    },
  };
}
