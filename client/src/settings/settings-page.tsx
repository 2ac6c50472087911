import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { CaptionText } from '../conversation/captions-view.tsx';
import { useTitle } from '../ui/use-title.ts';
import { useCaptionsSetting } from './captions-setting.ts';
import { CaptionSizeRow, CaptionsRow, LanguageRow, MotionRow, QualityRow, ThemeRow, VoiceRow } from './rows.tsx';

/** All choices of this device. They act at once and are kept. */
export function SettingsPage() {
  const { t } = useTranslation();
  useTitle(t('settings.title'));
  return (
    <main id="content" className="mx-auto w-full max-w-2xl px-4 pt-10 pb-20 sm:pt-16">
      <h1 className="font-display text-4xl">{t('settings.title')}</h1>
      <p className="mt-3 text-ink-soft">{t('settings.lead')}</p>
      <Group title={t('settings.hearing')}>
        <VoiceRow hints />
        <CaptionsRow hints />
        <CaptionSizeRow />
        <CaptionSample />
      </Group>
      <Group title={t('settings.picture')}>
        <QualityRow hints />
        <MotionRow hints />
      </Group>
      <Group title={t('settings.page')}>
        <LanguageRow />
        <ThemeRow />
      </Group>
    </main>
  );
}

function Group({ title, children }: { title: string; children: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="mt-8">
      <h2 id={id} className="font-display text-2xl">
        {title}
      </h2>
      <div className="mt-3 grid gap-5 rounded-3xl border border-line bg-surface p-5 shadow-card sm:p-6">{children}</div>
    </section>
  );
}

/** How captions look right now. */
function CaptionSample() {
  const { t } = useTranslation();
  const { on, size } = useCaptionsSetting();
  return (
    <div className="stage-light grid min-h-32 place-items-center rounded-2xl p-4" data-sample>
      {on ? (
        <CaptionText size={size}>{t('settings.sample')}</CaptionText>
      ) : (
        <p className="text-sm text-ink-soft">{t('settings.noCaptions')}</p>
      )}
    </div>
  );
}
