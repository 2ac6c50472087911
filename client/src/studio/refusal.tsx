import { useTranslation } from 'react-i18next';
import { useErrorText } from '../i18n/use-error-text.ts';
import { toRequestError } from '../net/request-error.ts';
import { Button } from '../ui/button.tsx';

type Props = {
  /** Nothing is shown where there is none. */
  error: unknown;
  /** What did not work, where the refusal alone does not tell. */
  what?: string;
  onRetry?: () => void;
  busy?: boolean;
};

/** What went wrong, at the place where it did. */
export function Refusal({ error, what, onRetry, busy }: Props) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  if (!error) return null;
  return (
    <div role="alert" className="flex flex-wrap items-center gap-x-4 gap-y-2 rounded-2xl bg-bad-soft px-4 py-3">
      <p className="min-w-40 flex-1">
        {what && `${what} `}
        {errorText(toRequestError(error))}
      </p>
      {onRetry && (
        <Button look="outline" size="small" busy={busy} onClick={onRetry}>
          {t('app.retry')}
        </Button>
      )}
    </div>
  );
}
