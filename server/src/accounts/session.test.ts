import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRefreshTokens, tokenHash } from './refresh-token.ts';
import { judgeRefresh, ROTATION_GRACE_MS } from './session.ts';
import type { StoredSession } from './session.store.ts';

const id = '01990000-0000-7000-8000-0000000000aa';
const tokens = createRefreshTokens(Buffer.alloc(32, 'one secret'));
const session: StoredSession = {
  id,
  userId: id as StoredSession['userId'],
  refreshHash: 'current',
  previousHash: 'previous',
  rotatedAt: 1_000_000,
  expiresAt: 9_000_000,
  revokedAt: null,
};

test.each([
  ['current', 1, 'keep'],
  ['current', ROTATION_GRACE_MS - 1, 'keep'],
  ['current', ROTATION_GRACE_MS, 'rotate'],
  ['previous', ROTATION_GRACE_MS - 1, 'repeat'],
  ['previous', ROTATION_GRACE_MS, 'reuse'],
  ['older', 1, 'reuse'],
  ['current', 8_000_000, 'over'],
  ['previous', 8_000_000, 'over'],
])('a token that is the %s one, %i ms after the rotation: %s', (hash, laterMs, outcome) => {
  expect(judgeRefresh(session, hash, session.rotatedAt + laterMs)).toBe(outcome);
});

test('a first token is replaced at once; a revoked session takes none', () => {
  const fresh = { ...session, previousHash: null };
  expect(judgeRefresh(fresh, 'current', session.rotatedAt + 1)).toBe('rotate');
  expect(judgeRefresh({ ...session, revokedAt: 2 }, 'current', session.rotatedAt + 1)).toBe('over');
});

test('however tabs refresh within the grace, all of them hold the current token afterwards', () => {
  const step = fc.record({ tab: fc.nat(3), waitMs: fc.integer({ min: 0, max: 7_000 }) });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 4 }), (steps) => {
      const first = tokens.first(id);
      const state = { ...session, refreshHash: tokenHash(first), previousHash: null as string | null };
      const held = [first, first, first, first];
      let now = session.rotatedAt;
      const refresh = (tab: number) => {
        const token = held[tab] as string;
        const outcome = judgeRefresh(state, tokenHash(token), now);
        expect(['rotate', 'keep', 'repeat']).toContain(outcome);
        if (outcome !== 'keep') held[tab] = tokens.successor(token, id);
        if (outcome === 'rotate')
          Object.assign(state, {
            previousHash: state.refreshHash,
            refreshHash: tokenHash(held[tab] as string),
            rotatedAt: now,
          });
      };
      for (const { tab, waitMs } of steps) {
        now += waitMs;
        refresh(tab);
      }
      for (const tab of held.keys()) refresh(tab);
      expect(new Set(held.map(tokenHash))).toEqual(new Set([state.refreshHash]));
    }),
  );
});

test('a refresh token names its session only where our secret sealed it', () => {
  const token = tokens.first(id);
  expect(tokens.sessionOf(token)).toBe(id);
  expect(tokens.sessionOf(tokens.successor(token, id))).toBe(id);
  expect(tokens.successor(token, id)).toBe(tokens.successor(token, id));
  expect(tokens.first(id)).not.toBe(token);
  const other = createRefreshTokens(Buffer.alloc(32, 'another secret'));
  expect(other.sessionOf(token)).toBeUndefined();
  expect(other.successor(token, id)).not.toBe(tokens.successor(token, id));
  fc.assert(
    fc.property(fc.nat(token.length - 1), fc.constantFrom('A', 'a', '0', '_', '-', '.'), (at, letter) => {
      const changed = token.slice(0, at) + letter + token.slice(at + 1);
      expect(tokens.sessionOf(changed)).toBe(changed === token ? id : undefined);
    }),
  );
});
