import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useErrorText } from '../i18n/use-error-text.ts';
import { useNet } from '../net/net.ts';
import type { RequestError } from '../net/request-error.ts';

type Facts = {
  /** Why nobody is let in. */
  failure: RequestError | undefined;
  ended: boolean;
};

/** What is wrong, in words; nothing while all is well. */
export function useTrouble({ failure, ended }: Facts): string | undefined {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const { connection } = useNet();
  const status = useStore(connection.status, (state) => state.status);
  if (failure?.code === 'not-found' || failure?.code === 'forbidden') return t('overlay.notOpen');
  if (failure) return errorText(failure);
  if (status !== 'connected') return t(`conversation.${status}`);
  return ended ? t('conversation.ended') : undefined;
}
