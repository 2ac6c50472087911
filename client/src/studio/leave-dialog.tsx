import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useBlocker } from 'react-router';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';

/** Nobody leaves what they wrote without being asked. */
export function LeaveDialog({ unsaved }: { unsaved: boolean }) {
  const { t } = useTranslation();
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) => unsaved && currentLocation.pathname !== nextLocation.pathname,
  );
  useEffect(() => {
    if (!unsaved) return undefined;
    const ask = (event: BeforeUnloadEvent): void => event.preventDefault(); // the browser asks in its own words
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [unsaved]);
  return (
    <Dialog
      open={blocker.state === 'blocked'}
      onClose={() => blocker.reset?.()}
      title={t('studio.edit.leaveTitle')}
      description={t('studio.edit.leaveLead')}
      closeLabel={t('app.close')}
    >
      <div className="flex flex-wrap gap-2">
        <Button onClick={() => blocker.reset?.()}>{t('studio.edit.stay')}</Button>
        <Button look="outline" onClick={() => blocker.proceed?.()}>
          {t('studio.edit.leave')}
        </Button>
      </div>
    </Dialog>
  );
}
