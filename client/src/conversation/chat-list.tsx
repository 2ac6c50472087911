import type { Author } from '@fantwin/shared/conversations';
import type { ConversationId } from '@fantwin/shared/ids';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useUser } from '../account/use-user.ts';
import { pictureOf } from '../home/twin-portrait.tsx';
import { Button } from '../ui/button.tsx';
import { DownIcon } from '../ui/icons.tsx';
import { Greeting } from './greeting.tsx';
import { MessageLine } from './message-line.tsx';
import { type Outgoing, unseen } from './outgoing.ts';
import { OutgoingLine } from './outgoing-line.tsx';
import { ReplyLine } from './reply-line.tsx';
import { useRoom, useSending } from './use-conversation.ts';
import { useOlderMessages } from './use-older-messages.ts';
import { useStickToBottom } from './use-stick-to-bottom.ts';
import { chatItems } from './view.ts';

const none: never[] = [];

export function ChatList({
  conversationId,
  onEdit,
}: {
  conversationId: ConversationId;
  onEdit: (text: string) => void;
}) {
  const { t } = useTranslation();
  const user = useUser();
  const messages = useRoom(conversationId, ({ log }) => log.view?.messages ?? none);
  const removed = useRoom(conversationId, ({ log }) => log.view?.removed ?? none);
  const replyId = useRoom(conversationId, ({ log }) => log.view?.reply?.replyId);
  const replyAuthor = useRoom(conversationId, ({ log }) => log.view?.reply?.author);
  const character = useRoom(conversationId, ({ log }) => log.view?.conversation.character);
  const picture = character && pictureOf(character);
  const outgoing = useRoom(conversationId, (room) => room.outgoing);
  const { again, discard } = useSending(conversationId);

  const { older, more, loading, failed, load } = useOlderMessages(
    conversationId,
    messages[0]?.messageId,
    messages.length,
  );
  const items = useMemo(() => {
    const reply = replyId && replyAuthor && { replyId, author: replyAuthor, text: '' };
    const shown = older.filter(({ messageId }) => !removed.includes(messageId));
    return chatItems({ messages: [...shown, ...messages], ...(reply && { reply }) });
  }, [older, removed, messages, replyId, replyAuthor]);

  const me: Author | undefined = user && { id: user.id, name: user.displayName, kind: 'fan' };
  const pending = user ? unseen(outgoing, messages, user.id) : none;
  const { view, content, atBottom, toBottom, onScroll } = useStickToBottom(items[0]?.id, () => {
    if (more && !loading && !failed) load();
  });
  const newest = items.at(-1)?.id ?? '';
  const [seen, setSeen] = useState(newest);
  if (atBottom && seen !== newest) setSeen(newest);
  const fresh = atBottom ? 0 : items.filter(({ id }) => id > seen).length;

  function edit(message: Outgoing): void {
    discard(message);
    onEdit(message.text);
  }

  return (
    <div className="relative min-h-0 flex-1">
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling part must be reachable by keyboard */}
      <div
        ref={view}
        onScroll={onScroll}
        tabIndex={0}
        role="log"
        aria-live="off"
        aria-label={t('conversation.chat')}
        className="fade-top h-full overflow-y-auto overscroll-contain px-4 outline-offset-[-2px] [overflow-anchor:none] [scrollbar-width:thin]"
      >
        <div ref={content} className="flex min-h-full flex-col justify-end gap-4 py-4">
          {loading && <p className="text-center text-sm text-ink-soft">{t('conversation.older')}</p>}
          {failed && !loading && (
            <p className="text-center text-sm text-ink-soft">
              {t('conversation.olderFailed')}{' '}
              <Button look="ghost" size="small" onClick={load}>
                {t('app.retry')}
              </Button>
            </p>
          )}
          {!more && character && <Greeting character={character} empty={items.length === 0} />}
          {items.map((item) =>
            'message' in item ? (
              <MessageLine
                key={item.id}
                message={item.message}
                mine={item.message.author.id === user?.id}
                picture={item.message.author.kind === 'character' ? picture : undefined}
              />
            ) : (
              <ReplyLine key={item.id} conversationId={conversationId} author={item.reply.author} picture={picture} />
            ),
          )}
          {me &&
            pending.map((message) => (
              <OutgoingLine
                key={message.clientKey}
                message={message}
                author={me}
                onAgain={again}
                onDiscard={discard}
                onEdit={edit}
              />
            ))}
        </div>
      </div>
      {!atBottom && (
        <Button
          look="outline"
          size="small"
          onClick={() => toBottom(true)}
          className="absolute bottom-3 left-1/2 -translate-x-1/2 animate-rise shadow-card"
        >
          <DownIcon />
          {fresh > 0 ? t('conversation.newMessages', { count: fresh }) : t('conversation.toNewest')}
        </Button>
      )}
    </div>
  );
}
