import type { ConversationSummary } from '@fantwin/shared/conversations';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { pictureOf } from '../home/twin-portrait.tsx';
import { useNet } from '../net/net.ts';
import { Entry } from './entry.tsx';
import { Greeting } from './greeting.tsx';
import { MessageLine } from './message-line.tsx';

const SHOWN = 12;

/** What a stranger sees of a live conversation: its last words, and the way in. */
export function Preview({ conversation }: { conversation: ConversationSummary }) {
  const { t } = useTranslation();
  const { api } = useNet();
  const { id, character, kind } = conversation;
  const { data } = useQuery({
    queryKey: ['preview', id],
    queryFn: ({ signal }) => api('messages', { params: { id }, query: { limit: SHOWN } }, signal),
  });
  return (
    <div className="flex min-h-0 flex-1 flex-col overflow-y-auto">
      <div
        tabIndex={0}
        role="log"
        aria-live="off"
        aria-label={t('conversation.chat')}
        className="fade-top flex min-h-16 flex-1 flex-col-reverse overflow-y-auto px-4 outline-offset-[-2px]"
      >
        <div className="grid gap-4 py-4">
          {data?.items.length === 0 && <Greeting character={character} empty />}
          {data?.items.map((message) => (
            <MessageLine
              key={message.messageId}
              message={message}
              mine={false}
              picture={message.author.kind === 'character' ? pictureOf(character) : undefined}
            />
          ))}
        </div>
      </div>
      <div className="shrink-0 border-t border-line p-4 pb-[max(1rem,env(safe-area-inset-bottom))]">
        <Entry character={character} kind={kind} />
      </div>
    </div>
  );
}
