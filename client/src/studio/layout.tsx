import { type ReactNode, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router';
import { Skeleton } from '../ui/skeleton.tsx';

const place =
  'flex min-h-11 items-center rounded-full px-4 font-medium text-ink-soft transition hover:bg-sunken hover:text-ink aria-[current=page]:bg-accent-soft aria-[current=page]:text-on-accent-soft';

type Props = { title: string; lead?: string; action?: ReactNode; children: ReactNode };

/** A page of the studio: where one is, what it is called, what there is to do. */
export function StudioLayout({ title, lead, action, children }: Props) {
  const { t } = useTranslation();
  useTitle(title);
  return (
    <main id="content" className="mx-auto w-full max-w-6xl px-4 pt-4 pb-24 sm:pt-6">
      <nav aria-label={t('studio.title')} className="-ml-2 flex gap-1">
        <NavLink to="/studio" end className={place}>
          {t('studio.twins.title')}
        </NavLink>
        <NavLink to="/studio/avatars" className={place}>
          {t('studio.avatars.title')}
        </NavLink>
      </nav>
      <div className="mt-6 flex flex-wrap items-end justify-between gap-x-8 gap-y-4 sm:mt-8">
        <div className="min-w-0">
          <h1 className="font-display text-3xl leading-tight sm:text-4xl">{title}</h1>
          {lead && <p className="mt-2 max-w-2xl text-ink-soft">{lead}</p>}
        </div>
        {action}
      </div>
      <div className="mt-8">{children}</div>
    </main>
  );
}

function useTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · FanTwin`;
    return () => {
      document.title = 'FanTwin';
    };
  }, [title]);
}

/** While it is not known who is here, or what they have. */
export function Waiting() {
  const { t } = useTranslation();
  return (
    <main id="content" className="mx-auto w-full max-w-6xl px-4 pt-10">
      <div role="status" aria-label={t('home.loading')} className="grid gap-6">
        <Skeleton className="h-11 w-56 rounded-full" />
        <Skeleton className="h-10 w-2/3 max-w-md" />
        <CardSkeletons />
      </div>
    </main>
  );
}

export const CardSkeletons = () => (
  <div className="grid gap-5 sm:grid-cols-2 lg:grid-cols-3">
    {[0, 1, 2].map((n) => (
      <div key={n} className="overflow-hidden rounded-3xl border border-line bg-surface">
        <Skeleton className="h-44 rounded-none" />
        <div className="grid gap-3 p-5">
          <Skeleton className="h-6 w-2/3" />
          <Skeleton className="h-4" />
          <Skeleton className="h-9 w-1/2 rounded-full" />
        </div>
      </div>
    ))}
  </div>
);
