import type { Character } from '@fantwin/shared/characters';
import type { ConversationId } from '@fantwin/shared/ids';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useUser } from '../account/use-user.ts';
import { useNet } from '../net/net.ts';
import { PeopleIcon } from '../ui/icons.tsx';
import { Captions } from './captions-view.tsx';
import { ConnectionStatus } from './connection-status.tsx';
import { AiBadge } from './message-line.tsx';
import { TwinOnStage } from './twin-on-stage.tsx';
import { useCaption } from './use-caption.ts';
import { useRoom } from './use-conversation.ts';

type Props = { conversationId: ConversationId; character: Character; isPrivate?: boolean };

export function StagePane({ conversationId, character, isPrivate = false }: Props) {
  const { t } = useTranslation();
  const { clock } = useNet();
  const speech = useRoom(conversationId, ({ log }) => log.view?.speech);
  const people = useRoom(conversationId, (room) => room.people);
  const caption = useCaption(speech, clock);
  const signedIn = useUser() !== undefined;
  const { name } = character;
  return (
    <section
      aria-label={t('conversation.stage', { name })}
      className="stage-light relative h-[min(40dvh,60dvh-11.6rem)] min-h-32 shrink-0 overflow-hidden wide:h-auto wide:min-h-0 wide:flex-1 wide:rounded-3xl"
    >
      <TwinOnStage conversationId={conversationId} character={character} />
      <div className="pointer-events-none absolute inset-x-3 top-3 flex flex-wrap items-center gap-2 text-sm">
        <Chip>
          <span className="font-semibold">{name}</span>
          <AiBadge name={name} />
        </Chip>
        {people !== undefined && !isPrivate && (
          <Chip>
            <PeopleIcon className="size-4" />
            <span aria-hidden="true" className="tabular-nums">
              {people}
            </span>
            <span className="sr-only">{t('conversation.people', { count: people })}</span>
          </Chip>
        )}
        {signedIn && <ConnectionStatus />}
      </div>
      <div className="absolute inset-x-3 bottom-3 sm:bottom-6">
        <Captions caption={caption} language={character.language} />
      </div>
    </section>
  );
}

const Chip = ({ children }: { children: ReactNode }) => (
  <span className="flex min-h-8 items-center gap-2 rounded-full bg-surface/85 px-3 text-ink backdrop-blur">
    {children}
  </span>
);
