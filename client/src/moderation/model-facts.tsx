import type { VrmSummary } from '@fantwin/shared/vrm-models';
import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { Budget, Licence } from '../studio/avatar-facts.tsx';
import { FindingList } from '../studio/finding-list.tsx';

/** What the file says about itself, in words, numbers and findings. */
export function ModelFacts({ summary }: { summary: VrmSummary }) {
  const { t } = useTranslation();
  const { findings, budget } = summary;
  return (
    <div className="grid content-start gap-5">
      <Part title={t('review.licence')}>
        <Licence summary={summary} />
      </Part>
      <Part title={t('review.size')}>
        <Budget summary={summary} />
        <p className="text-sm">{t(budget.goodForPhones ? 'review.goodForPhones' : 'review.heavyForPhones')}</p>
      </Part>
      <Part title={t('review.scan')}>
        {findings.length === 0 ? (
          <p className="text-sm text-ink-soft">{t('review.noFindings')}</p>
        ) : (
          <FindingList findings={findings} />
        )}
      </Part>
    </div>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <h3 id={id} className="mb-2 font-semibold">
        {title}
      </h3>
      {children}
    </section>
  );
}
