import type { Message } from '@fantwin/shared/conversations';
import type { ConversationId } from '@fantwin/shared/ids';
import { PAGE_MESSAGES } from '@fantwin/shared/limits';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useNet } from '../net/net.ts';

/** What was said before `oldest`, a page at a time, each when it is asked for. */
export function useOlderMessages(conversationId: ConversationId, oldest: string | undefined, shown: number) {
  const { api } = useNet();
  const query = useInfiniteQuery({
    queryKey: ['messages', conversationId, oldest],
    initialPageParam: oldest,
    queryFn: ({ pageParam, signal }) =>
      api('messages', { params: { id: conversationId }, query: { before: pageParam, limit: PAGE_MESSAGES } }, signal),
    getNextPageParam: (page) => page.next,
    enabled: false, // pages come by `fetchNextPage` alone
    staleTime: Number.POSITIVE_INFINITY,
  });
  const older = useMemo<Message[]>(
    () => query.data?.pages.toReversed().flatMap(({ items }) => items) ?? [],
    [query.data],
  );
  return {
    older,
    more: oldest !== undefined && shown >= PAGE_MESSAGES && (query.data === undefined || query.hasNextPage),
    loading: query.isFetching,
    failed: query.isError,
    load: () => void query.fetchNextPage(),
  };
}
