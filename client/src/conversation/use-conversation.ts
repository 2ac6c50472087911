import type { ConversationId } from '@fantwin/shared/ids';
import { useEffect, useMemo } from 'react';
import { useUser } from '../account/use-user.ts';
import { useNet } from '../net/net.ts';
import { followConversation } from './follow.ts';
import type { Outgoing } from './outgoing.ts';
import { sendAgain, sendMessage } from './send.ts';
import { conversationStore, emptyRoom, type Room, useConversationStore } from './store.ts';

/** Takes part in a conversation for as long as the component is there and somebody is signed in. */
export function useConversation(conversationId: ConversationId): void {
  const { connection } = useNet();
  const userId = useUser()?.id;
  useEffect(() => {
    if (!userId) return undefined;
    return followConversation({ connection, store: conversationStore, conversationId });
  }, [connection, conversationId, userId]);
}

/** A part of what we know of a conversation; the component is drawn again when that part changes. */
export const useRoom = <T>(conversationId: ConversationId, select: (room: Room) => T): T =>
  useConversationStore((state) => select(state.rooms[conversationId] ?? emptyRoom));

export function useSending(conversationId: ConversationId) {
  const net = useNet();
  return useMemo(() => {
    const deps = { net, store: conversationStore, conversationId };
    return {
      send: (text: string) => void sendMessage(deps, text),
      again: (message: Outgoing) => void sendAgain(deps, message),
      discard: ({ clientKey }: Outgoing) => conversationStore.getState().dropOutgoing(conversationId, clientKey),
    };
  }, [net, conversationId]);
}
