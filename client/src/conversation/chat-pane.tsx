import type { ConversationId } from '@fantwin/shared/ids';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Answering } from './answering.tsx';
import { ChatList } from './chat-list.tsx';
import { Composer } from './composer.tsx';
import { Ended } from './ended.tsx';
import { Disclosure } from './entry.tsx';
import { useRoom, useSending } from './use-conversation.ts';
import type { View } from './view.ts';

type Props = {
  conversationId: ConversationId;
  view: View;
  /** Whoever gave a name where the composer is now goes on in it. */
  justEntered: boolean;
};

export function ChatPane({ conversationId, view, justEntered }: Props) {
  const { conversation, you, messages } = view;
  const { character, kind } = conversation;
  const { send } = useSending(conversationId);
  const [text, setText] = useState('');
  const input = useRef<HTMLTextAreaElement>(null);
  const sent = useRoom(conversationId, (room) => room.outgoing.length > 0);
  const first = !sent && !messages.some(({ author }) => author.id === you.userId);

  useEffect(() => {
    if (justEntered && matchMedia('(pointer: fine)').matches) input.current?.focus(); // elsewhere a keyboard would pop up
  }, [justEntered]);

  function edit(again: string): void {
    setText(again);
    input.current?.focus();
  }

  return (
    <>
      <ChatList conversationId={conversationId} onEdit={edit} />
      <div className="grid gap-2 px-4 pt-2 pb-[max(0.75rem,env(safe-area-inset-bottom))]">
        {view.ended ? (
          <Ended name={character.name} />
        ) : (
          <>
            {first && <Disclosure character={character} kind={kind} />}
            <Hints view={view} />
            <Answering conversationId={conversationId} view={view} />
            <Composer
              name={character.name}
              text={text}
              onText={setText}
              onSend={send}
              restricted={you.restricted}
              input={input}
            />
          </>
        )}
      </div>
    </>
  );
}

/** What is out of the ordinary here. */
function Hints({ view: { conversation } }: { view: View }) {
  const { t } = useTranslation();
  const { mode, canReply, slowModeSeconds, character } = conversation;
  const hints = [
    ...(canReply ? [] : [t('conversation.noModel', { name: character.name })]),
    ...(mode === 'ai' ? [] : [t(`conversation.${mode}`)]),
    ...(slowModeSeconds > 0 ? [t('conversation.slowMode', { count: slowModeSeconds })] : []),
  ];
  if (hints.length === 0) return null;
  return (
    <div role="status" className="rounded-2xl bg-warn-soft px-4 py-2.5 text-sm">
      <ul className="grid gap-1">
        {hints.map((hint) => (
          <li key={hint}>{hint}</li>
        ))}
      </ul>
    </div>
  );
}
