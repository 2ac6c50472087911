import type { ConversationSummary } from '@fantwin/shared/conversations';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { LockIcon, PeopleIcon } from '../ui/icons.tsx';
import { TwinPortrait } from './twin-portrait.tsx';

type Props = {
  conversation: ConversationSummary;
  /** It has the whole row. */
  alone?: boolean;
};

/** One conversation. The whole card is the link. */
export function ConversationCard({ conversation, alone = false }: Props) {
  const { t } = useTranslation();
  const { id, kind, title, character, people } = conversation;
  const live = kind === 'live';
  return (
    <li
      className={`group relative flex flex-col overflow-hidden rounded-3xl border border-line bg-surface shadow-card transition duration-200 hover:-translate-y-0.5 hover:border-line-strong has-focus-visible:border-accent ${alone ? 'sm:flex-row' : ''}`}
    >
      {live && (
        <div className={`relative ${alone ? 'sm:w-2/5' : ''}`}>
          <TwinPortrait
            character={character}
            initials="large"
            className={`h-52 w-full ${alone ? 'sm:h-64 sm:[--rise:50%]' : ''}`}
          />
          <span className="absolute top-3 left-3 flex items-center gap-1.5 rounded-full bg-surface/90 px-2.5 py-1 text-xs font-semibold text-ink">
            <span aria-hidden="true" className="size-2 animate-breathe rounded-full bg-bad" />
            {t('home.liveBadge')}
          </span>
        </div>
      )}
      <div className={`flex flex-1 flex-col p-5 ${alone ? 'sm:px-8 sm:py-7' : ''}`}>
        <div className="flex items-center gap-3">
          {!live && <TwinPortrait character={character} className="size-11 rounded-full [--rise:50%]" />}
          <h3 className={`min-w-0 leading-snug font-semibold ${alone ? 'text-lg sm:text-2xl' : 'text-lg'}`}>
            <Link to={`/c/${id}`} className="outline-none after:absolute after:inset-0">
              {live ? title : character.name}
            </Link>
          </h3>
        </div>
        <p className="mt-1 line-clamp-2 text-ink-soft">
          {live && <span className="text-ink">{character.name}</span>}
          {live && ' · '}
          {character.tagline}
        </p>
        <p className="mt-auto flex items-center gap-2 pt-4 text-sm text-ink-soft">
          {live ? <PeopleIcon /> : <LockIcon />}
          {live ? t('home.people', { count: people }) : t('conversation.privateBadge')}
          <span aria-hidden="true" className="ml-auto font-medium text-accent group-hover:underline">
            {live ? t('home.join') : t('home.continue')}
          </span>
        </p>
      </div>
    </li>
  );
}
