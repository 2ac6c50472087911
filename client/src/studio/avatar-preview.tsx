import type { VrmModel } from '@fantwin/shared/vrm-models';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../ui/dialog.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { Refusal } from './refusal.tsx';
import { RehearsalStage, SayGreeting } from './rehearsal-stage.tsx';
import { emptyTwin } from './twin-values.ts';
import { useFileUrl } from './use-file-url.ts';
import { useRehearsal } from './use-rehearsal.ts';

/** The avatar on the real stage, and what its face can do. */
export function AvatarPreview({ model, onClose }: { model: VrmModel; onClose: () => void }) {
  const { t, i18n } = useTranslation();
  const rehearsal = useRehearsal();
  const { name } = model.summary;
  const file = useFileUrl(model.fileUrl, model.state === 'approved');
  const language = i18n.language === 'ja' ? 'ja' : 'en';
  const values = { ...emptyTwin(language), name, greeting: t('studio.avatars.sample') };
  return (
    <Dialog open onClose={onClose} title={name} closeLabel={t('app.close')}>
      {file.url ? (
        <RehearsalStage
          name={name}
          avatarUrl={file.url}
          language={language}
          rehearsal={rehearsal}
          className="mb-4 h-[min(22rem,50dvh)]"
        />
      ) : (
        !file.error && <Skeleton className="mb-4 h-[min(22rem,50dvh)] rounded-3xl" />
      )}
      <Refusal error={file.error} onRetry={() => void file.refetch()} />
      {file.url && <SayGreeting values={values} rehearsal={rehearsal} label={t('studio.avatars.say')} />}
    </Dialog>
  );
}
