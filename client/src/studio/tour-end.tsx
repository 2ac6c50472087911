import type { OwnCharacter } from '@fantwin/shared/characters';
import type { ConversationId } from '@fantwin/shared/ids';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { config } from '../config.ts';
import { Button } from '../ui/button.tsx';
import { Portrait } from '../ui/portrait.tsx';
import { StudioLayout } from './layout.tsx';
import { ShareLinks } from './share-links.tsx';

/** What the tour ended with: a twin, live or not. */
export type Made = { twin: OwnCharacter; conversationId?: ConversationId };

/** The twin is there. What to do with it now. */
export function TourEnd({ made: { twin, conversationId } }: { made: Made }) {
  const { t } = useTranslation();
  const lead = useRef<HTMLHeadingElement>(null);
  useEffect(() => lead.current?.focus(), []);
  const { id, name, pictureUrl } = twin;
  return (
    <StudioLayout title={t('studio.tour.title')}>
      <div className="grid overflow-hidden rounded-3xl border border-line bg-surface shadow-card md:grid-cols-[2fr_3fr]">
        <Portrait
          name={name}
          src={pictureUrl && config.serverUrl + pictureUrl}
          alt=""
          initials="large"
          className="aspect-[4/3] md:aspect-auto [--rise:50%]"
        />
        <div className="p-6 sm:p-8">
          <h2 ref={lead} tabIndex={-1} className="font-display text-3xl outline-none">
            {t(conversationId ? 'studio.tour.isLive' : 'studio.tour.isMade', { name })}
          </h2>
          <p className="mt-2 mb-6 text-ink-soft">
            {t(conversationId ? 'studio.tour.isLiveLead' : 'studio.tour.isMadeLead', { name })}
          </p>
          {conversationId && <ShareLinks conversationId={conversationId} />}
          <div className="mt-6 flex flex-wrap gap-3">
            {conversationId && (
              <Button asChild>
                <Link to={`/c/${conversationId}`}>{t('studio.live.enter')}</Link>
              </Button>
            )}
            <Button asChild look="outline">
              <Link to={`/studio/twins/${id}`}>{t('studio.twins.edit')}</Link>
            </Button>
            <Button asChild look="ghost">
              <Link to="/studio">{t('studio.tour.toTwins')}</Link>
            </Button>
          </div>
        </div>
      </div>
    </StudioLayout>
  );
}
