import type { Character } from '@fantwin/shared/characters';
import type { ConversationKind } from '@fantwin/shared/conversations';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { GuestForm } from '../account/guest-form.tsx';
import { AiBadge } from './message-line.tsx';

type Props = { character: Character; kind: ConversationKind };

/** Said to everyone before their first message. */
export function Disclosure({ character: { name }, kind }: Props) {
  const { t } = useTranslation();
  return (
    <div role="note" className="rounded-2xl bg-accent-soft px-4 py-3 text-[0.9rem] leading-relaxed text-on-accent-soft">
      <p className="flex items-center gap-2 font-semibold">
        <AiBadge name={name} /> {t('conversation.disclosureTitle', { name })}
      </p>
      <p className="mt-1">{t('conversation.disclosure')}</p>
      <p>{t(kind === 'live' ? 'conversation.disclosureLive' : 'conversation.disclosurePrivate')}</p>
    </div>
  );
}

/** Where the composer will be: a stranger gives a name first. */
export function Entry({ character, kind }: Props) {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  return (
    <div className="grid gap-3">
      <Disclosure character={character} kind={kind} />
      <GuestForm inline submitLabel={t('conversation.enter')} />
      <p className="text-center text-sm">
        <Link to={`/sign-in?to=${encodeURIComponent(pathname)}`} className="text-accent underline underline-offset-4">
          {t('account.haveAccount')}
        </Link>
      </p>
    </div>
  );
}
