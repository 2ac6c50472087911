import type { Character } from '@fantwin/shared/characters';
import type { ConversationId } from '@fantwin/shared/ids';
import { lazy, Suspense, useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { createPerformance } from '../avatar/performance.ts';
import { useNet } from '../net/net.ts';
import { ErrorBoundary } from '../ui/error-boundary.tsx';
import { Initials } from '../ui/initials.tsx';
import { useMedia } from '../ui/use-media.ts';
import { useVoice } from '../voice/use-voice.ts';
import { VoiceSwitch } from '../voice/voice-switch.tsx';
import { myPlace } from './place.ts';
import { useRoom } from './use-conversation.ts';
import type { View } from './view.ts';

/** three.js comes with it, and only then. */
const Stage = lazy(() => import('../avatar/stage.tsx'));

/** The avatar, saying what the conversation's log says. */
export function TwinOnStage({ conversationId, character }: { conversationId: ConversationId; character: Character }) {
  const { t } = useTranslation();
  const { clock: platformClock } = useNet();
  const speech = useRoom(conversationId, ({ log }) => log.view?.speech);
  const activity = useRoom(conversationId, ({ log, places }) => log.view && activityOf(log.view, places));
  const reducedMotion = useMedia('(prefers-reduced-motion: reduce)');
  const performance = useMemo(() => createPerformance(), []);
  useEffect(() => performance.show(speech), [performance, speech]);
  const conversation = useRoom(conversationId, ({ log }) => log.view?.conversation);
  const { clock, locked } = useVoice(speech, platformClock);

  const { name, avatarUrl } = character;
  return (
    <>
      <ErrorBoundary fallback={<Stillness character={character} note={t('conversation.noPicture')} />}>
        <Suspense fallback={<Stillness character={character} />}>
          <Stage
            avatarUrl={avatarUrl}
            performance={performance}
            clock={clock}
            state={activity ?? 'idle'}
            reducedMotion={reducedMotion}
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
      <VoiceSwitch name={name} voice={conversation?.voice} speech={speech} clock={platformClock} locked={locked} />
    </>
  );
}

/** It thinks until there is something to say, and listens to who waits. */
function activityOf(view: View, places: Parameters<typeof myPlace>[0]) {
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
