import type { OwnCharacter } from '@fantwin/shared/characters';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Button } from '../ui/button.tsx';
import { Field } from '../ui/field.tsx';
import { PeopleIcon } from '../ui/icons.tsx';
import { LiveSwitch } from './live-switch.tsx';
import { Refusal } from './refusal.tsx';
import { ShareLinks } from './share-links.tsx';
import { TITLE_MAX_CHARS, useLiveTitle } from './use-live-title.ts';
import { useChangeLive } from './use-studio.ts';

type Live = NonNullable<OwnCharacter['live']>;

/** The twin's live conversation: open or not, its title, who watches, where it is. */
export function LivePanel({ twin }: { twin: OwnCharacter }) {
  const { t } = useTranslation();
  const usualTitle = useLiveTitle(twin.name, twin.language);
  const [title, setTitle] = useState<string>();
  const { live } = twin;
  return (
    <section aria-labelledby="live" className="grid gap-5 rounded-3xl border border-line bg-surface p-5 sm:p-6">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-3">
        <h2 id="live" className="font-display text-2xl">
          {t('studio.live.heading')}
        </h2>
        <p role="status" className="mr-auto flex items-center gap-2 text-ink-soft">
          {live?.open ? (
            <>
              <span aria-hidden="true" className="size-2.5 animate-breathe rounded-full bg-bad" />
              <PeopleIcon /> {t('home.people', { count: live.people })}
            </>
          ) : (
            t('studio.live.off')
          )}
        </p>
        <LiveSwitch twin={twin} title={title} />
      </div>
      {live?.open ? (
        <>
          <Rename key={live.id} live={live} />
          <ShareLinks conversationId={live.id} />
          <Button asChild look="outline" className="justify-self-start">
            <Link to={`/c/${live.id}`}>{t('studio.live.enter')}</Link>
          </Button>
        </>
      ) : (
        <Field
          label={t('studio.live.titleLabel')}
          hint={t('studio.live.titleHint')}
          value={title ?? live?.title ?? usualTitle}
          lang={twin.language}
          maxLength={TITLE_MAX_CHARS}
          onChange={(event) => setTitle(event.target.value)}
        />
      )}
    </section>
  );
}

function Rename({ live }: { live: Live }) {
  const { t } = useTranslation();
  const [title, setTitle] = useState(live.title);
  const change = useChangeLive(live.id);
  const wanted = title.trim();
  function submit(event: FormEvent): void {
    event.preventDefault();
    if (wanted !== '' && wanted !== live.title) change.mutate({ title: wanted });
  }
  return (
    <form onSubmit={submit} className="grid gap-3">
      <div className="flex items-end gap-2">
        <Field
          label={t('studio.live.titleLabel')}
          value={title}
          maxLength={TITLE_MAX_CHARS}
          onChange={(event) => setTitle(event.target.value)}
          className="min-w-0 flex-1"
        />
        {wanted !== live.title && (
          <Button type="submit" look="soft" busy={change.isPending} disabled={wanted === ''}>
            {t('studio.edit.save')}
          </Button>
        )}
      </div>
      <Refusal error={change.error} />
    </form>
  );
}
