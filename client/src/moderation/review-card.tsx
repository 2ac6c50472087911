import type { VrmToReview } from '@fantwin/shared/vrm-models';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../ui/button.tsx';
import { Portrait } from '../ui/portrait.tsx';
import { useFileUrl } from '../studio/use-file-url.ts';
import { Decision } from './decision.tsx';
import { ModelFacts } from './model-facts.tsx';
import { ModelStage } from './model-stage.tsx';

/** One avatar: who brought it and how it looks, and opened, everything that a decision needs. */
export function ReviewCard({ model }: { model: VrmToReview }) {
  const { t, i18n } = useTranslation();
  const [open, setOpen] = useState(false);
  const body = useId();
  const title = useId();
  const { summary, ownerName, createdAt, pictureUrl } = model;
  const { url } = useFileUrl(pictureUrl, false);
  const findings = summary.findings.length;
  const when = new Date(createdAt).toLocaleString(i18n.language, { dateStyle: 'medium', timeStyle: 'short' });
  return (
    <li aria-labelledby={title} className="overflow-hidden rounded-3xl border border-line bg-surface shadow-card">
      <div className="flex flex-wrap items-center gap-4 p-4 sm:flex-nowrap sm:p-5">
        <Portrait
          name={summary.name}
          src={url}
          alt={t('home.portrait', { name: summary.name })}
          initials="large"
          className="size-24 rounded-2xl [--rise:50%]"
        />
        <div className="min-w-0 flex-1 basis-40">
          <h2 id={title} className="text-lg leading-snug font-semibold">
            {summary.name}
          </h2>
          <p className="text-ink-soft">{t('review.from', { name: ownerName, when })}</p>
          <p className="mt-1 text-sm text-ink-soft">
            {t('review.authors', { names: summary.licence.authors.join(', ') })}
            {findings > 0 && ` · ${t('review.findings', { count: findings })}`}
          </p>
        </div>
        <Button
          look={open ? 'outline' : 'soft'}
          className="w-full sm:w-auto"
          aria-expanded={open}
          aria-controls={body}
          aria-label={`${t(open ? 'review.close' : 'review.open')}: ${summary.name}`}
          onClick={() => setOpen(!open)}
        >
          {t(open ? 'review.close' : 'review.open')}
        </Button>
      </div>
      <div id={body} hidden={!open} className="border-t border-line p-4 sm:p-5">
        {open && (
          <>
            <div className="grid gap-6 md:grid-cols-[minmax(0,5fr)_minmax(0,6fr)]">
              <ModelStage name={summary.name} path={model.fileUrl} />
              <ModelFacts summary={summary} />
            </div>
            <Decision model={model} />
          </>
        )}
      </div>
    </li>
  );
}
