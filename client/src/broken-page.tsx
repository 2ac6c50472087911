import { useTranslation } from 'react-i18next';
import { Button } from './ui/button.tsx';

/** In place of everything, when something that should not happen has happened. Links leave the page: it may not work. */
export function BrokenPage() {
  const { t } = useTranslation();
  return (
    <main id="content" className="mx-auto grid min-h-dvh max-w-md content-center justify-items-start gap-4 px-6">
      <h1 className="font-display text-3xl">{t('app.broken')}</h1>
      <p className="text-ink-soft">{t('app.brokenHint')}</p>
      <div className="flex flex-wrap gap-2">
        <Button onClick={() => window.location.reload()}>{t('app.reload')}</Button>
        <Button asChild look="outline">
          <a href="/">{t('notFound.home')}</a>
        </Button>
      </div>
    </main>
  );
}
