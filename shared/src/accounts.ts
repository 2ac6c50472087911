import { z } from 'zod';
import { UserId } from './ids.ts';
import { DISPLAY_NAME_MAX_CHARS, PASSWORD_MAX_CHARS, PASSWORD_MIN_CHARS } from './limits.ts';

/** A right is a role with a scope. Everyone is a fan, so there is no role for that. */
export const Role = z.enum(['creator', 'moderator', 'admin']);
export type Role = z.infer<typeof Role>;

export const RoleGrant = z.object({
  role: Role,
  scope: z.enum(['platform', 'character', 'conversation']),
  /** The character or conversation it holds for; absent for the whole platform. */
  scopeId: z.string().optional(),
});
export type RoleGrant = z.infer<typeof RoleGrant>;

export const DisplayName = z
  .string()
  .transform((name) => name.normalize('NFC').replace(/\s+/gu, ' ').trim())
  .pipe(
    z
      .string()
      .min(1, 'write a name')
      .max(DISPLAY_NAME_MAX_CHARS)
      .regex(/^[^\p{C}]*$/u, 'no invisible or control characters'),
  );
export const Email = z.email().max(254).toLowerCase();
export const Password = z.string().min(PASSWORD_MIN_CHARS).max(PASSWORD_MAX_CHARS);

export const User = z.object({
  id: UserId,
  displayName: z.string(),
  /** A guest has no e-mail and no password; registering keeps the id. */
  guest: z.boolean(),
  roles: z.array(RoleGrant),
});
export type User = z.infer<typeof User>;

export const SignedIn = z.object({
  accessToken: z.string(),
  /** ms since 1970 */
  expiresAt: z.number().int(),
  user: User,
});
export type SignedIn = z.infer<typeof SignedIn>;

export const GuestInput = z.object({ displayName: DisplayName });
export const RegisterInput = z.object({ displayName: DisplayName, email: Email, password: Password });
export const LoginInput = z.object({ email: Email, password: z.string().min(1).max(PASSWORD_MAX_CHARS) });
