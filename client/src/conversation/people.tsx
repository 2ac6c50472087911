import type { ConversationId } from '@fantwin/shared/ids';
import { Popover } from 'radix-ui';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useUser } from '../account/use-user.ts';
import { useNet } from '../net/net.ts';
import { Button } from '../ui/button.tsx';
import { CloseIcon, PeopleIcon } from '../ui/icons.tsx';
import { Initials } from '../ui/initials.tsx';
import { useRoom } from './use-conversation.ts';
import { recentWriters, type Writer } from './writers.ts';

const LATELY_MS = 30 * 60_000;
const WRITERS_MAX = 30;
const SHOWN = 3;
const none: never[] = [];

/** How many are here, and who wrote lately; a press shows all of them. */
export function People({ conversationId, count }: { conversationId: ConversationId; count: number }) {
  const { t } = useTranslation();
  const { clock } = useNet();
  const messages = useRoom(conversationId, ({ log }) => log.view?.messages ?? none);
  const [open, setOpen] = useState(false);
  const writers = recentWriters(messages, clock.now() - LATELY_MS, WRITERS_MAX);
  const first = writers.slice(0, SHOWN);
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger className="pointer-events-auto relative flex min-h-8 items-center gap-2 rounded-full bg-surface/85 px-3 text-ink backdrop-blur after:absolute after:-inset-1.5 hover:bg-surface">
        <PeopleIcon className="size-4" />
        <span aria-hidden="true" className="tabular-nums">
          {count}
        </span>
        <span className="sr-only">{t('conversation.people', { count })}</span>
        {first.length > 0 && <Faces writers={first} more={writers.length - first.length} />}
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          align="start"
          sideOffset={8}
          collisionPadding={12}
          aria-label={t('conversation.people', { count })}
          className="z-50 max-h-[min(22rem,var(--radix-popover-content-available-height))] w-72 animate-rise overflow-y-auto rounded-2xl border border-line bg-surface p-4 shadow-card"
        >
          <p className="min-h-9 pr-10 font-semibold">{t('conversation.people', { count })}</p>
          {writers.length === 0 ? (
            <p className="text-sm text-ink-soft">{t('conversation.nobodyWrote')}</p>
          ) : (
            <List writers={writers} />
          )}
          <Popover.Close asChild>
            <Button look="ghost" size="icon" aria-label={t('app.close')} className="absolute top-1.5 right-1.5">
              <CloseIcon />
            </Button>
          </Popover.Close>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

function Faces({ writers, more }: { writers: readonly Writer[]; more: number }) {
  const { t, i18n } = useTranslation();
  const names = writers.map(({ name }) => name);
  const said = new Intl.ListFormat(i18n.language, { type: 'unit', style: 'short' }).format(names);
  return (
    <>
      <span aria-hidden="true" className="flex items-center -space-x-1.5">
        {writers.map(({ id, name }) => (
          <Initials key={id} name={name} size="tiny" />
        ))}
      </span>
      <span aria-hidden="true" className="hidden max-w-48 truncate sm:inline">
        {said}
        {more > 0 && ` +${more}`}
      </span>
      <span className="sr-only">{t('conversation.wrote', { names: said, count: more })}</span>
    </>
  );
}

function List({ writers }: { writers: readonly Writer[] }) {
  const { t } = useTranslation();
  const me = useUser()?.id;
  return (
    <>
      <p id="wrote-lately" className="text-sm text-ink-soft">
        {t('conversation.wroteLately')}
      </p>
      <ul aria-labelledby="wrote-lately" className="mt-2 grid gap-2">
        {writers.map(({ id, name, kind }) => (
          <li key={id} className="flex items-center gap-2.5">
            <Initials name={name} size="small" />
            <span className="min-w-0 flex-1 truncate">{name}</span>
            {kind === 'creator' && (
              <span className="rounded-md bg-sunken px-1.5 text-xs font-medium">{t('conversation.creator')}</span>
            )}
            {id === me && <span className="text-sm text-ink-soft">{t('conversation.you')}</span>}
          </li>
        ))}
      </ul>
    </>
  );
}
