import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../ui/button.tsx';
import { StudioLayout } from './layout.tsx';
import { canEnter, type Step, stepBeside } from './tour-draft.ts';
import { type Made, TourEnd } from './tour-end.tsx';
import { LiveStep } from './tour-live-step.tsx';
import { TourProgress } from './tour-progress.tsx';
import { AvatarStep, PreviewStep, VoiceStep, WhoStep } from './tour-steps.tsx';
import { type Faults, faultsOf } from './twin-values.ts';
import { useFaultFocus } from './use-fault-focus.ts';
import { useTour } from './use-tour.ts';

/** From nothing to a live twin. */
export function TourPage({ userId }: { userId: string }) {
  const { t } = useTranslation();
  const { draft, setDraft, step, go } = useTour(userId);
  const [made, setMade] = useState<Made>();
  const [tries, setTries] = useState(0);
  const form = useRef<HTMLFormElement>(null);
  useFaultFocus(form, tries);

  if (made) return <TourEnd made={made} />;

  const next = stepBeside(step, 1);
  const previous = stepBeside(step, -1);
  function submit(event: FormEvent): void {
    event.preventDefault();
    if (!next) return;
    if (canEnter(draft, next)) {
      setTries(0);
      go(next);
    } else setTries(tries + 1);
  }

  const { values } = draft;
  const faults: Faults = tries > 0 ? faultsOf(values) : {};
  const change = (changed: Partial<typeof values>) => setDraft({ ...draft, values: { ...values, ...changed } });
  const panels: Record<Step, ReactNode> = {
    avatar: <AvatarStep values={values} change={change} missing={tries > 0 && values.vrmModelId === null} />,
    who: <WhoStep values={values} change={change} faults={faults} />,
    voice: <VoiceStep values={values} change={change} />,
    preview: <PreviewStep values={values} />,
    live: <LiveStep draft={draft} onMade={(characterId) => setDraft({ ...draft, characterId })} onDone={setMade} />,
  };
  return (
    <StudioLayout title={t('studio.tour.title')} lead={t('studio.tour.lead')}>
      <TourProgress step={step} canGo={(to) => canEnter(draft, to)} onGo={go} />
      <form ref={form} noValidate onSubmit={submit} className="mt-4 sm:mt-8">
        <StepHeading step={step} />
        <div className="mt-6">{panels[step]}</div>
        <div className="mt-8 flex flex-wrap gap-3 border-t border-line pt-6">
          {previous && (
            <Button look="outline" onClick={() => go(previous)}>
              {t('studio.tour.back')}
            </Button>
          )}
          {next && (
            <Button type="submit" className="ml-auto">
              {t('studio.tour.next', { step: t(`studio.tour.steps.${next}`) })}
            </Button>
          )}
        </div>
      </form>
    </StudioLayout>
  );
}

/** Another step is read out from its heading on. */
function StepHeading({ step }: { step: Step }) {
  const { t } = useTranslation();
  const heading = useRef<HTMLHeadingElement>(null);
  const shown = useRef(step);
  useEffect(() => {
    if (shown.current === step) return;
    shown.current = step;
    heading.current?.focus({ preventScroll: true });
  }, [step]);
  return (
    <>
      <h2 ref={heading} tabIndex={-1} className="font-display text-2xl outline-none">
        {t(`studio.tour.headings.${step}`)}
      </h2>
      <p className="mt-1 max-w-2xl text-ink-soft">{t(`studio.tour.leads.${step}`)}</p>
    </>
  );
}
