import { type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { AvatarCard } from './avatar-card.tsx';
import { CardSkeletons, StudioLayout } from './layout.tsx';
import { Refusal } from './refusal.tsx';
import { UploadPanel } from './upload-panel.tsx';
import { useVrmModels } from './use-studio.ts';

/** The avatars that twins can wear: mine, and the platform's. */
export function AvatarsPage() {
  const { t } = useTranslation();
  const { data, isPending, error, refetch, isFetching } = useVrmModels();
  const mine = data?.items.filter(({ ownerId }) => ownerId !== null) ?? [];
  const ours = data?.items.filter(({ ownerId }) => ownerId === null) ?? [];
  return (
    <StudioLayout title={t('studio.avatars.title')} lead={t('studio.avatars.lead')}>
      <div className="grid gap-12">
        <UploadPanel />
        {isPending && (
          <div role="status" aria-label={t('home.loading')}>
            <CardSkeletons />
          </div>
        )}
        {!data && (
          <Refusal error={error} what={t('studio.avatars.failed')} onRetry={() => void refetch()} busy={isFetching} />
        )}
        {data && (
          <Shelf title={t('studio.avatars.mine')}>
            {mine.map((model) => (
              <AvatarCard key={model.id} model={model} isMine />
            ))}
            {mine.length === 0 && (
              <li className="col-span-full rounded-3xl border border-dashed border-line-strong p-8 text-center text-ink-soft">
                {t('studio.avatars.noneMine')}
              </li>
            )}
          </Shelf>
        )}
        {ours.length > 0 && (
          <Shelf title={t('studio.avatars.platform')}>
            {ours.map((model) => (
              <AvatarCard key={model.id} model={model} />
            ))}
          </Shelf>
        )}
      </div>
    </StudioLayout>
  );
}

const Shelf = ({ title, children }: { title: string; children: ReactNode }) => (
  <section>
    <h2 className="font-display text-2xl">{title}</h2>
    <ul className="mt-5 grid items-start gap-5 sm:grid-cols-2 lg:grid-cols-3">{children}</ul>
  </section>
);
