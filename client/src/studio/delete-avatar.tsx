import type { VrmModel } from '@fantwin/shared/vrm-models';
import { useTranslation } from 'react-i18next';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { toast } from '../ui/toaster.tsx';
import { Refusal } from './refusal.tsx';
import { useDeleteVrm } from './use-studio.ts';

/** It is asked first. */
export function DeleteAvatar({ model, onClose }: { model: VrmModel; onClose: () => void }) {
  const { t } = useTranslation();
  const remove = useDeleteVrm();
  const { name } = model.summary;
  const yes = () =>
    remove.mutate(model.id, {
      onSuccess: () => {
        toast(t('studio.avatars.deleted', { name }));
        onClose();
      },
    });
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('studio.avatars.deleteTitle', { name })}
      description={t('studio.avatars.deleteLead')}
      closeLabel={t('app.close')}
    >
      <Refusal error={remove.error} />
      <div className="mt-5 flex flex-wrap gap-2">
        <Button busy={remove.isPending} onClick={yes}>
          {t('studio.avatars.delete')}
        </Button>
        <Button look="outline" onClick={onClose}>
          {t('studio.avatars.keep')}
        </Button>
      </div>
    </Dialog>
  );
}
