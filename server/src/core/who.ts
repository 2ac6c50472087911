import type { RoleGrant } from '@fantwin/shared/accounts';
import type { UserId } from '@fantwin/shared/ids';

/** The person behind a request, as their session says. */
export type Who = {
  userId: UserId;
  displayName: string;
  roles: readonly RoleGrant[];
  /** Without an account of their own. */
  guest: boolean;
  /** What their address counts under in limits. */
  address: string;
};
