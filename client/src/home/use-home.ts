import type { CharacterId } from '@fantwin/shared/ids';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { useNet } from '../net/net.ts';

/** How often the cards' numbers are looked up again while someone looks at them. */
const REFRESH_MS = 10_000;

export function useLiveConversations() {
  const { api } = useNet();
  return useQuery({
    queryKey: ['conversations', 'live'],
    queryFn: ({ signal }) => api('conversations', { query: { kind: 'live' } }, signal),
    refetchInterval: REFRESH_MS,
  });
}

export function useMyConversations(userId: string | undefined) {
  const { api } = useNet();
  return useQuery({
    queryKey: ['conversations', 'private', userId],
    queryFn: ({ signal }) => api('conversations', { query: { kind: 'private' } }, signal),
    enabled: userId !== undefined,
  });
}

export function useCharacters() {
  const { api } = useNet();
  return useQuery({ queryKey: ['characters'], queryFn: ({ signal }) => api('characters', {}, signal) });
}

/** Opens a private conversation and goes there. */
export function useTalkInPrivate() {
  const { api } = useNet();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: (characterId: CharacterId) => api('createConversation', { body: { characterId, kind: 'private' } }),
    onSuccess: ({ id }) => navigate(`/c/${id}`),
  });
}
