import type { Character } from '@fantwin/shared/characters';
import type { ConversationId } from '@fantwin/shared/ids';
import { Suspense, useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { PlatformClock } from '../avatar/avatar.ts';
import { LazyStage } from '../avatar/lazy-stage.tsx';
import { createPerformance } from '../avatar/performance.ts';
import type { StageApi } from '../avatar/stage.tsx';
import { useReducedMotion } from '../settings/motion-setting.ts';
import { useQualitySetting } from '../settings/quality-setting.ts';
import { ErrorBoundary } from '../ui/error-boundary.tsx';
import { Initials } from '../ui/initials.tsx';
import { myPlace } from './place.ts';
import { useRoom } from './use-conversation.ts';
import type { View } from './view.ts';

type Props = {
  conversationId: ConversationId;
  character: Character;
  /** What the lips go by. */
  clock: PlatformClock;
  onReady?: (stage: StageApi) => void;
};

/** The avatar, doing what the conversation's log says. */
export function TwinAvatar({ conversationId, character, clock, onReady }: Props) {
  const { t } = useTranslation();
  const speech = useRoom(conversationId, ({ log }) => log.view?.speech);
  const activity = useRoom(conversationId, ({ log, places }) => log.view && activityOf(log.view, places));
  const reducedMotion = useReducedMotion();
  const quality = useQualitySetting((state) => state.quality);
  const performance = useMemo(() => createPerformance(), []);
  useEffect(() => performance.show(speech), [performance, speech]);

  const { name, avatarUrl } = character;
  return (
    <ErrorBoundary fallback={<Stillness character={character} note={t('conversation.noPicture')} />}>
      <Suspense fallback={<Stillness character={character} />}>
        <LazyStage
          avatarUrl={avatarUrl}
          performance={performance}
          clock={clock}
          state={activity ?? 'idle'}
          reducedMotion={reducedMotion}
          quality={quality}
          onReady={onReady}
          label={t('conversation.stage', { name })}
          words={{
            loading: t('conversation.avatarLoading', { name }),
            failed: t('conversation.noPicture'),
            retry: t('app.retry'),
            noWebgl: t('conversation.noWebgl'),
          }}
        />
      </Suspense>
    </ErrorBoundary>
  );
}

/** It thinks until there is something to say, listens to who waits, and rests when all is over. */
function activityOf(view: View, places: Parameters<typeof myPlace>[0]) {
  if (view.ended) return 'idle';
  if (view.reply && !view.speech?.sentences.length) return 'thinking';
  return myPlace(places, view) === undefined ? 'idle' : 'listening';
}

/** In place of the avatar, while its code comes or where it cannot be shown. */
function Stillness({ character, note }: { character: Character; note?: string }) {
  return (
    <div className="absolute inset-0 grid place-content-center justify-items-center gap-3 p-6 text-center">
      <span className={note ? '' : 'animate-breathe'}>
        <Initials name={character.name} size="large" />
      </span>
      {note && <p className="max-w-xs text-sm text-ink-soft">{note}</p>}
    </div>
  );
}
