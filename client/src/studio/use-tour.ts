import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { dropDraft, storeDraft, storedDraft } from './draft-storage.ts';
import { canEnter, type Draft, firstOpenStep, packDraft, type Step, steps, unpackDraft } from './tour-draft.ts';

/** The draft, kept on this device, and the step, which is a part of the address: the browser's own "back" works. */
export function useTour(userId: string) {
  const { i18n } = useTranslation();
  const [draft, setDraft] = useState<Draft>(() =>
    unpackDraft(storedDraft(), userId, i18n.language === 'ja' ? 'ja' : 'en'),
  );
  const [search, setSearch] = useSearchParams();
  const asked = steps.find((step) => step === search.get('step'));
  const step = asked && canEnter(draft, asked) ? asked : firstOpenStep(draft);

  useEffect(() => {
    if (draft.characterId) dropDraft();
    else storeDraft(packDraft(userId, draft));
  }, [userId, draft]);
  // Otherwise what is written would move the tour on.
  useEffect(() => {
    if (step !== asked) setSearch({ step }, { replace: true });
  }, [step, asked, setSearch]);

  return {
    draft,
    setDraft,
    step,
    go: (to: Step): void => setSearch({ step: to }),
  };
}
