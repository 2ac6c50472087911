import type { ConversationId } from '@fantwin/shared/ids';
import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CaptionText, Words } from '../conversation/captions-view.tsx';
import { TwinAvatar } from '../conversation/twin-avatar.tsx';
import { useCaption } from '../conversation/use-caption.ts';
import type { View } from '../conversation/view.ts';
import { useNet } from '../net/net.ts';
import { useVoice } from '../voice/use-voice.ts';
import type { OverlayOptions } from './overlay-options.ts';

type Props = { conversationId: ConversationId; view: View; options: OverlayOptions };

const places = {
  left: { avatar: 'left-0', text: 'justify-start' },
  center: { avatar: 'left-1/2 -translate-x-1/2', text: 'justify-center' },
  right: { avatar: 'right-0', text: 'justify-end' },
} as const;

/** An avatar that is not there by then is asked for again, each time later. */
const AVATAR_MS = { first: 30_000, most: 300_000 };

/** The avatar and what it says. */
export function OverlayTwin({ conversationId, view, options }: Props) {
  const { clock: platformClock } = useNet();
  const { speech, conversation } = view;
  const { character } = conversation;
  const voiceOn = options.voice === 'on';
  const { clock, locked } = useVoice(speech, platformClock, voiceOn, true);
  const caption = useCaption(speech, platformClock);
  const { tries, onReady } = useTries();
  const place = places[options.side];
  const height = `${options.size}dvh`;
  return (
    <>
      <div className={`absolute bottom-0 ${place.avatar}`} style={{ height, width: `min(100vw, ${height})` }}>
        <TwinAvatar key={tries} conversationId={conversationId} character={character} clock={clock} onReady={onReady} />
      </div>
      <div className={`absolute inset-x-[4%] bottom-[5%] flex ${place.text}`}>
        {options.captions === 'on' && caption && (
          <CaptionText key={caption.sentence.startsAt} size="overlay" language={character.language}>
            <Words caption={caption} />
          </CaptionText>
        )}
      </div>
      {voiceOn && locked && <Locked />}
    </>
  );
}

function useTries(): { tries: number; onReady: () => void } {
  const [tries, setTries] = useState(0);
  const [ready, setReady] = useState(false);
  useEffect(() => {
    if (ready) return undefined;
    const patience = Math.min(AVATAR_MS.first * 2 ** tries, AVATAR_MS.most);
    const timer = setTimeout(() => setTries(tries + 1), patience);
    return () => clearTimeout(timer);
  }, [tries, ready]);
  return { tries, onReady: useCallback(() => setReady(true), []) };
}

/** Programs for streaming let pages be heard; browsers wait for a press. */
function Locked() {
  const { t } = useTranslation();
  return (
    <p className="absolute top-3 right-3 animate-fade rounded-full bg-caption px-3 py-1 text-sm text-white [animation-delay:2s]">
      {t('overlay.locked')}
    </p>
  );
}
