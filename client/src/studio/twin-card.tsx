import type { OwnCharacter } from '@fantwin/shared/characters';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { config } from '../config.ts';
import { Button } from '../ui/button.tsx';
import { PencilIcon, PeopleIcon } from '../ui/icons.tsx';
import { Portrait } from '../ui/portrait.tsx';
import { LiveSwitch } from './live-switch.tsx';

/** A twin of mine: how it does, and what can be done with it. */
export function TwinCard({ twin }: { twin: OwnCharacter }) {
  const { t } = useTranslation();
  const { id, name, tagline, pictureUrl, live } = twin;
  return (
    <li className="relative flex flex-col overflow-hidden rounded-3xl border border-line bg-surface shadow-card">
      <Portrait
        name={name}
        src={pictureUrl && config.serverUrl + pictureUrl}
        alt=""
        initials="large"
        className="aspect-[4/3] [--rise:50%]"
      />
      {live?.open && <LiveBadge />}
      <div className="flex flex-1 flex-col p-5">
        <h2 className="text-lg leading-snug font-semibold">{name}</h2>
        <p className="mt-1 line-clamp-2 text-ink-soft">{tagline}</p>
        <p className="mt-3 mb-5 flex items-center gap-2 text-sm text-ink-soft">
          {live?.open ? (
            <>
              <PeopleIcon /> {t('home.people', { count: live.people })}
            </>
          ) : (
            t('studio.live.off')
          )}
        </p>
        <div className="mt-auto flex flex-wrap gap-2">
          <LiveSwitch twin={twin} />
          {live?.open && (
            <Button asChild look="outline" size="small">
              <Link to={`/c/${live.id}`} aria-label={`${t('studio.live.enter')}: ${name}`}>
                {t('studio.live.open')}
              </Link>
            </Button>
          )}
          <Button asChild look="ghost" size="small">
            <Link to={`/studio/twins/${id}`} aria-label={`${t('studio.twins.edit')}: ${name}`}>
              <PencilIcon />
              {t('studio.twins.edit')}
            </Link>
          </Button>
        </div>
      </div>
    </li>
  );
}

function LiveBadge() {
  const { t } = useTranslation();
  return (
    <span className="absolute top-3 left-3 flex items-center gap-1.5 rounded-full bg-surface/90 px-2.5 py-1 text-xs font-semibold text-ink">
      <span aria-hidden="true" className="size-2 animate-breathe rounded-full bg-bad" />
      {t('home.liveBadge')}
    </span>
  );
}
