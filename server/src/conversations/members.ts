/** Who is in which conversation on this server: people, not tabs. */
export function createMembers() {
  const tabs = new Map<string, Map<string, number>>();
  const newcomers = new Set<string>();

  return {
    enter(conversationId: string, userId: string): void {
      const people = tabs.get(conversationId) ?? new Map<string, number>();
      tabs.set(conversationId, people);
      people.set(userId, (people.get(userId) ?? 0) + 1);
      newcomers.add(conversationId);
    },

    leave(conversationId: string, userId: string): void {
      const people = tabs.get(conversationId);
      const left = (people?.get(userId) ?? 0) - 1;
      if (left > 0) people?.set(userId, left);
      else people?.delete(userId);
      if (people?.size !== 0) return;
      tabs.delete(conversationId);
      newcomers.delete(conversationId);
    },

    /** Whether somebody came is told once. */
    *counts(): Generator<[conversationId: string, people: number, someoneCame: boolean]> {
      for (const [conversationId, people] of tabs)
        yield [conversationId, people.size, newcomers.delete(conversationId)];
    },
  };
}

export type Members = ReturnType<typeof createMembers>;
