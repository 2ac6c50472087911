import type { WireError } from '@fantwin/shared/errors';
import { useTranslation } from 'react-i18next';

/** What a refusal says to a person. The server explains in English; elsewhere its code speaks. */
export function useErrorText(): (error: Pick<WireError, 'code' | 'message'>) => string {
  const { t, i18n } = useTranslation();
  return ({ code, message }) => (i18n.language === 'en' && message !== '' ? message : t(`errors.${code}`));
}
