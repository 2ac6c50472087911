import type { User } from '@fantwin/shared/accounts';
import { useTranslation } from 'react-i18next';
import { Link, useLocation, useNavigate } from 'react-router';
import { languageNames, languages, setLanguage, type UiLanguage } from '../i18n/i18n.ts';
import { useErrorText } from '../i18n/use-error-text.ts';
import { useNet } from '../net/net.ts';
import { mayReview } from '../moderation/may-review.ts';
import { toRequestError } from '../net/request-error.ts';
import { Button } from '../ui/button.tsx';
import { GlobeIcon } from '../ui/icons.tsx';
import { Initials } from '../ui/initials.tsx';
import { Menu, MenuChoice, MenuItem, MenuLabel, MenuLine } from '../ui/menu.tsx';
import { setTheme, useTheme } from '../ui/theme.ts';
import { toast } from '../ui/toaster.tsx';
import { useSession } from './use-user.ts';

export function Header() {
  const { t } = useTranslation();
  const { status, user } = useSession();
  const { pathname } = useLocation();
  return (
    <header className="sticky top-0 z-20 border-b border-line/70 bg-paper/90 backdrop-blur">
      <div className="mx-auto flex h-15 max-w-6xl items-center gap-2 px-4">
        <Link
          to="/"
          className="mr-auto flex min-h-11 items-center gap-2.5 rounded-full pr-2"
          aria-label={t('app.name')}
        >
          <Mark />
          <span className="font-display text-xl font-semibold tracking-tight">FanTwin</span>
        </Link>
        <SettingsMenu />
        {user ? (
          <AccountMenu user={user} />
        ) : (
          status === 'signed-out' &&
          pathname !== '/sign-in' && (
            <Button asChild look="outline" size="small">
              <Link to={`/sign-in?to=${encodeURIComponent(pathname)}`}>{t('header.signIn')}</Link>
            </Button>
          )
        )}
      </div>
    </header>
  );
}

/** One and their twin. */
const Mark = () => (
  <svg viewBox="0 0 32 32" className="size-8" aria-hidden="true">
    <rect width="32" height="32" rx="9" className="fill-accent" />
    <circle cx="13" cy="16" r="7" className="fill-accent-soft" />
    <circle cx="19" cy="16" r="7" className="fill-on-accent" fillOpacity=".72" />
  </svg>
);

function SettingsMenu() {
  const { t, i18n } = useTranslation();
  const navigate = useNavigate();
  const theme = useTheme((state) => state.theme);
  const themes = (['system', 'light', 'dark'] as const).map((value) => ({ value, label: t(`header.${value}`) }));
  const choices = languages.map((value) => ({ value, label: languageNames[value] }));
  return (
    <Menu
      trigger={
        <Button look="ghost" size="icon" aria-label={t('header.settings')}>
          <GlobeIcon />
        </Button>
      }
    >
      <MenuLabel>{t('header.language')}</MenuLabel>
      <MenuChoice value={i18n.language as UiLanguage} onChange={setLanguage} options={choices} />
      <MenuLine />
      <MenuLabel>{t('header.theme')}</MenuLabel>
      <MenuChoice value={theme} onChange={setTheme} options={themes} />
      <MenuLine />
      <MenuItem onSelect={() => void navigate('/settings')}>{t('settings.all')}</MenuItem>
    </Menu>
  );
}

function AccountMenu({ user }: { user: User }) {
  const { displayName: name, guest } = user;
  const { t } = useTranslation();
  const { session } = useNet();
  const navigate = useNavigate();
  const errorText = useErrorText();

  async function signOut(): Promise<void> {
    try {
      await session.signOut();
      toast(t('header.signedOut'));
      await navigate('/');
    } catch (error) {
      toast(errorText(toRequestError(error)), 'bad');
    }
  }

  return (
    <Menu
      trigger={
        <button
          type="button"
          aria-label={t('header.account', { name })}
          className="flex min-h-11 items-center gap-2 rounded-full py-1 pr-1 pl-1 hover:bg-sunken sm:pr-4"
        >
          <Initials name={name} size="small" />
          <span className="hidden max-w-40 truncate text-sm font-medium sm:block">{name}</span>
        </button>
      }
    >
      <MenuLabel>
        {name}
        {guest && ` · ${t('header.guest')}`}
      </MenuLabel>
      {mayReview(user) && (
        <MenuItem onSelect={() => void navigate('/moderation/avatars')}>{t('review.title')}</MenuItem>
      )}
      <MenuItem onSelect={() => void navigate('/studio')}>{t('studio.title')}</MenuItem>
      {guest && <MenuItem onSelect={() => void navigate('/sign-in?as=register')}>{t('header.keepAccount')}</MenuItem>}
      <MenuItem onSelect={() => void signOut()}>{t('header.signOut')}</MenuItem>
    </Menu>
  );
}
