import { useTranslation } from 'react-i18next';
import { Link, Route, Routes } from 'react-router';
import { useSession } from '../account/use-user.ts';
import { NotFoundPage } from '../not-found-page.tsx';
import { Button } from '../ui/button.tsx';
import { AvatarsPage } from './avatars-page.tsx';
import { EditPage } from './edit-page.tsx';
import { Waiting } from './layout.tsx';
import { TourPage } from './tour-page.tsx';
import { TwinsPage } from './twins-page.tsx';

/** All pages below /studio. They are loaded lazily, together. */
export default function Studio() {
  const { status, user } = useSession();
  if (status === 'starting') return <Waiting />;
  if (!user || user.guest) return <AccountNeeded isGuest={user !== undefined} />;
  return (
    <Routes>
      <Route index element={<TwinsPage />} />
      <Route path="new" element={<TourPage key={user.id} userId={user.id} />} />
      <Route path="twins/:characterId" element={<EditPage />} />
      <Route path="avatars" element={<AvatarsPage />} />
      <Route path="*" element={<NotFoundPage />} />
    </Routes>
  );
}

function AccountNeeded({ isGuest }: { isGuest: boolean }) {
  const { t } = useTranslation();
  return (
    <main id="content" className="mx-auto grid w-full max-w-lg content-center justify-items-start gap-4 px-6 py-20">
      <h1 className="font-display text-4xl text-balance">{t('studio.account.title')}</h1>
      <p className="text-lg text-ink-soft">{t('studio.account.lead')}</p>
      {isGuest && <p className="text-ink-soft">{t('studio.account.guest')}</p>}
      <div className="mt-2 flex flex-wrap gap-2">
        <Button asChild>
          <Link to="/sign-in?as=register&to=/studio">{t('account.register')}</Link>
        </Button>
        <Button asChild look="outline">
          <Link to="/sign-in?to=/studio">{t('account.haveAccount')}</Link>
        </Button>
      </div>
    </main>
  );
}
