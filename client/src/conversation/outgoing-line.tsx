import type { Author } from '@fantwin/shared/conversations';
import { useTranslation } from 'react-i18next';
import { useErrorText } from '../i18n/use-error-text.ts';
import { Button } from '../ui/button.tsx';
import { RetryIcon } from '../ui/icons.tsx';
import { useCountdown } from '../ui/use-countdown.ts';
import { Line } from './message-line.tsx';
import type { Outgoing } from './outgoing.ts';
import { mayRetry } from './send.ts';

type Props = {
  message: Outgoing;
  author: Author;
  onAgain: (message: Outgoing) => void;
  onDiscard: (message: Outgoing) => void;
  onEdit: (message: Outgoing) => void;
};

/** A message of ours that is not in the conversation yet, and what to do when it does not get there. */
export function OutgoingLine({ message, author, onAgain, onDiscard, onEdit }: Props) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const seconds = useCountdown(message.retryAt);
  const { state, error, text } = message;
  if (state !== 'failed') {
    return (
      <div className={state === 'sending' ? 'opacity-65' : ''}>
        <Line author={author} mine note={state === 'held' ? t('conversation.held') : t('conversation.sending')}>
          {text}
        </Line>
      </div>
    );
  }
  const retry = error && mayRetry(error.code);
  return (
    <Line
      author={author}
      mine
      note={
        <span className="flex flex-wrap items-center justify-end gap-x-1">
          <span role="alert" className="text-bad">
            {error && errorText(error)} {retry && seconds > 0 && t('conversation.retryIn', { seconds })}
          </span>
          {retry && (
            <Button look="ghost" size="small" disabled={seconds > 0} onClick={() => onAgain(message)}>
              <RetryIcon /> {t('conversation.retry')}
            </Button>
          )}
          {!retry && (
            <Button look="ghost" size="small" onClick={() => onEdit(message)}>
              {t('conversation.edit')}
            </Button>
          )}
          <Button look="ghost" size="small" onClick={() => onDiscard(message)}>
            {t('conversation.discard')}
          </Button>
        </span>
      }
    >
      {text}
    </Line>
  );
}
