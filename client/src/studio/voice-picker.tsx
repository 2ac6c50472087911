import type { VoiceId } from '@fantwin/shared/characters';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { languageNames } from '../i18n/i18n.ts';
import { Button } from '../ui/button.tsx';
import { SoundIcon, SoundOffIcon, StopIcon } from '../ui/icons.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { Refusal } from './refusal.tsx';
import type { TwinValues } from './twin-values.ts';
import type { Rehearsal } from './use-rehearsal.ts';
import { useVoices } from './use-studio.ts';

type Props = {
  values: TwinValues;
  onChange: (voice: VoiceId | null) => void;
  rehearsal: Rehearsal;
};

/** How the twin sounds. Each voice can be heard; where there is none, it says so and how to get one. */
export function VoicePicker({ values, onChange, rehearsal }: Props) {
  const { t, i18n } = useTranslation();
  const group = useId();
  const { language, greeting, voice } = values;
  const { data, isPending, error, refetch, isFetching } = useVoices(language);
  if (isPending) {
    return (
      <div role="status" aria-label={t('home.loading')} className="grid gap-2">
        {[0, 1, 2].map((n) => (
          <Skeleton key={n} className="h-14 rounded-2xl" />
        ))}
      </div>
    );
  }
  if (!data)
    return <Refusal error={error} what={t('studio.voice.failed')} onRetry={() => void refetch()} busy={isFetching} />;
  if (data.items.length === 0) return <NoVoice language={languageNames[language]} />;

  const text = greeting.trim() || i18n.getFixedT(language)('studio.voice.sample');
  const usual = { id: null, name: t('studio.voice.usual'), engine: t('studio.voice.usualHint') };
  return (
    <fieldset>
      <legend className="sr-only">{t('studio.fields.voice')}</legend>
      <ul className="grid gap-2 lg:grid-cols-2">
        {[usual, ...data.items].map(({ id, name, engine }) => {
          const mine = rehearsal.line?.voice === id && rehearsal.line.text === text;
          const speaking = mine && rehearsal.speaking;
          return (
            <li
              key={id ?? 'usual'}
              className="flex items-center gap-2 rounded-2xl border-2 border-line bg-surface pr-2 transition has-checked:border-accent has-[input:focus-visible]:outline-2 has-[input:focus-visible]:outline-offset-2 has-[input:focus-visible]:outline-accent"
            >
              <label className="flex min-h-14 min-w-0 flex-1 cursor-pointer items-center gap-3 py-2 pl-4">
                <input
                  type="radio"
                  name={group}
                  checked={voice === id}
                  onChange={() => onChange(id)}
                  className="size-4 shrink-0 accent-accent"
                />
                <span className="min-w-0">
                  <span className="block font-medium">{name}</span>
                  <span className="block text-sm text-ink-soft">{engine}</span>
                </span>
              </label>
              <Button
                look={speaking ? 'soft' : 'ghost'}
                size="small"
                busy={mine && rehearsal.busy}
                disabled={rehearsal.busy}
                onClick={() => (speaking ? rehearsal.stop() : rehearsal.say({ text, language, voice: id }))}
                aria-label={`${speaking ? t('studio.voice.stop') : t('studio.voice.listen')}: ${name}`}
              >
                {speaking ? <StopIcon /> : <SoundIcon />}
                {speaking ? t('studio.voice.stop') : t('studio.voice.listen')}
              </Button>
            </li>
          );
        })}
      </ul>
      <div className="mt-3 grid gap-3">
        {voice !== null && !data.items.some(({ id }) => id === voice) && (
          <p className="text-ink-soft">{t('studio.voice.gone')}</p>
        )}
        <Refusal error={rehearsal.error} />
      </div>
    </fieldset>
  );
}

function NoVoice({ language }: { language: string }) {
  const { t } = useTranslation();
  return (
    <div className="flex gap-4 rounded-3xl border border-line bg-surface p-5">
      <SoundOffIcon className="mt-1 size-6 shrink-0 text-ink-soft" />
      <div>
        <p className="font-medium">{t('studio.voice.none', { language })}</p>
        <p className="mt-1 text-ink-soft">{t('studio.voice.noneHint')}</p>
        <code className="mt-3 inline-block rounded-lg bg-sunken px-3 py-1.5 text-sm">npm run setup:voice</code>
      </div>
    </div>
  );
}
