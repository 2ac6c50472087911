import { PASSWORD_MIN_CHARS } from '@fantwin/shared/limits';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useErrorText } from '../i18n/use-error-text.ts';
import { useNet } from '../net/net.ts';
import { type RequestError, toRequestError } from '../net/request-error.ts';
import { Button } from '../ui/button.tsx';
import { Field } from '../ui/field.tsx';
import { emailFault, type Fault, faultCount, nameFault, passwordFault } from './account-forms.ts';

type Faults = { name?: Fault; email?: Fault; password?: Fault };

/** Sign in, or make an account. A guest who makes one keeps who they are. */
export function PasswordForm({
  kind,
  name: given = '',
  onDone,
}: {
  kind: 'login' | 'register';
  name?: string;
  onDone: () => void;
}) {
  const { t } = useTranslation();
  const { session } = useNet();
  const errorText = useErrorText();
  const [name, setName] = useState(given);
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [faults, setFaults] = useState<Faults>({});
  const [refusal, setRefusal] = useState<RequestError>();
  const [busy, setBusy] = useState(false);
  const registers = kind === 'register';

  async function send(): Promise<void> {
    const found: Faults = {
      email: emailFault(email),
      ...(registers && { name: nameFault(name), password: passwordFault(password) }),
    };
    setFaults(found);
    setRefusal(undefined);
    if (Object.values(found).some(Boolean)) return;
    setBusy(true);
    try {
      const account = { email: email.trim(), password };
      if (registers) await session.signIn('register', { body: { ...account, displayName: name } });
      else await session.signIn('login', { body: account });
      onDone();
    } catch (error) {
      setRefusal(toRequestError(error));
    } finally {
      setBusy(false);
    }
  }

  function submit(event: FormEvent): void {
    event.preventDefault();
    void send();
  }

  const say = (fault?: Fault) => fault && t(`account.${fault}`, { count: faultCount(fault) });
  return (
    <form onSubmit={submit} noValidate className="grid gap-4">
      {registers && (
        <Field
          label={t('account.displayName')}
          error={say(faults.name)}
          value={name}
          onChange={(event) => setName(event.target.value)}
          autoComplete="nickname"
        />
      )}
      <Field
        label={t('account.email')}
        type="email"
        error={say(faults.email)}
        value={email}
        onChange={(event) => setEmail(event.target.value)}
        autoComplete="email"
      />
      <Field
        label={t('account.password')}
        type="password"
        hint={registers ? t('account.passwordHint', { count: PASSWORD_MIN_CHARS }) : undefined}
        error={say(faults.password)}
        value={password}
        onChange={(event) => setPassword(event.target.value)}
        autoComplete={registers ? 'new-password' : 'current-password'}
      />
      {refusal && (
        <p role="alert" className="rounded-xl bg-bad-soft px-3.5 py-2.5 text-sm">
          {refusal.code === 'unauthorized' && t('account.wrongPassword')}
          {refusal.code === 'conflict' && t('account.emailTaken')}
          {refusal.code !== 'unauthorized' && refusal.code !== 'conflict' && errorText(refusal)}
        </p>
      )}
      <Button type="submit" busy={busy}>
        {registers ? t('account.register') : t('account.login')}
      </Button>
      {registers && given && <p className="text-center text-sm text-ink-soft">{t('account.keepHint')}</p>}
    </form>
  );
}
