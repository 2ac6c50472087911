import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Button } from '../ui/button.tsx';

/** In place of the composer, once nobody writes any more. */
export function Ended({ name }: { name: string }) {
  const { t } = useTranslation();
  return (
    <div role="status" className="grid justify-items-center gap-3 rounded-3xl bg-sunken px-5 py-5 text-center">
      <div>
        <p className="font-display text-lg">{t('conversation.ended')}</p>
        <p className="text-sm text-ink-soft">{t('conversation.endedHint', { name })}</p>
      </div>
      <Button asChild look="outline" size="small">
        <Link to="/">{t('notFound.home')}</Link>
      </Button>
    </div>
  );
}
