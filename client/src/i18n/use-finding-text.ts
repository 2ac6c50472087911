import type { Finding } from '@fantwin/shared/vrm-models';
import { useTranslation } from 'react-i18next';
import { japaneseFindings } from './ja-findings.ts';

/**
 * What a finding says to a person. The server explains in English; elsewhere its code speaks, where we have words for it.
 * Only the English names what exactly it is about, so it goes along (`original`).
 */
export function useFindingText(): (finding: Pick<Finding, 'code' | 'message'>) => { text: string; original?: string } {
  const { i18n } = useTranslation();
  return ({ code, message }) => {
    const japanese = i18n.language === 'ja' ? japaneseFindings[code] : undefined;
    return japanese ? { text: japanese, original: message } : { text: message };
  };
}
