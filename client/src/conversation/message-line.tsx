import type { Author, Message } from '@fantwin/shared/conversations';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { Initials } from '../ui/initials.tsx';
import { Portrait } from '../ui/portrait.tsx';

export function AiBadge({ name }: { name: string }) {
  const { t } = useTranslation();
  return (
    <abbr
      title={t('conversation.aiLong', { name })}
      className="rounded-md bg-accent px-1.5 py-px text-[0.7rem] leading-4 font-bold text-on-accent no-underline"
    >
      {t('conversation.ai')}
    </abbr>
  );
}

type LineProps = {
  /** Of the message, once it has one. */
  id?: string;
  author: Author;
  mine: boolean;
  /** Of the author, where there is one. */
  picture?: string;
  sentAt?: number;
  children: React.ReactNode;
  note?: React.ReactNode;
};

/** One line of the chat: who, when, what. Our own stand on the right. */
export function Line({ id, author, mine, picture, sentAt, children, note }: LineProps) {
  const { t, i18n } = useTranslation();
  const twin = author.kind === 'character';
  const look = mine
    ? 'bg-accent-soft text-on-accent-soft rounded-br-md'
    : twin
      ? 'border border-line bg-surface rounded-bl-md shadow-card'
      : 'bg-sunken rounded-bl-md';
  return (
    <div data-line={id ?? ''} className={`flex gap-2.5 ${mine ? 'flex-row-reverse' : ''}`}>
      {!mine && !picture && <Initials name={author.name} size="small" />}
      {!mine && picture && <Portrait name={author.name} src={picture} alt="" className="size-8 rounded-full" />}
      <div className={`flex max-w-[85%] min-w-0 flex-col ${mine ? 'items-end' : 'items-start'}`}>
        <p className="mb-0.5 flex flex-wrap items-center gap-x-2 px-1 text-[0.8rem] text-ink-soft">
          <span className="font-medium text-ink">{mine ? t('conversation.you') : author.name}</span>
          {twin && <AiBadge name={author.name} />}
          {author.kind === 'creator' && (
            <span className="rounded-md bg-sunken px-1.5 text-xs font-medium">{t('conversation.creator')}</span>
          )}
          {sentAt !== undefined && (
            <time dateTime={new Date(sentAt).toISOString()} className="tabular-nums">
              {new Date(sentAt).toLocaleTimeString(i18n.language, { hour: 'numeric', minute: '2-digit' })}
            </time>
          )}
        </p>
        <div
          data-text
          className={`max-w-full rounded-2xl px-3.5 py-2 leading-relaxed [word-break:normal] whitespace-pre-wrap ${look}`}
        >
          {children}
        </div>
        {note && <div className="mt-1 px-1 text-[0.8rem] text-ink-soft">{note}</div>}
      </div>
    </div>
  );
}

type MessageProps = { message: Message; mine: boolean; picture?: string };

export const MessageLine = memo(function MessageLine({ message, mine, picture }: MessageProps) {
  const { t, i18n } = useTranslation();
  const { messageId, author, text, sentAt, tip, finish } = message;
  const ended = finish !== undefined && finish !== 'complete' ? t(`conversation.${finish}`) : undefined;
  if (text === '') {
    return <p className="text-center text-sm text-ink-soft">{ended ?? t('conversation.noAnswer')}</p>;
  }
  return (
    <Line id={messageId} author={author} mine={mine} picture={picture} sentAt={sentAt} note={ended}>
      {tip && (
        <span className="mb-1 block font-semibold">{t('conversation.tip', { amount: money(tip, i18n.language) })}</span>
      )}
      {text}
    </Line>
  );
});

/** Amounts are integers of the currency's smallest unit. */
function money({ amount, currency }: { amount: number; currency: string }, language: string): string {
  const format = new Intl.NumberFormat(language, { style: 'currency', currency });
  return format.format(amount / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 0));
}
