import type { Character } from '@fantwin/shared/characters';
import type { ConversationId } from '@fantwin/shared/ids';
import { type ReactNode, useState } from 'react';
import type { StageApi } from '../avatar/stage.tsx';
import { useNet } from '../net/net.ts';
import { useVoice } from '../voice/use-voice.ts';
import { VoiceSwitch } from '../voice/voice-switch.tsx';
import { PictureButton } from './picture-button.tsx';
import { TwinAvatar } from './twin-avatar.tsx';
import { useRoom } from './use-conversation.ts';

type Props = {
  conversationId: ConversationId;
  character: Character;
  /** At the top left of it. */
  children: ReactNode;
};

/** The avatar that is seen and heard, and what a visitor can do with it. */
export function TwinOnStage({ conversationId, character, children }: Props) {
  const { clock: platformClock } = useNet();
  const speech = useRoom(conversationId, ({ log }) => log.view?.speech);
  const voice = useRoom(conversationId, ({ log }) => log.view?.conversation.voice);
  const { clock, locked } = useVoice(speech, platformClock);
  const [stage, setStage] = useState<StageApi>();

  const { name } = character;
  return (
    <>
      <TwinAvatar conversationId={conversationId} character={character} clock={clock} onReady={setStage} />
      <div className="pointer-events-none absolute inset-x-1.5 top-1.5 flex items-start justify-between gap-2 text-sm">
        <div className="flex min-h-11 flex-wrap items-center gap-2 pl-1.5">{children}</div>
        <div className="pointer-events-auto grid shrink-0 justify-items-end gap-1.5">
          <VoiceSwitch name={name} voice={voice} speech={speech} clock={platformClock} locked={locked} />
          {stage && <PictureButton name={name} take={() => stage.picture()} />}
        </div>
      </div>
    </>
  );
}
