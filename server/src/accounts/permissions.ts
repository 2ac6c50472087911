import type { Role, RoleGrant } from '@fantwin/shared/accounts';
import type { ConversationKind } from '@fantwin/shared/conversations';

/** Who asks; undefined where nobody is signed in. */
export type Actor = { userId: string; roles: readonly RoleGrant[] } | undefined;

/** What of a conversation decides. */
export type ConversationFacts = {
  id: string;
  kind: ConversationKind;
  /** The fan of a private conversation. */
  fanId?: string | null;
  characterId: string;
  creatorId: string;
};
type CharacterFacts = Pick<ConversationFacts, 'characterId' | 'creatorId'>;
/** `ownerId` null: the platform's own. */
type ModelFacts = { ownerId: string | null; approved: boolean };

type Subjects = {
  'conversation:read': ConversationFacts;
  'conversation:write': ConversationFacts;
  /** Stop any reply, remove, restrict, take over. */
  'conversation:moderate': ConversationFacts;
  'reply:stop': ConversationFacts;
  /** Also to end it and to open it again. */
  'conversation:open-live': CharacterFacts;
  'conversation:open-private': CharacterFacts;
  'character:create': { guest: boolean };
  'character:change': CharacterFacts;
  'vrm:upload': { guest: boolean };
  'vrm:change': ModelFacts;
  'vrm:read': ModelFacts;
  'vrm:review': undefined;
};
export type Action = keyof Subjects;

const rules: { [A in Action]: (actor: Actor, subject: Subjects[A]) => boolean } = {
  'conversation:read': (actor, it) => it.kind === 'live' || isTheirs(actor, it) || moderates(actor, it),
  'conversation:write': (actor, it) =>
    actor !== undefined && (it.kind === 'live' || isTheirs(actor, it) || moderates(actor, it)),
  'conversation:moderate': moderates,
  'reply:stop': (actor, it) => (it.kind === 'private' && isTheirs(actor, it)) || moderates(actor, it),
  'conversation:open-live': (actor, it) => isCreator(actor, it) || has(actor, 'admin', 'platform'),
  'conversation:open-private': (actor) => actor !== undefined,
  'character:create': (actor, it) => actor !== undefined && !it.guest,
  'character:change': (actor, it) => isCreator(actor, it) || has(actor, 'admin', 'platform'),
  'vrm:upload': (actor, it) => actor !== undefined && !it.guest,
  'vrm:change': (actor, it) => actor !== undefined && actor.userId === it.ownerId,
  'vrm:read': (actor, it) => it.approved || actor?.userId === it.ownerId || reviews(actor),
  'vrm:review': reviews,
};

/** May they? Call it on the first line of the operation that it protects. */
export function can<A extends Action>(actor: Actor, action: A, subject: Subjects[A]): boolean {
  return rules[action](actor, subject);
}

function moderates(actor: Actor, it: ConversationFacts): boolean {
  return (
    isCreator(actor, it) ||
    has(actor, 'admin', 'platform') ||
    (['moderator', 'creator'] as const).some(
      (role) => has(actor, role, 'character', it.characterId) || has(actor, role, 'conversation', it.id),
    ) ||
    has(actor, 'moderator', 'platform')
  );
}

function reviews(actor: Actor): boolean {
  return has(actor, 'moderator', 'platform') || has(actor, 'admin', 'platform');
}

function isCreator(actor: Actor, it: CharacterFacts): boolean {
  return actor !== undefined && actor.userId === it.creatorId;
}

function isTheirs(actor: Actor, it: ConversationFacts): boolean {
  return actor !== undefined && actor.userId === it.fanId;
}

function has(actor: Actor, role: Role, scope: RoleGrant['scope'], scopeId?: string): boolean {
  return (
    actor?.roles.some((grant) => grant.role === role && grant.scope === scope && grant.scopeId === scopeId) ?? false
  );
}
