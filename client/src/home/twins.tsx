import type { Character } from '@fantwin/shared/characters';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { NameDialog } from '../account/name-dialog.tsx';
import { useUser } from '../account/use-user.ts';
import { useErrorText } from '../i18n/use-error-text.ts';
import { toRequestError } from '../net/request-error.ts';
import { Button } from '../ui/button.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { toast } from '../ui/toaster.tsx';
import { TwinPortrait } from './twin-portrait.tsx';
import { useCharacters, useTalkInPrivate } from './use-home.ts';

/** Every twin, to be talked with in private. A stranger is asked for a name first. */
export function Twins() {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const user = useUser();
  const { data, isPending, isError, refetch } = useCharacters();
  const talk = useTalkInPrivate();
  const [wanted, setWanted] = useState<Character>();

  function open(character: Character): void {
    setWanted(undefined);
    talk.mutate(character.id, { onError: (error) => toast(errorText(toRequestError(error)), 'bad') });
  }

  return (
    <section aria-labelledby="twins" className="mt-14">
      <h2 id="twins" className="font-display text-2xl">
        {t('home.twins')}
      </h2>
      {isPending && <Skeleton className="mt-5 h-24 rounded-3xl" />}
      {isError && !data && (
        <p role="alert" className="mt-5">
          {t('home.twinsFailed')}{' '}
          <Button look="outline" size="small" onClick={() => void refetch()}>
            {t('app.retry')}
          </Button>
        </p>
      )}
      {data?.items.length === 0 && <p className="mt-5 text-ink-soft">{t('home.noTwins')}</p>}
      {data && (
        <ul className="mt-5 grid gap-3">
          {data.items.map((character) => (
            <li
              key={character.id}
              className="flex flex-wrap items-center gap-4 rounded-3xl border border-line bg-surface p-4 sm:flex-nowrap sm:px-5"
            >
              <TwinPortrait character={character} className="size-16 rounded-2xl [--rise:50%]" />
              <div className="min-w-0 flex-1 basis-52">
                <h3 className="font-semibold">{character.name}</h3>
                <p className="text-ink-soft">{character.tagline}</p>
              </div>
              <Button
                look="soft"
                size="small"
                className="w-full sm:w-auto"
                busy={talk.isPending && talk.variables === character.id}
                onClick={() => (user ? open(character) : setWanted(character))}
                aria-label={`${t('home.private')}: ${character.name}`}
              >
                {t('home.private')}
              </Button>
            </li>
          ))}
        </ul>
      )}
      <NameDialog
        open={wanted !== undefined}
        onClose={() => setWanted(undefined)}
        onDone={() => wanted && open(wanted)}
      />
    </section>
  );
}
