import { useTranslation } from 'react-i18next';
import { CheckIcon } from '../ui/icons.tsx';
import { FindingList } from './finding-list.tsx';
import { Refusal } from './refusal.tsx';
import type { Phase } from './use-avatar-upload.ts';
import { lacksPortrait } from './use-portrait.ts';

/** What became of an upload. */
export function UploadResult({ phase }: { phase: Phase }) {
  const { t } = useTranslation();
  if (phase.is === 'done') {
    const approved = phase.model.state === 'approved';
    return (
      <div role="status" className="flex items-start gap-3 rounded-2xl bg-accent-soft px-4 py-3 text-on-accent-soft">
        <CheckIcon className="mt-0.5 size-5 shrink-0" />
        <p>
          {t(approved ? 'studio.upload.known' : 'studio.upload.done', { name: phase.model.summary.name })}
          {lacksPortrait(phase.model) && ` ${t('studio.upload.noPortrait')}`}
        </p>
      </div>
    );
  }
  if (phase.is !== 'refused') return null;
  const { error, findings } = phase;
  if (findings.length === 0) return <Refusal error={error} />;
  return (
    <div role="alert" className="rounded-2xl bg-bad-soft px-4 py-3">
      <p className="mb-3 font-medium">{t('studio.upload.refused')}</p>
      <FindingList findings={findings} />
    </div>
  );
}
