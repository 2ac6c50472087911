import type { RoleGrant } from '@fantwin/shared/accounts';
import { describe, expect, test } from 'vitest';
import { type Action, type Actor, type ConversationFacts, can } from './permissions.ts';

const live: ConversationFacts = { id: 'room', kind: 'live', characterId: 'twin', creatorId: 'creator' };
const privately: ConversationFacts = { ...live, id: 'one to one', kind: 'private', fanId: 'fan' };
const person = (userId: string, ...roles: RoleGrant[]): Actor => ({ userId, roles });
const scoped = (role: RoleGrant['role'], scope: RoleGrant['scope'], scopeId?: string): RoleGrant => ({
  role,
  scope,
  scopeId,
});

const people = {
  nobody: undefined,
  fan: person('fan'),
  'another fan': person('another'),
  creator: person('creator', scoped('creator', 'platform')),
  'another creator': person('other creator', scoped('creator', 'platform')),
  moderator: person('mod', scoped('moderator', 'platform')),
  'moderator of the room': person('mod2', scoped('moderator', 'conversation', 'room')),
  'moderator of the twin': person('mod3', scoped('moderator', 'character', 'twin')),
  'moderator of another room': person('mod4', scoped('moderator', 'conversation', 'other')),
  admin: person('admin', scoped('admin', 'platform')),
};
type Name = keyof typeof people;
const moderators: Name[] = ['creator', 'moderator', 'moderator of the twin', 'admin'];
const everyone = Object.keys(people) as Name[];
const signedIn = everyone.filter((name) => name !== 'nobody');

const table: [Action, ConversationFacts, Name[]][] = [
  ['conversation:read', live, everyone],
  ['conversation:read', privately, ['fan', ...moderators]],
  ['conversation:write', live, signedIn],
  ['conversation:write', privately, ['fan', ...moderators]],
  ['conversation:moderate', live, [...moderators, 'moderator of the room']],
  ['conversation:moderate', privately, moderators],
  ['reply:stop', live, [...moderators, 'moderator of the room']],
  ['reply:stop', privately, ['fan', ...moderators]],
  ['conversation:open-live', live, ['creator', 'admin']],
  ['conversation:open-private', live, signedIn],
];

describe.each(table)('%s', (action, subject, allowed) => {
  test(`${subject.kind}: ${allowed.join(', ')}`, () => {
    const may = everyone.filter((name) => can(people[name], action, subject));
    expect(may.toSorted()).toEqual(allowed.toSorted());
  });
});
