import type { CharacterId } from '@fantwin/shared/ids';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../ui/button.tsx';
import { Field } from '../ui/field.tsx';
import { LiveIcon } from '../ui/icons.tsx';
import { Refusal } from './refusal.tsx';
import type { Draft } from './tour-draft.ts';
import type { Made } from './tour-end.tsx';
import { TwinRefusal } from './twin-refusal.tsx';
import { inputOf } from './twin-values.ts';
import { TITLE_MAX_CHARS, useLiveTitle } from './use-live-title.ts';
import { useGoLive, useMakeTwin } from './use-studio.ts';

type Props = {
  draft: Draft;
  /** The twin exists, whatever becomes of the rest. */
  onMade: (id: CharacterId) => void;
  onDone: (made: Made) => void;
};

/** The last step: the twin is made, and its first live conversation opened. */
export function LiveStep({ draft: { values, characterId }, onMade, onDone }: Props) {
  const { t } = useTranslation();
  const [title, setTitle] = useState<string>();
  const usualTitle = useLiveTitle(values.name.trim(), values.language);
  const make = useMakeTwin();
  const goLive = useGoLive();
  const input = inputOf(values);
  const busy = make.isPending || goLive.isPending;

  async function finish(live: boolean): Promise<void> {
    if (!input) return;
    const twin = await make.mutateAsync({ id: characterId, input });
    onMade(twin.id);
    if (!live) return onDone({ twin });
    const conversationId = await goLive.mutateAsync({ twin, title: title?.trim() || usualTitle });
    onDone({ twin, conversationId });
  }
  /** What was refused stands below the buttons. */
  const start = (live: boolean) => void finish(live).catch(() => undefined);

  return (
    <div className="grid max-w-xl gap-6">
      <Field
        label={t('studio.live.titleLabel')}
        hint={t('studio.live.titleHint')}
        value={title ?? usualTitle}
        lang={values.language}
        maxLength={TITLE_MAX_CHARS}
        onChange={(event) => setTitle(event.target.value)}
      />
      <div className="flex flex-wrap gap-3">
        <Button busy={busy} disabled={!input} onClick={() => start(true)}>
          <LiveIcon />
          {t('studio.live.start')}
        </Button>
        <Button look="outline" busy={busy} disabled={!input} onClick={() => start(false)}>
          {t('studio.tour.onlyMake')}
        </Button>
      </div>
      <TwinRefusal error={make.error} />
      <Refusal error={goLive.error} what={t('studio.tour.madeNotLive')} />
    </div>
  );
}
