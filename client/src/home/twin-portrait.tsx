import type { Character } from '@fantwin/shared/characters';
import { useTranslation } from 'react-i18next';
import { config } from '../config.ts';
import { Portrait } from '../ui/portrait.tsx';

type Props = { character: Character; className: string; initials?: 'normal' | 'large' };

/** Where a twin's picture is; some have none. */
export const pictureOf = ({ pictureUrl }: Pick<Character, 'pictureUrl'>): string | undefined =>
  pictureUrl && config.serverUrl + pictureUrl;

/** How a twin looks. */
export function TwinPortrait({ character, className, initials }: Props) {
  const { t } = useTranslation();
  const { name } = character;
  return (
    <Portrait
      name={name}
      src={pictureOf(character)}
      alt={t('home.portrait', { name })}
      className={className}
      initials={initials}
    />
  );
}
