import { DISPLAY_NAME_MAX_CHARS } from '@fantwin/shared/limits';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useErrorText } from '../i18n/use-error-text.ts';
import { useNet } from '../net/net.ts';
import { type RequestError, toRequestError } from '../net/request-error.ts';
import { Button } from '../ui/button.tsx';
import { Field } from '../ui/field.tsx';
import { type Fault, faultCount, nameFault } from './account-forms.ts';

type Props = {
  submitLabel: string;
  onDone?: () => void;
  /** Field and button in one row. */
  inline?: boolean;
};

/** A name is all that a guest needs. */
export function GuestForm({ submitLabel, onDone, inline = false }: Props) {
  const { t } = useTranslation();
  const { session } = useNet();
  const errorText = useErrorText();
  const [name, setName] = useState('');
  const [fault, setFault] = useState<Fault>();
  const [refusal, setRefusal] = useState<RequestError>();
  const [busy, setBusy] = useState(false);

  async function enter(): Promise<void> {
    const found = nameFault(name);
    setFault(found);
    setRefusal(undefined);
    if (found) return;
    setBusy(true);
    try {
      await session.signIn('guest', { body: { displayName: name } });
      onDone?.();
    } catch (error) {
      setRefusal(toRequestError(error));
    } finally {
      setBusy(false);
    }
  }

  function submit(event: FormEvent): void {
    event.preventDefault();
    void enter();
  }

  const error = fault ? t(`account.${fault}`, { count: faultCount(fault) }) : refusal && errorText(refusal);
  return (
    <form onSubmit={submit} noValidate className={inline ? 'flex items-start gap-2' : 'grid gap-4'}>
      <Field
        label={t('account.displayName')}
        hint={t('account.displayNameHint')}
        error={error}
        value={name}
        onChange={(event) => setName(event.target.value)}
        autoComplete="nickname"
        maxLength={DISPLAY_NAME_MAX_CHARS * 2}
        className={inline ? 'min-w-0 flex-1' : ''}
      />
      <Button type="submit" busy={busy} className={inline ? 'mt-6.5 shrink-0' : ''}>
        {submitLabel}
      </Button>
    </form>
  );
}
