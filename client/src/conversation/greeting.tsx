import type { Character } from '@fantwin/shared/characters';
import { useTranslation } from 'react-i18next';
import { TwinPortrait } from '../home/twin-portrait.tsx';

/** The top of a conversation: who one talks with. Not a message: nobody sent it. */
export function Greeting({ character, empty }: { character: Character; empty: boolean }) {
  const { t } = useTranslation();
  return (
    <div className="mx-auto mb-2 grid max-w-sm justify-items-center gap-1 pt-4 text-center">
      <TwinPortrait character={character} className="size-16 rounded-full [--rise:50%]" />
      <p className="mt-1 font-display text-lg" lang={character.language}>
        {character.greeting}
      </p>
      <p className="text-sm text-ink-soft">{empty ? t('conversation.empty') : t('conversation.beginning')}</p>
    </div>
  );
}
