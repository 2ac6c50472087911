import type { You } from '@fantwin/shared/conversations';
import { MessageText } from '@fantwin/shared/live';
import { TEXT_MAX_CHARS } from '@fantwin/shared/limits';
import { type KeyboardEvent, type Ref, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../ui/button.tsx';
import { SendIcon } from '../ui/icons.tsx';
import { useCountdown } from '../ui/use-countdown.ts';

/** The counter shows when this much is left. */
const COUNTER_FROM_CHARS = 80;

type Props = {
  name: string;
  text: string;
  onText: (text: string) => void;
  onSend: (text: string) => void;
  restricted: You['restricted'];
  input: Ref<HTMLTextAreaElement>;
};

/** Enter sends, Shift+Enter begins a line; while a Japanese word is being composed Enter only ends the word. */
export function Composer({ name, text, onText, onSend, restricted, input }: Props) {
  const { t, i18n } = useTranslation();
  const counterId = useId();
  const mutedForSeconds = useCountdown(restricted?.until);
  const muted = restricted !== undefined && (restricted.until === undefined || mutedForSeconds > 0);
  const left = TEXT_MAX_CHARS - text.normalize('NFC').trim().length;
  const ready = MessageText.safeParse(text).success;

  function send(): void {
    if (!ready) return;
    onSend(text);
    onText('');
  }

  function onKeyDown(event: KeyboardEvent): void {
    const composing = event.nativeEvent.isComposing || event.keyCode === 229;
    if (event.key !== 'Enter' || event.shiftKey || composing) return;
    event.preventDefault();
    send();
  }

  if (muted) {
    const until =
      restricted.until && new Date(restricted.until).toLocaleTimeString(i18n.language, { timeStyle: 'short' });
    return (
      <p role="status" className="rounded-2xl bg-warn-soft px-4 py-3 text-[0.95rem]">
        {until ? t('conversation.mutedUntil', { time: until }) : t('conversation.banned')}
      </p>
    );
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <div className="flex items-end gap-1 rounded-3xl border border-line-strong bg-surface p-1 pl-4 focus-within:border-accent focus-within:ring-1 focus-within:ring-accent">
        <textarea
          ref={input}
          rows={1}
          value={text}
          onChange={(event) => onText(event.target.value)}
          onKeyDown={onKeyDown}
          aria-label={t('conversation.write', { name })}
          aria-describedby={counterId}
          placeholder={t('conversation.write', { name })}
          enterKeyHint="send"
          className="field-sizing-content max-h-36 min-h-11 flex-1 resize-none bg-transparent py-2.5 text-base leading-6 outline-none placeholder:text-ink-soft"
        />
        <Button type="submit" size="icon" disabled={!ready} aria-label={t('conversation.send')}>
          <SendIcon />
        </Button>
      </div>
      <p
        id={counterId}
        aria-live="polite"
        className={`px-4 text-right text-[0.8rem] ${left < 0 ? 'text-bad' : 'text-ink-soft'}`}
      >
        {left < 0 && t('conversation.over', { count: -left })}
        {left >= 0 && left <= COUNTER_FROM_CHARS && t('conversation.left', { count: left })}
      </p>
    </form>
  );
}
