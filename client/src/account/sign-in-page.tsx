import { Tabs } from 'radix-ui';
import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';
import { GuestForm } from './guest-form.tsx';
import { PasswordForm } from './password-form.tsx';
import { useUser } from './use-user.ts';

const tab =
  'min-h-11 flex-1 rounded-full px-2 text-sm font-medium text-ink-soft transition data-[state=active]:bg-surface dark:data-[state=active]:bg-line data-[state=active]:text-ink data-[state=active]:shadow-card';

export function SignInPage() {
  const { t } = useTranslation();
  const user = useUser();
  const [search] = useSearchParams();
  const navigate = useNavigate();
  const first = search.get('to') ?? '/';
  const done = () => void navigate(first.startsWith('/') && !first.startsWith('//') ? first : '/', { replace: true });
  const start = search.get('as') === 'register' ? 'register' : user ? 'login' : 'guest';

  return (
    <main id="content" className="mx-auto w-full max-w-md px-4 py-10 sm:py-16">
      <h1 className="font-display text-4xl">{t('account.title')}</h1>
      <p className="mt-3 text-ink-soft">{t('account.lead')}</p>
      {user && <p className="mt-3 text-sm font-medium">{t('account.already', { name: user.displayName })}</p>}
      <Tabs.Root defaultValue={start} className="mt-8">
        <Tabs.List aria-label={t('account.title')} className="flex gap-1 rounded-full bg-sunken p-1">
          {!user && (
            <Tabs.Trigger value="guest" className={tab}>
              {t('account.guestTab')}
            </Tabs.Trigger>
          )}
          <Tabs.Trigger value="login" className={tab}>
            {t('account.loginTab')}
          </Tabs.Trigger>
          <Tabs.Trigger value="register" className={tab}>
            {t('account.registerTab')}
          </Tabs.Trigger>
        </Tabs.List>
        <div className="mt-4 rounded-3xl border border-line bg-surface p-6 shadow-card sm:p-8">
          <Tabs.Content value="guest">
            <GuestForm submitLabel={t('account.enter')} onDone={done} />
          </Tabs.Content>
          <Tabs.Content value="login">
            <PasswordForm kind="login" onDone={done} />
          </Tabs.Content>
          <Tabs.Content value="register">
            <PasswordForm kind="register" name={user?.guest ? user.displayName : ''} onDone={done} />
          </Tabs.Content>
        </div>
      </Tabs.Root>
    </main>
  );
}
