import type { CharacterChange, CharacterInput, Language, OwnCharacter } from '@fantwin/shared/characters';
import type { ConversationId, VrmModelId } from '@fantwin/shared/ids';
import { type QueryClient, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useUser } from '../account/use-user.ts';
import { useNet } from '../net/net.ts';

/** How often the numbers of viewers are looked up again while someone looks at them. */
const REFRESH_MS = 10_000;

/** My twins, newest last. */
export function useOwnCharacters() {
  const { api } = useNet();
  return useQuery({
    queryKey: ['studio', useUser()?.id, 'characters'],
    queryFn: ({ signal }) => api('ownCharacters', {}, signal),
    refetchInterval: REFRESH_MS,
  });
}

/** The platform's avatars and mine. */
export function useVrmModels() {
  const { api } = useNet();
  return useQuery({
    queryKey: ['studio', useUser()?.id, 'models'],
    queryFn: ({ signal }) => api('vrmModels', {}, signal),
  });
}

export function useVoices(language: Language) {
  const { api } = useNet();
  return useQuery({
    queryKey: ['studio', 'voices', language],
    queryFn: ({ signal }) => api('voices', { query: { language } }, signal),
  });
}

/** What fans see of twins and live conversations is not what it was. */
function lookAgain(queries: QueryClient): Promise<unknown> {
  const keys = [['studio'], ['characters'], ['conversations']];
  return Promise.all(keys.map((queryKey) => queries.invalidateQueries({ queryKey })));
}

export function useChangeTwin(twin: OwnCharacter) {
  const { api } = useNet();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: CharacterChange) => api('changeCharacter', { params: { id: twin.id }, body }),
    onSuccess: () => lookAgain(queries),
  });
}

/** Makes the twin, or brings the one that a try before this made to what it is now. */
export function useMakeTwin() {
  const { api } = useNet();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ id, input }: { id: OwnCharacter['id'] | undefined; input: CharacterInput }) =>
      id ? api('changeCharacter', { params: { id }, body: input }) : api('createCharacter', { body: input }),
    onSuccess: () => lookAgain(queries),
  });
}

/** Opens the twin's live conversation: its last one again, so that its link stays, or its first. */
export function useGoLive() {
  const { api } = useNet();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async ({ twin, title }: { twin: Pick<OwnCharacter, 'id' | 'live'>; title: string }) => {
      if (!twin.live) {
        return (await api('createConversation', { body: { characterId: twin.id, kind: 'live', title } })).id;
      }
      return (await api('changeConversation', { params: { id: twin.live.id }, body: { open: true, title } })).id;
    },
    onSuccess: () => lookAgain(queries),
  });
}

/** Ends a live conversation, or names it anew. */
export function useChangeLive(id: ConversationId) {
  const { api } = useNet();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: { open: false } | { title: string }) => api('changeConversation', { params: { id }, body }),
    onSuccess: () => lookAgain(queries),
  });
}

export function useDeleteVrm() {
  const { api } = useNet();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: VrmModelId) => api('deleteVrm', { params: { id } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['studio'] }),
  });
}
