import type { Language } from '@fantwin/shared/characters';
import { useTranslation } from 'react-i18next';

/** As the contract's `ConversationChange` says. */
export const TITLE_MAX_CHARS = 80;

/** What a live conversation is called unless its creator says otherwise: in the twin's language, as fans read it. */
export function useLiveTitle(name: string, language: Language): string {
  const { i18n } = useTranslation();
  return i18n.getFixedT(language)('studio.live.usualTitle', { name });
}
