import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { config } from '../config.ts';
import { Skeleton } from '../ui/skeleton.tsx';
import { AvatarPicker } from './avatar-picker.tsx';
import { Refusal } from './refusal.tsx';
import { RehearsalStage, SayGreeting } from './rehearsal-stage.tsx';
import { isReplaceable, starterNames, startersIn } from './starters.ts';
import { LanguageField, TwinFields } from './twin-fields.tsx';
import type { Faults, TwinValues } from './twin-values.ts';
import { useRehearsal } from './use-rehearsal.ts';
import { useVrmModels } from './use-studio.ts';
import { VoicePicker } from './voice-picker.tsx';

type StepProps = { values: TwinValues; change: (changed: Partial<TwinValues>) => void };

export function AvatarStep({ values, change, missing }: StepProps & { missing: boolean }) {
  const { t } = useTranslation();
  return (
    <>
      <AvatarPicker value={values.vrmModelId} onChange={({ id }) => change({ vrmModelId: id })} />
      {missing && (
        <p role="alert" className="mt-4 text-bad">
          {t('studio.faults.avatar')}
        </p>
      )}
    </>
  );
}

export function WhoStep({ values, change, faults }: StepProps & { faults: Faults }) {
  return (
    <div className="grid max-w-3xl gap-6">
      <LanguageField values={values} onChange={change} />
      <Starters values={values} change={change} />
      <TwinFields values={values} onChange={change} faults={faults} />
    </div>
  );
}

/** Examples to begin with. What the creator wrote themselves stays. */
function Starters({ values, change }: StepProps) {
  const { t } = useTranslation();
  const starters = startersIn(values.language);
  return (
    <section aria-labelledby="starters">
      <h3 id="starters" className="text-sm font-medium">
        {t('studio.starters.title')}
      </h3>
      <ul className="mt-2 grid gap-2 sm:grid-cols-3">
        {starterNames.map((name) => {
          const { persona, tagline, greeting } = starters[name];
          const used = values.persona === persona;
          return (
            <li key={name} className="flex">
              <button
                type="button"
                aria-pressed={used}
                onClick={() =>
                  change({
                    persona,
                    tagline: isReplaceable('tagline', values.tagline) ? tagline : values.tagline,
                    greeting: isReplaceable('greeting', values.greeting) ? greeting : values.greeting,
                  })
                }
                className="w-full rounded-2xl border-2 border-line bg-surface px-4 py-3 text-left transition hover:border-line-strong aria-pressed:border-accent"
              >
                <span className="block font-semibold">{t(`studio.starters.${name}`)}</span>
                <span lang={values.language} className="mt-1 line-clamp-3 text-sm text-ink-soft">
                  {persona}
                </span>
              </button>
            </li>
          );
        })}
      </ul>
      <p className="mt-2 text-sm text-ink-soft">{t('studio.starters.hint')}</p>
    </section>
  );
}

export function VoiceStep({ values, change }: StepProps) {
  const rehearsal = useRehearsal();
  return <VoicePicker values={values} onChange={(voice) => change({ voice })} rehearsal={rehearsal} />;
}

export function PreviewStep({ values }: Pick<StepProps, 'values'>) {
  const { t } = useTranslation();
  const rehearsal = useRehearsal();
  const { data, error, refetch, isFetching } = useVrmModels();
  const model = data?.items.find(({ id }) => id === values.vrmModelId);
  const { greeting, language, voice } = values;
  const [greeted, setGreeted] = useState(false);
  /** Whoever came here by a press hears it at once; after a reload the browser waits for one. */
  const greet = (): void => {
    if (greeted || !navigator.userActivation?.hasBeenActive) return;
    setGreeted(true);
    rehearsal.say({ text: greeting.trim(), language, voice });
  };
  return (
    <div className="grid gap-5 lg:grid-cols-[minmax(0,3fr)_minmax(16rem,2fr)] lg:gap-8">
      {model ? (
        <RehearsalStage
          name={values.name}
          avatarUrl={config.serverUrl + model.fileUrl}
          language={values.language}
          rehearsal={rehearsal}
          onReady={greet}
          className="h-[min(26rem,55dvh)]"
        />
      ) : (
        <div>
          {!data && !error && <Skeleton className="h-[min(26rem,55dvh)] rounded-3xl" />}
          <Refusal error={error} what={t('studio.avatars.failed')} onRetry={() => void refetch()} busy={isFetching} />
          {data && <p role="alert">{t('studio.preview.avatarGone')}</p>}
        </div>
      )}
      <div className="grid content-start gap-5">
        <div>
          <p className="font-display text-2xl">{values.name}</p>
          <p className="text-ink-soft">{values.tagline}</p>
        </div>
        <blockquote lang={values.language} className="rounded-2xl rounded-bl-md border border-line bg-surface p-4">
          {values.greeting}
        </blockquote>
        <SayGreeting values={values} rehearsal={rehearsal} />
      </div>
    </div>
  );
}
