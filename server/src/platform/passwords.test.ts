import { expect, test } from 'vitest';
import { createPasswords } from './passwords.ts';

test('a password matches its hash, in any Unicode form of the same letters, and no other', async () => {
  const passwords = await createPasswords();
  const stored = await passwords.hash('caf\u00e9 au lait');
  expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(await passwords.matches('cafe\u0301 au lait', stored)).toBe(true);
  expect(await passwords.matches('cafe au lait', stored)).toBe(false);
  expect(await passwords.matches('a password that nobody has', undefined)).toBe(false);
});

test('few are hashed at once, some wait, the rest are told to come back', async () => {
  const passwords = await createPasswords();
  const results = await Promise.allSettled(Array.from({ length: 60 }, (_, i) => passwords.hash(`password ${i}`)));
  const refused = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
  expect(refused).toHaveLength(60 - 42);
  expect(refused[0]).toMatchObject({ code: 'busy', retryAfterMs: 2_000 });
  await passwords.hash('there is room again');
});
