import { useTranslation } from 'react-i18next';
import { useUser } from '../account/use-user.ts';
import { Button } from '../ui/button.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { ConversationCard } from './conversation-card.tsx';
import { Twins } from './twins.tsx';
import { useLiveConversations, useMyConversations } from './use-home.ts';

export function HomePage() {
  const { t } = useTranslation();
  return (
    <main id="content" className="mx-auto w-full max-w-6xl px-4 pt-10 pb-20 sm:pt-16">
      <div className="flex items-center justify-between gap-12">
        <div>
          <h1 className="max-w-2xl font-display text-4xl leading-tight text-balance sm:text-5xl">{t('home.title')}</h1>
          <p className="mt-4 max-w-xl text-lg text-ink-soft">{t('home.lead')}</p>
        </div>
        <Twin />
      </div>
      <Live />
      <Mine />
      <Twins />
    </main>
  );
}

/** One, and the one made after them. */
const Twin = () => (
  <svg viewBox="0 0 240 150" aria-hidden="true" className="mr-4 hidden w-72 shrink-0 lg:block">
    <circle cx="85" cy="75" r="70" className="fill-accent-soft" />
    <circle cx="155" cy="75" r="70" className="fill-accent" fillOpacity=".82" />
    <path d="M120 14.4a70 70 0 0 1 0 121.200a70 70 0 0 1 0-121.200Z" className="fill-accent-strong" fillOpacity=".55" />
    <path
      d="M137 66v10m36-10v10m-32 22c8 9 20 9 28 0"
      className="fill-none stroke-on-accent"
      strokeWidth="5"
      strokeLinecap="round"
    />
  </svg>
);

const grid = 'mt-5 grid gap-5 sm:grid-cols-2 lg:grid-cols-3';

function Live() {
  const { t } = useTranslation();
  const { data, isPending, isError, refetch, isFetching } = useLiveConversations();
  return (
    <section aria-labelledby="live" aria-busy={isPending} className="mt-12">
      <h2 id="live" className="font-display text-2xl">
        {t('home.live')}
      </h2>
      {isPending && (
        <div className={grid} role="status" aria-label={t('home.loading')}>
          {[0, 1, 2].map((n) => (
            <div key={n} className="overflow-hidden rounded-3xl border border-line bg-surface">
              <Skeleton className="h-40 rounded-none" />
              <div className="grid gap-3 p-5">
                <Skeleton className="h-6 w-2/3" />
                <Skeleton className="h-4" />
                <Skeleton className="h-4 w-1/3" />
              </div>
            </div>
          ))}
        </div>
      )}
      {isError && !data && (
        <div role="alert" className="mt-5 rounded-3xl border border-line bg-surface p-6">
          <p>{t('home.failed')}</p>
          <Button look="outline" size="small" className="mt-4" busy={isFetching} onClick={() => void refetch()}>
            {t('app.retry')}
          </Button>
        </div>
      )}
      {data?.items.length === 0 && (
        <div className="mt-5 rounded-3xl border border-dashed border-line-strong p-8 text-center">
          <p className="font-medium">{t('home.nothingLive')}</p>
          <p className="mt-1 text-ink-soft">{t('home.nothingLiveHint')}</p>
        </div>
      )}
      {data && data.items.length > 0 && (
        <ul className={data.items.length > 1 ? grid : 'mt-5'}>
          {data.items.map((conversation) => (
            <ConversationCard key={conversation.id} conversation={conversation} alone={data.items.length === 1} />
          ))}
        </ul>
      )}
    </section>
  );
}

/** Only for those who have some: nobody else misses the heading. */
function Mine() {
  const { t } = useTranslation();
  const { data } = useMyConversations(useUser()?.id);
  if (!data || data.items.length === 0) return null;
  return (
    <section aria-labelledby="mine" className="mt-14">
      <h2 id="mine" className="font-display text-2xl">
        {t('home.mine')}
      </h2>
      <ul className={grid}>
        {data.items.map((conversation) => (
          <ConversationCard key={conversation.id} conversation={conversation} />
        ))}
      </ul>
    </section>
  );
}
