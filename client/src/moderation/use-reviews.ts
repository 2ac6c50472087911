import type { VrmModelId } from '@fantwin/shared/ids';
import type { VrmDecision } from '@fantwin/shared/vrm-models';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNet } from '../net/net.ts';

/** Others decide too, and new ones come. */
const REFRESH_MS = 15_000;
const key = ['vrm-reviews'];

export function useReviews() {
  const { api } = useNet();
  return useQuery({
    queryKey: key,
    queryFn: ({ signal }) => api('vrmReviews', {}, signal),
    refetchInterval: REFRESH_MS,
  });
}

/** `onDone` is told before the list is looked up again: the model is not in it any more. */
export function useDecide(id: VrmModelId, onDone: (decision: VrmDecision) => void) {
  const { api } = useNet();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (decision: VrmDecision) => api('decideVrm', { params: { id }, body: decision }),
    onSuccess: (_model, decision) => onDone(decision),
    onSettled: () => queries.invalidateQueries({ queryKey: key }),
  });
}
