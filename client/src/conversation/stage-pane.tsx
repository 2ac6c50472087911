import type { Character } from '@fantwin/shared/characters';
import type { ConversationId } from '@fantwin/shared/ids';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useUser } from '../account/use-user.ts';
import { useNet } from '../net/net.ts';
import { Captions } from './captions-view.tsx';
import { ConnectionStatus } from './connection-status.tsx';
import { AiBadge } from './message-line.tsx';
import { People } from './people.tsx';
import { TwinOnStage } from './twin-on-stage.tsx';
import { useCaption } from './use-caption.ts';
import { useRoom } from './use-conversation.ts';

type Props = { conversationId: ConversationId; character: Character; isPrivate?: boolean };

export function StagePane({ conversationId, character, isPrivate = false }: Props) {
  const { t } = useTranslation();
  const people = useRoom(conversationId, (room) => room.people);
  const signedIn = useUser() !== undefined;
  const { name } = character;
  return (
    <section
      aria-label={t('conversation.stage', { name })}
      className="stage-light relative h-[min(40dvh,60dvh-11.6rem)] min-h-32 shrink-0 overflow-hidden wide:h-auto wide:min-h-0 wide:flex-1 wide:rounded-3xl"
    >
      <TwinOnStage conversationId={conversationId} character={character}>
        <Chip>
          <span className="font-semibold">{name}</span>
          <AiBadge name={name} />
        </Chip>
        {people !== undefined && !isPrivate && <People conversationId={conversationId} count={people} />}
        {signedIn && <ConnectionStatus />}
      </TwinOnStage>
      <div className="absolute inset-x-3 bottom-3 sm:bottom-6">
        <Said conversationId={conversationId} language={character.language} />
      </div>
    </section>
  );
}

/** Only this is drawn again with each word. */
function Said({ conversationId, language }: { conversationId: ConversationId; language: string }) {
  const { clock } = useNet();
  const speech = useRoom(conversationId, ({ log }) => log.view?.speech);
  return <Captions caption={useCaption(speech, clock)} language={language} />;
}

const Chip = ({ children }: { children: ReactNode }) => (
  <span className="flex min-h-8 items-center gap-2 rounded-full bg-surface/85 px-3 text-ink backdrop-blur">
    {children}
  </span>
);
