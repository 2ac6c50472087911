import { Popover } from 'radix-ui';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Button } from '../ui/button.tsx';
import { SettingsIcon } from '../ui/icons.tsx';
import { CaptionSizeRow, CaptionsRow, LanguageRow, MotionRow, QualityRow, ThemeRow, VoiceRow } from './rows.tsx';

/** The same choices beside what they change: the conversation stays in sight. */
export function SettingsPopover() {
  const { t } = useTranslation();
  return (
    <Popover.Root>
      <Popover.Trigger asChild>
        <Button look="ghost" size="icon" aria-label={t('settings.title')}>
          <SettingsIcon />
        </Button>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          align="end"
          sideOffset={6}
          collisionPadding={12}
          aria-label={t('settings.title')}
          className="z-50 grid max-h-(--radix-popover-content-available-height) w-[min(22rem,calc(100vw-1.5rem))] animate-rise gap-3 overflow-y-auto rounded-2xl border border-line bg-surface p-4 shadow-card"
        >
          <VoiceRow />
          <CaptionsRow />
          <CaptionSizeRow />
          <QualityRow />
          <MotionRow />
          <LanguageRow />
          <ThemeRow />
          <Link to="/settings" className="text-sm text-accent underline underline-offset-4">
            {t('settings.all')}
          </Link>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
