import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { useSession } from '../account/use-user.ts';
import { useErrorText } from '../i18n/use-error-text.ts';
import { toRequestError } from '../net/request-error.ts';
import { Button } from '../ui/button.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { useTitle } from '../ui/use-title.ts';
import { mayReview } from './may-review.ts';
import { ReviewCard } from './review-card.tsx';
import { useReviews } from './use-reviews.ts';

/** Where moderators look at avatars before everybody sees them. */
export default function ReviewsPage() {
  const { t } = useTranslation();
  const { status, user } = useSession();
  useTitle(t('review.title'));
  if (status === 'starting') return <Page>{<Waiting />}</Page>;
  return user && mayReview(user) ? <Reviews /> : <NotForYou signIn={status === 'signed-out'} />;
}

function Reviews() {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const { data, error, isPending, isFetching, refetch } = useReviews();
  const refusal = error && toRequestError(error);
  if (refusal?.code === 'forbidden') return <NotForYou signIn={false} />;
  return (
    <Page>
      {isPending && <Waiting />}
      {refusal && !data && (
        <div role="alert" className="mt-8 rounded-3xl border border-line bg-surface p-6">
          <p>{errorText(refusal)}</p>
          <Button look="outline" size="small" className="mt-4" busy={isFetching} onClick={() => void refetch()}>
            {t('app.retry')}
          </Button>
        </div>
      )}
      {data?.items.length === 0 && (
        <div className="mt-8 rounded-3xl border border-dashed border-line-strong p-8 text-center">
          <p className="font-medium">{t('review.none')}</p>
          <p className="mt-1 text-ink-soft">{t('review.noneHint')}</p>
        </div>
      )}
      {data && data.items.length > 0 && (
        <ul className="mt-8 grid gap-5">
          {data.items.map((model) => (
            <ReviewCard key={model.id} model={model} />
          ))}
        </ul>
      )}
    </Page>
  );
}

function Page({ children }: { children: React.ReactNode }) {
  const { t } = useTranslation();
  return (
    <main id="content" className="mx-auto w-full max-w-4xl px-4 pt-10 pb-20 sm:pt-16">
      <h1 className="font-display text-4xl">{t('review.title')}</h1>
      <p className="mt-3 max-w-2xl text-ink-soft">{t('review.lead')}</p>
      {children}
    </main>
  );
}

function Waiting() {
  const { t } = useTranslation();
  return (
    <div role="status" aria-label={t('home.loading')} className="mt-8 grid gap-5">
      <Skeleton className="h-36 rounded-3xl" />
      <Skeleton className="h-36 rounded-3xl" />
    </div>
  );
}

function NotForYou({ signIn }: { signIn: boolean }) {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  return (
    <main id="content" className="mx-auto grid w-full max-w-md content-center justify-items-start gap-4 px-6 py-24">
      <p className="font-display text-6xl text-accent">403</p>
      <h1 className="font-display text-3xl">{t('review.forbidden')}</h1>
      <p className="text-ink-soft">{t('review.forbiddenHint')}</p>
      <div className="flex flex-wrap gap-2">
        <Button asChild>
          <Link to="/">{t('notFound.home')}</Link>
        </Button>
        {signIn && (
          <Button asChild look="outline">
            <Link to={`/sign-in?to=${encodeURIComponent(pathname)}`}>{t('header.signIn')}</Link>
          </Button>
        )}
      </div>
    </main>
  );
}
