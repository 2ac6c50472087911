import { useTranslation } from 'react-i18next';
import { Link, Navigate } from 'react-router';
import { Button } from '../ui/button.tsx';
import { PlusIcon } from '../ui/icons.tsx';
import { CardSkeletons, StudioLayout } from './layout.tsx';
import { Refusal } from './refusal.tsx';
import { TwinCard } from './twin-card.tsx';
import { useOwnCharacters } from './use-studio.ts';

/** My twins. Who has none is shown the way to the first. */
export function TwinsPage() {
  const { t } = useTranslation();
  const { data, isPending, error, refetch, isFetching } = useOwnCharacters();
  const none = data?.items.length === 0;
  if (none && !isFetching) return <Navigate to="/studio/new" replace />;
  const make = (
    <Button asChild>
      <Link to="/studio/new">
        <PlusIcon />
        {t('studio.twins.make')}
      </Link>
    </Button>
  );
  return (
    <StudioLayout title={t('studio.twins.title')} lead={t('studio.twins.lead')} action={make}>
      {(isPending || none) && (
        <div role="status" aria-label={t('home.loading')}>
          <CardSkeletons />
        </div>
      )}
      {!data && (
        <Refusal error={error} what={t('studio.twins.failed')} onRetry={() => void refetch()} busy={isFetching} />
      )}
      {data && !none && (
        <ul className="grid gap-5 sm:grid-cols-2 lg:grid-cols-3">
          {data.items.map((twin) => (
            <TwinCard key={twin.id} twin={twin} />
          ))}
        </ul>
      )}
    </StudioLayout>
  );
}
