import type { User } from '@fantwin/shared/accounts';

/** Who decides about avatars. The server has the last word; this is what the menu goes by. */
export const mayReview = ({ roles }: Pick<User, 'roles'>): boolean =>
  roles.some(({ role, scope }) => scope === 'platform' && (role === 'moderator' || role === 'admin'));
