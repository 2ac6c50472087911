import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Button } from './ui/button.tsx';

export function NotFoundPage() {
  const { t } = useTranslation();
  return (
    <main id="content" className="mx-auto grid w-full max-w-md content-center justify-items-start gap-4 px-6 py-24">
      <p className="font-display text-6xl text-accent">404</p>
      <h1 className="font-display text-3xl">{t('notFound.title')}</h1>
      <p className="text-ink-soft">{t('notFound.lead')}</p>
      <Button asChild>
        <Link to="/">{t('notFound.home')}</Link>
      </Button>
    </main>
  );
}
