import type { VrmModel } from '@fantwin/shared/vrm-models';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../ui/button.tsx';
import { TrashIcon } from '../ui/icons.tsx';
import { Portrait } from '../ui/portrait.tsx';
import { AvatarFacts, PhoneBadge, StateBadge } from './avatar-facts.tsx';
import { AvatarPreview } from './avatar-preview.tsx';
import { DeleteAvatar } from './delete-avatar.tsx';
import { Refusal } from './refusal.tsx';
import { useFileUrl } from './use-file-url.ts';
import { lacksPortrait, useMakePortrait } from './use-portrait.ts';

/** One avatar: its portrait, where it stands with the moderators, what is known of it. */
export function AvatarCard({ model, isMine = false }: { model: VrmModel; isMine?: boolean }) {
  const { t } = useTranslation();
  const [shows, setShows] = useState<'preview' | 'delete'>();
  const close = () => setShows(undefined);
  const { summary, state, reason, pictureUrl } = model;
  const picture = useFileUrl(pictureUrl, state === 'approved');
  const makePortrait = useMakePortrait();
  return (
    <li className="flex flex-col overflow-hidden rounded-3xl border border-line bg-surface shadow-card">
      <div className="relative">
        <Portrait name={summary.name} src={picture.url} alt="" initials="large" className="aspect-[4/3] [--rise:50%]" />
        {isMine && <StateBadge state={state} />}
      </div>
      <div className="grid gap-3 p-5">
        <div>
          <h3 className="text-lg leading-snug font-semibold">{summary.name}</h3>
          <p className="text-ink-soft">{t('studio.avatars.by', { authors: summary.licence.authors.join(', ') })}</p>
        </div>
        {summary.budget.goodForPhones && <PhoneBadge />}
        {isMine && state === 'pending' && <p className="text-sm text-ink-soft">{t('studio.avatars.pendingLead')}</p>}
        {state === 'refused' && (
          <p className="rounded-2xl bg-bad-soft px-4 py-3 text-sm">
            {t('studio.avatars.refusedLead')} {reason}
          </p>
        )}
        <AvatarFacts summary={summary} />
        <Refusal error={makePortrait.error} what={t('studio.upload.noPortrait')} />
        <div className="flex flex-wrap gap-2">
          <Button
            look="soft"
            size="small"
            onClick={() => setShows('preview')}
            aria-label={`${t('studio.avatars.preview')}: ${summary.name}`}
          >
            {t('studio.avatars.preview')}
          </Button>
          {isMine && lacksPortrait(model) && (
            <Button
              look="outline"
              size="small"
              busy={makePortrait.isPending}
              onClick={() => makePortrait.mutate({ model })}
            >
              {t('studio.avatars.makePortrait')}
            </Button>
          )}
          {isMine && (
            <Button
              look="ghost"
              size="small"
              className="ml-auto"
              onClick={() => setShows('delete')}
              aria-label={`${t('studio.avatars.delete')}: ${summary.name}`}
            >
              <TrashIcon />
              {t('studio.avatars.delete')}
            </Button>
          )}
        </div>
      </div>
      {shows === 'preview' && <AvatarPreview model={model} onClose={close} />}
      {shows === 'delete' && <DeleteAvatar model={model} onClose={close} />}
    </li>
  );
}
