import type { Language } from '@fantwin/shared/characters';
import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { LazyStage } from '../avatar/lazy-stage.tsx';
import { Captions } from '../conversation/captions-view.tsx';
import { useReducedMotion } from '../settings/motion-setting.ts';
import { useQualitySetting } from '../settings/quality-setting.ts';
import { Button } from '../ui/button.tsx';
import { ErrorBoundary } from '../ui/error-boundary.tsx';
import { SoundIcon, StopIcon } from '../ui/icons.tsx';
import { Initials } from '../ui/initials.tsx';
import { Refusal } from './refusal.tsx';
import type { TwinValues } from './twin-values.ts';
import type { Rehearsal } from './use-rehearsal.ts';

type Props = {
  name: string;
  avatarUrl: string;
  language: Language;
  rehearsal: Rehearsal;
  /** Each time an avatar has come onto the stage. */
  onReady?: () => void;
  className?: string;
};

/** The real stage, for one person alone. */
export function RehearsalStage({ name, avatarUrl, language, rehearsal, onReady, className = '' }: Props) {
  const { t } = useTranslation();
  const reducedMotion = useReducedMotion();
  const quality = useQualitySetting((state) => state.quality);
  const shown = name.trim() || t('studio.fields.nameless');
  const still = (note?: string) => (
    <div className="absolute inset-0 grid place-content-center justify-items-center gap-3 p-6 text-center">
      <Initials name={shown} size="large" />
      {note && <p className="max-w-xs text-sm text-ink-soft">{note}</p>}
    </div>
  );
  return (
    <section
      aria-label={t('conversation.stage', { name: shown })}
      className={`stage-light relative overflow-hidden rounded-3xl ${className}`}
    >
      <ErrorBoundary fallback={still(t('conversation.noPicture'))}>
        <Suspense fallback={still()}>
          <LazyStage
            avatarUrl={avatarUrl}
            performance={rehearsal.performance}
            clock={rehearsal.clock}
            state="idle"
            reducedMotion={reducedMotion}
            quality={quality}
            onReady={onReady}
            label={t('conversation.stage', { name: shown })}
            words={{
              loading: t('conversation.avatarLoading', { name: shown }),
              failed: t('conversation.noPicture'),
              retry: t('app.retry'),
              noWebgl: t('studio.preview.noWebgl'),
            }}
          />
        </Suspense>
      </ErrorBoundary>
      <div className="absolute inset-x-3 bottom-3">
        <Captions caption={rehearsal.caption} language={language} />
      </div>
    </section>
  );
}

type SayProps = {
  values: Pick<TwinValues, 'greeting' | 'language' | 'voice'>;
  rehearsal: Rehearsal;
  /** On the button, where it is no greeting. */
  label?: string;
};

/** Has the greeting said as fans will hear it. */
export function SayGreeting({ values, rehearsal, label }: SayProps) {
  const { t } = useTranslation();
  const { greeting, language, voice } = values;
  const { speaking, busy, error, silent } = rehearsal;
  const press = () => (speaking ? rehearsal.stop() : rehearsal.say({ text: greeting.trim(), language, voice }));
  return (
    <div className="grid gap-3">
      <Button look="soft" busy={busy} disabled={greeting.trim() === ''} onClick={press} className="justify-self-start">
        {speaking ? <StopIcon /> : <SoundIcon />}
        {speaking ? t('studio.voice.stop') : (label ?? t('studio.preview.say'))}
      </Button>
      <Refusal error={error} />
      {silent && (
        <p role="status" className="text-sm text-ink-soft">
          {t('studio.preview.silent')}
        </p>
      )}
    </div>
  );
}
