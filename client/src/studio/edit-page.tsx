import { CharacterId } from '@fantwin/shared/ids';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { NotFoundPage } from '../not-found-page.tsx';
import { CardSkeletons, StudioLayout } from './layout.tsx';
import { LivePanel } from './live-panel.tsx';
import { Refusal } from './refusal.tsx';
import { TwinForm } from './twin-form.tsx';
import { useOwnCharacters } from './use-studio.ts';

/** One twin of mine: live or not, who it is, how it looks and sounds. */
export function EditPage() {
  const { t } = useTranslation();
  const id = CharacterId.safeParse(useParams().characterId);
  const { data, error, refetch, isFetching } = useOwnCharacters();
  const twin = data?.items.find((one) => one.id === id.data);
  if (!id.success || (data && !twin && !isFetching)) return <NotFoundPage />;
  return (
    <StudioLayout title={twin?.name ?? t('studio.title')} lead={twin?.tagline}>
      {!data && (
        <Refusal error={error} what={t('studio.twins.failed')} onRetry={() => void refetch()} busy={isFetching} />
      )}
      {!twin && !error && (
        <div role="status" aria-label={t('home.loading')}>
          <CardSkeletons />
        </div>
      )}
      {twin && (
        <div className="grid gap-8">
          <LivePanel key={`live ${twin.id}`} twin={twin} />
          <TwinForm key={twin.id} twin={twin} />
        </div>
      )}
    </StudioLayout>
  );
}
