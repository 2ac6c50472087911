import type { Author } from '@fantwin/shared/conversations';
import type { ConversationId } from '@fantwin/shared/ids';
import { useTranslation } from 'react-i18next';
import { Line } from './message-line.tsx';
import { useRoom } from './use-conversation.ts';

type Props = { conversationId: ConversationId; author: Author; picture: string | undefined };

/** The reply that is being made. Only this line is drawn again when text comes. */
export function ReplyLine({ conversationId, author, picture }: Props) {
  const { t } = useTranslation();
  const id = useRoom(conversationId, ({ log }) => log.view?.reply?.replyId);
  const text = useRoom(conversationId, ({ log }) => log.view?.reply?.text ?? '');
  return (
    <Line id={id} author={author} mine={false} picture={picture}>
      {text === '' ? (
        <span
          role="img"
          aria-label={t('conversation.thinking', { name: author.name })}
          className="flex h-6.5 items-center gap-1.5"
        >
          {[0, 200, 400].map((delay) => (
            <span
              key={delay}
              style={{ animationDelay: `${delay}ms` }}
              className="size-2 animate-breathe rounded-full bg-ink-soft"
            />
          ))}
        </span>
      ) : (
        <>
          {text}
          <span
            aria-hidden="true"
            className="ml-0.5 inline-block h-[1.05em] w-[0.45em] translate-y-[0.16em] animate-caret rounded-xs bg-accent"
          />
        </>
      )}
    </Line>
  );
}
