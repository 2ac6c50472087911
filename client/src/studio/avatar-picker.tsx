import type { VrmModelId } from '@fantwin/shared/ids';
import type { VrmModel } from '@fantwin/shared/vrm-models';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { config } from '../config.ts';
import { CheckIcon, UploadIcon } from '../ui/icons.tsx';
import { Portrait } from '../ui/portrait.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { Refusal } from './refusal.tsx';
import { useVrmModels } from './use-studio.ts';

type Props = { value: VrmModelId | null; onChange: (model: VrmModel) => void };

const grid = 'grid grid-cols-2 gap-3 sm:grid-cols-[repeat(auto-fill,minmax(12rem,1fr))] sm:gap-4';

/** One of the avatars that a twin can wear. */
export function AvatarPicker({ value, onChange }: Props) {
  const { t } = useTranslation();
  const group = useId();
  const { data, isPending, error, refetch, isFetching } = useVrmModels();
  if (isPending) {
    return (
      <div role="status" aria-label={t('home.loading')} className={grid}>
        {[0, 1, 2].map((n) => (
          <Skeleton key={n} className="aspect-square rounded-3xl" />
        ))}
      </div>
    );
  }
  if (!data)
    return <Refusal error={error} what={t('studio.avatars.failed')} onRetry={() => void refetch()} busy={isFetching} />;
  const waiting = data.items.filter(({ state }) => state === 'pending').length;
  return (
    <fieldset>
      <legend className="sr-only">{t('studio.fields.avatar')}</legend>
      <div className={grid}>
        {data.items
          .filter(({ state }) => state === 'approved')
          .map((model) => (
            <Choice
              key={model.id}
              group={group}
              model={model}
              chosen={model.id === value}
              onChoose={() => onChange(model)}
            />
          ))}
        <Link
          to="/studio/avatars"
          className="flex flex-col items-center justify-center gap-2 rounded-3xl border border-dashed border-line-strong p-4 text-center text-ink-soft transition hover:border-accent hover:text-ink"
        >
          <UploadIcon className="size-7" />
          <span className="text-sm font-medium">{t('studio.avatars.own')}</span>
        </Link>
      </div>
      {waiting > 0 && (
        <p className="mt-3 text-sm text-ink-soft">{t('studio.avatars.waitingCount', { count: waiting })}</p>
      )}
    </fieldset>
  );
}

type ChoiceProps = { group: string; model: VrmModel; chosen: boolean; onChoose: () => void };

function Choice({ group, model: { summary, pictureUrl }, chosen, onChoose }: ChoiceProps) {
  const authors = summary.licence.authors.join(', ');
  return (
    <label className="relative flex cursor-pointer flex-col overflow-hidden rounded-3xl border-2 border-line bg-surface transition hover:border-line-strong has-checked:border-accent has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent">
      <input type="radio" name={group} checked={chosen} onChange={onChoose} className="sr-only" />
      <Portrait
        name={summary.name}
        src={pictureUrl && config.serverUrl + pictureUrl}
        alt=""
        initials="large"
        className="aspect-square [--rise:50%]"
      />
      {chosen && (
        <span
          aria-hidden="true"
          className="absolute top-2.5 right-2.5 grid size-7 place-items-center rounded-full bg-accent text-on-accent"
        >
          <CheckIcon />
        </span>
      )}
      <span className="px-3.5 pt-2.5 pb-3">
        <span className="block truncate font-semibold">{summary.name}</span>
        <span className="block truncate text-sm text-ink-soft">{authors}</span>
      </span>
    </label>
  );
}
