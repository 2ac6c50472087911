import type { VrmModel } from '@fantwin/shared/vrm-models';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { warn } from '../log.ts';
import { useNet } from '../net/net.ts';

/** It can still be given one. */
export const lacksPortrait = ({ state, pictureUrl }: VrmModel): boolean =>
  state === 'pending' && pictureUrl === undefined;

type Wanted = {
  model: VrmModel;
  /** Where it is at hand; otherwise it is fetched. */
  file?: Blob;
  signal?: AbortSignal;
};

/** Draws an avatar's portrait in this browser and hands it in. */
export function useMakePortrait() {
  const { upload, download } = useNet();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async ({ model, file, signal }: Wanted) => {
      const { renderPortrait } = await import('../avatar/portrait.ts');
      const vrm = file ?? (await download(model.fileUrl, signal));
      const picture = await renderPortrait(await vrm.arrayBuffer());
      return upload('uploadPicture', { params: { id: model.id } }, picture, { signal });
    },
    onError: (error) => warn('a portrait could not be made', error),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['studio'] }),
  });
}
