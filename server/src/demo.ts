import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AccountStore } from './accounts/accounts.store.ts';
import { type DemoUser, demoUsers, seedUsers } from './accounts/seed.ts';
import type { CharacterStore } from './characters/characters.store.ts';
import { demoTwin } from './characters/demo-twin.ts';
import { type AvatarFiles, seedAvatar, seedTwin } from './characters/seed.ts';
import type { VrmScan } from './characters/vrm/vrm-scan.ts';
import type { VrmModelStore } from './characters/vrm-models.store.ts';
import type { BlobStore } from './platform/blobs.ts';
import type { Passwords } from './platform/passwords.ts';

type Deps = {
  accounts: AccountStore;
  characters: CharacterStore;
  models: VrmModelStore;
  passwords: Passwords;
  blobs: BlobStore;
  scan: (file: Uint8Array) => Promise<VrmScan>;
  /** Where the platform's own avatars are. */
  avatarsFolder: string;
  /** The same password for the same name at every start. */
  passwordOf: (name: string) => string;
  now: () => number;
};

export type SignIns = Record<DemoUser, { email: string; password: string }>;

/** The first one is the demo twin's. */
const avatars = ['mira', 'ren'] as const;

/** The demo people, the platform's avatars, the demo twin and its open live conversation. Safe to repeat. */
export async function seedDemo({ accounts, passwords, passwordOf, avatarsFolder, ...rest }: Deps): Promise<SignIns> {
  const names = Object.keys(demoUsers) as DemoUser[];
  const signIns = Object.fromEntries(
    names.map((name) => [name, { email: demoUsers[name].email, password: passwordOf(`demo-${name}`) }]),
  ) as SignIns;
  const chosen = Object.fromEntries(names.map((name) => [name, signIns[name].password])) as Record<DemoUser, string>;
  await seedUsers({ store: accounts, passwords, now: rest.now }, chosen);

  const [first, ...others] = avatars;
  const vrmModelId = await seedAvatar(rest, await avatarFiles(avatarsFolder, first));
  for (const name of others) await seedAvatar(rest, await avatarFiles(avatarsFolder, name));
  await seedTwin(rest, demoTwin, demoUsers.creator.id, vrmModelId);
  return signIns;
}

async function avatarFiles(folder: string, name: string): Promise<AvatarFiles> {
  const [vrm, picture] = await Promise.all(['vrm', 'png'].map((ending) => readFile(join(folder, `${name}.${ending}`))));
  return { vrm: vrm as Uint8Array, picture };
}
