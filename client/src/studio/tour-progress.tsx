import { useTranslation } from 'react-i18next';
import { CheckIcon } from '../ui/icons.tsx';
import { type Step, steps } from './tour-draft.ts';

type Props = { step: Step; canGo: (step: Step) => boolean; onGo: (step: Step) => void };

/** Where one is on the tour; every step that can be entered is a way there. */
export function TourProgress({ step, canGo, onGo }: Props) {
  const { t } = useTranslation();
  const at = steps.indexOf(step);
  return (
    <nav aria-label={t('studio.tour.progress')}>
      <p className="mb-2 text-sm font-medium text-ink-soft sm:sr-only">
        {t('studio.tour.stepOf', { step: at + 1, count: steps.length })}
      </p>
      <ol className="flex gap-1.5 sm:gap-2">
        {steps.map((name, i) => {
          const current = i === at;
          return (
            <li key={name} aria-current={current ? 'step' : undefined} className="min-w-0 flex-1">
              <button
                type="button"
                disabled={!canGo(name)}
                onClick={() => onGo(name)}
                className="group flex min-h-11 w-full flex-col justify-start gap-2 rounded-lg pt-1 text-left disabled:opacity-60"
              >
                <span
                  aria-hidden="true"
                  className={`h-1.5 w-full rounded-full transition ${i <= at ? 'bg-accent' : 'bg-line group-enabled:group-hover:bg-line-strong'}`}
                />
                <span
                  className={`flex items-center gap-1.5 text-sm max-sm:sr-only ${current ? 'font-semibold text-ink' : 'text-ink-soft'}`}
                >
                  {i < at && <CheckIcon className="size-4 shrink-0 text-good" />}
                  <span className="truncate">{t(`studio.tour.steps.${name}`)}</span>
                </span>
              </button>
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
