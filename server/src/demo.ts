import { readFile } from 'node:fs/promises';
import type { AccountStore } from './accounts/accounts.store.ts';
import { type DemoUser, demoUsers, seedUsers } from './accounts/seed.ts';
import type { CharacterStore } from './characters/characters.store.ts';
import { demoTwin } from './characters/demo-twin.ts';
import { seedTwin } from './characters/seed.ts';
import type { BlobStore } from './platform/blobs.ts';
import type { Passwords } from './platform/passwords.ts';

type Deps = {
  accounts: AccountStore;
  characters: CharacterStore;
  passwords: Passwords;
  blobs: BlobStore;
  /** The demo twin's avatar. */
  vrmPath: string;
  /** The same password for the same name at every start. */
  passwordOf: (name: string) => string;
  now: () => number;
};

export type SignIns = Record<DemoUser, { email: string; password: string }>;

/** The demo people, their twin and its open live conversation. Safe to repeat. */
export async function seedDemo({
  accounts,
  characters,
  passwords,
  blobs,
  vrmPath,
  passwordOf,
  now,
}: Deps): Promise<SignIns> {
  const names = Object.keys(demoUsers) as DemoUser[];
  const signIns = Object.fromEntries(
    names.map((name) => [name, { email: demoUsers[name].email, password: passwordOf(`demo-${name}`) }]),
  ) as SignIns;
  const chosen = Object.fromEntries(names.map((name) => [name, signIns[name].password])) as Record<DemoUser, string>;
  await seedUsers({ store: accounts, passwords, now }, chosen);
  await seedTwin({ store: characters, blobs, now }, demoTwin, demoUsers.creator.id, await readFile(vrmPath));
  return signIns;
}
