import { useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useNet } from '../net/net.ts';

function listenToNetwork(listener: () => void): () => void {
  window.addEventListener('online', listener);
  window.addEventListener('offline', listener);
  return () => {
    window.removeEventListener('online', listener);
    window.removeEventListener('offline', listener);
  };
}

/** Says when we are not connected; otherwise nothing. A reconnect that is over at once is not worth a word. */
export function ConnectionStatus() {
  const { t } = useTranslation();
  const { connection } = useNet();
  const status = useStore(connection.status, (state) => state.status);
  const online = useSyncExternalStore(listenToNetwork, () => navigator.onLine);
  return (
    <span role="status" className="contents">
      {status !== 'connected' && (
        <span
          key={status}
          className="flex min-h-8 animate-fade items-center gap-2 rounded-full bg-warn-soft px-3 text-ink [animation-delay:700ms]"
        >
          <span aria-hidden="true" className="size-2 animate-breathe rounded-full bg-warn" />
          {online ? t(`conversation.${status}`) : t('conversation.offline')}
        </span>
      )}
    </span>
  );
}
