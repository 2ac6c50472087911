import type { Character } from '@fantwin/shared/characters';
import { useTranslation } from 'react-i18next';
import { Initials } from '../ui/initials.tsx';

/** The top of a conversation: who one talks with. Not a message: nobody sent it. */
export function Greeting({ character, empty }: { character: Character; empty: boolean }) {
  const { t } = useTranslation();
  return (
    <div className="mx-auto mb-2 grid max-w-sm justify-items-center gap-1 pt-4 text-center">
      <Initials name={character.name} />
      <p className="mt-1 font-display text-lg" lang={character.language}>
        {character.greeting}
      </p>
      <p className="text-sm text-ink-soft">{empty ? t('conversation.empty') : t('conversation.beginning')}</p>
    </div>
  );
}
