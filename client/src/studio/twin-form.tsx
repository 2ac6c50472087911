import type { OwnCharacter } from '@fantwin/shared/characters';
import { type FormEvent, type ReactNode, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { config } from '../config.ts';
import { Button } from '../ui/button.tsx';
import { toast } from '../ui/toaster.tsx';
import { AvatarPicker } from './avatar-picker.tsx';
import { LeaveDialog } from './leave-dialog.tsx';
import { RehearsalStage, SayGreeting } from './rehearsal-stage.tsx';
import { LanguageField, TwinFields } from './twin-fields.tsx';
import { TwinRefusal } from './twin-refusal.tsx';
import { changesBetween, faultsOf, isChanged, isFaultless, type TwinValues, valuesOf } from './twin-values.ts';
import { useFaultFocus } from './use-fault-focus.ts';
import { useRehearsal } from './use-rehearsal.ts';
import { useChangeTwin, useVrmModels } from './use-studio.ts';
import { VoicePicker } from './voice-picker.tsx';

/** A twin to be changed, with what it will be like beside it. */
export function TwinForm({ twin }: { twin: OwnCharacter }) {
  const { t } = useTranslation();
  const saved = valuesOf(twin);
  const [values, setValues] = useState(saved);
  const [tries, setTries] = useState(0);
  const form = useRef<HTMLFormElement>(null);
  const rehearsal = useRehearsal();
  const change = useChangeTwin(twin);
  const avatarUrl = useAvatarUrl(twin, values);
  const changed = isChanged(saved, values);
  useFaultFocus(form, tries);

  function submit(event: FormEvent): void {
    event.preventDefault();
    if (!changed) return;
    if (!isFaultless(values)) return setTries(tries + 1);
    change.mutate(changesBetween(saved, values), {
      onSuccess: (now) => {
        setTries(0);
        setValues(valuesOf(now));
        toast(t('studio.edit.saved', { name: now.name }));
      },
    });
  }
  function discard(): void {
    setTries(0);
    change.reset();
    setValues(saved);
  }

  return (
    <form
      ref={form}
      noValidate
      onSubmit={submit}
      className="grid lg:grid-cols-[minmax(0,3fr)_minmax(18rem,2fr)] lg:gap-8"
    >
      <div className="grid gap-10 pb-24">
        <Part title={t('studio.edit.who')}>
          <div className="grid gap-5">
            <LanguageField values={values} onChange={setValues} />
            <TwinFields values={values} onChange={setValues} faults={tries > 0 ? faultsOf(values) : {}} />
          </div>
        </Part>
        <Part title={t('studio.fields.avatar')}>
          <AvatarPicker value={values.vrmModelId} onChange={({ id }) => setValues({ ...values, vrmModelId: id })} />
        </Part>
        <Part title={t('studio.fields.voice')}>
          <VoicePicker values={values} onChange={(voice) => setValues({ ...values, voice })} rehearsal={rehearsal} />
        </Part>
      </div>
      <div className="max-lg:order-first max-lg:mb-8 lg:sticky lg:top-20 lg:self-start">
        <RehearsalStage
          name={values.name}
          avatarUrl={avatarUrl}
          language={values.language}
          rehearsal={rehearsal}
          className="mb-4 h-64 lg:h-[min(26rem,55dvh)]"
        />
        <SayGreeting values={values} rehearsal={rehearsal} />
      </div>
      {(changed || change.error) && (
        <div className="fixed inset-x-0 bottom-0 z-20 animate-rise border-t border-line bg-surface/95 backdrop-blur">
          <div className="mx-auto grid max-w-6xl gap-3 px-4 pt-3 pb-[max(0.75rem,env(safe-area-inset-bottom))]">
            <TwinRefusal error={change.error} what={t('studio.edit.notSaved')} />
            <div className="flex items-center gap-3">
              <p role="status" className="mr-auto text-sm text-ink-soft">
                {t('studio.edit.unsaved')}
              </p>
              <Button look="ghost" onClick={discard} disabled={change.isPending}>
                {t('studio.edit.discard')}
              </Button>
              <Button type="submit" busy={change.isPending}>
                {t('studio.edit.save')}
              </Button>
            </div>
          </div>
        </div>
      )}
      <LeaveDialog unsaved={changed} />
    </form>
  );
}

const Part = ({ title, children }: { title: string; children: ReactNode }) => (
  <section>
    <h2 className="mb-4 font-display text-2xl">{title}</h2>
    {children}
  </section>
);

/** Of the avatar that is chosen; until the list of them is here, of the one that it wears. */
function useAvatarUrl(twin: OwnCharacter, values: TwinValues): string {
  const { data } = useVrmModels();
  const chosen =
    values.vrmModelId === twin.vrmModelId ? undefined : data?.items.find(({ id }) => id === values.vrmModelId);
  return config.serverUrl + (chosen?.fileUrl ?? twin.avatarUrl);
}
