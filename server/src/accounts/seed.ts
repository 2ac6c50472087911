import type { RoleGrant } from '@fantwin/shared/accounts';
import type { UserId } from '@fantwin/shared/ids';
import type { AccountStore } from './accounts.store.ts';

const platform = (role: RoleGrant['role']): RoleGrant => ({ role, scope: 'platform' });

/** Always the same ids, so that servers which seed at once make the same people. */
export const demoUsers = {
  creator: person('1', 'Aiko', 'creator@fantwin.example', [platform('creator')]),
  moderator: person('2', 'Morgan', 'moderator@fantwin.example', [platform('moderator')]),
  admin: person('3', 'Alex', 'admin@fantwin.example', [platform('admin')]),
  fan: person('4', 'Robin', 'fan@fantwin.example', []),
  secondFan: person('5', 'Yuki', 'fan2@fantwin.example', []),
};
export type DemoUser = keyof typeof demoUsers;

type Dependencies = {
  store: Pick<AccountStore, 'transaction' | 'users'>;
  passwords: { hash(password: string): Promise<string>; matches(password: string, stored: string): Promise<boolean> };
  now(): number;
};

/** Makes the demo people, or gives those who are there the passwords that are printed. Safe to repeat. */
export async function seedUsers(deps: Dependencies, passwords: Record<DemoUser, string>): Promise<void> {
  for (const name of Object.keys(demoUsers) as DemoUser[]) {
    const { id, displayName, email, roles } = demoUsers[name];
    const there = await deps.store.users.findByEmail(email);
    if (there && (await deps.passwords.matches(passwords[name], there.passwordHash))) continue;

    const passwordHash = await deps.passwords.hash(passwords[name]);
    await deps.store.transaction(async ({ users }) => {
      const at = deps.now();
      await users.keep({ id, displayName, email, passwordHash, createdAt: at });
      for (const grant of roles) await users.grant(id, grant, at);
    });
  }
}

function person(n: string, displayName: string, email: string, roles: RoleGrant[]) {
  return { id: `01990000-0000-7000-8000-00000000000${n}` as UserId, displayName, email, roles };
}
