import type { OwnCharacter } from '@fantwin/shared/characters';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { LiveIcon } from '../ui/icons.tsx';
import { Refusal } from './refusal.tsx';
import { useChangeLive, useGoLive } from './use-studio.ts';
import { useLiveTitle } from './use-live-title.ts';

type Live = NonNullable<OwnCharacter['live']>;

/** Goes live, or ends it. `title`: of the conversation, where another than its last one is wanted. */
export function LiveSwitch({ twin, title }: { twin: OwnCharacter; title?: string }) {
  const { t } = useTranslation();
  const goLive = useGoLive();
  const usualTitle = useLiveTitle(twin.name, twin.language);
  const { live, name } = twin;
  if (live?.open) return <End live={live} name={name} />;
  return (
    <>
      <Button
        size="small"
        busy={goLive.isPending}
        onClick={() => goLive.mutate({ twin, title: title?.trim() || live?.title || usualTitle })}
        aria-label={`${t('studio.live.start')}: ${name}`}
      >
        <LiveIcon />
        {t('studio.live.start')}
      </Button>
      <Refusal error={goLive.error} />
    </>
  );
}

/** It is asked first: everybody in there is sent out. */
function End({ live, name }: { live: Live; name: string }) {
  const { t } = useTranslation();
  const [asks, setAsks] = useState(false);
  const change = useChangeLive(live.id);
  const end = () => change.mutate({ open: false }, { onSuccess: () => setAsks(false) });
  return (
    <>
      <Button look="soft" size="small" onClick={() => setAsks(true)} aria-label={`${t('studio.live.end')}: ${name}`}>
        {t('studio.live.end')}
      </Button>
      <Dialog
        open={asks}
        onClose={() => setAsks(false)}
        title={t('studio.live.endTitle', { title: live.title })}
        description={`${t('home.people', { count: live.people })}. ${t('studio.live.endLead')}`}
        closeLabel={t('app.close')}
      >
        <Refusal error={change.error} />
        <div className="mt-5 flex flex-wrap gap-2">
          <Button busy={change.isPending} onClick={end}>
            {t('studio.live.end')}
          </Button>
          <Button look="outline" onClick={() => setAsks(false)}>
            {t('studio.live.stay')}
          </Button>
        </div>
      </Dialog>
    </>
  );
}
