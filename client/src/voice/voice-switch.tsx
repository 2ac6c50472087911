import type { Voice } from '@fantwin/shared/conversations';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useCaption } from '../conversation/use-caption.ts';
import type { Speech } from '../conversation/view.ts';
import type { PlatformClock } from '../net/clock.ts';
import { SoundIcon, SoundOffIcon } from '../ui/icons.tsx';
import { toast } from '../ui/toaster.tsx';
import { setVoice, useVoiceSetting } from './voice-setting.ts';
import { whySilent } from './why-silent.ts';

type Props = {
  name: string;
  voice: Voice | undefined;
  speech: Speech | undefined;
  clock: PlatformClock;
  /** The browser waits for a gesture before anything can be heard. */
  locked: boolean;
};

const look =
  'flex min-h-11 min-w-11 items-center justify-center gap-2 rounded-full bg-surface/85 px-3 text-sm text-ink backdrop-blur hover:bg-surface';

/** Turns the twin's voice on and off; where nobody can be heard, it says why. */
export function VoiceSwitch({ name, voice, speech, clock, locked }: Props) {
  const { t } = useTranslation();
  const on = useVoiceSetting((state) => state.on);
  const unlocks = useRef(false);
  const said = useCaption(speech, clock)?.sentence;
  if (!voice) return null;
  const reason = whySilent(voice, said);
  if (reason && (on || 'silent' in voice)) {
    const text = t(`voice.${reason}`, { name });
    return (
      <button type="button" className={look} title={text} aria-label={text} onClick={() => toast(text)}>
        <SoundOffIcon />
        <span className="hidden sm:inline">{t('voice.noSound')}</span>
      </button>
    );
  }
  const credit = 'name' in voice ? voice.name : '';
  const waits = on && locked && (speech?.sentences ?? []).some(({ url }) => url !== undefined);
  /** The press that unlocks the sound has done so before it becomes a click: it must not turn the voice off. */
  const press = () => {
    unlocks.current = waits;
  };
  return (
    <button
      type="button"
      className={look}
      title={t('voice.of', { credit })}
      aria-label={t('voice.switch')}
      aria-pressed={on}
      onPointerDown={press}
      onKeyDown={press}
      onClick={() => !unlocks.current && setVoice(!on)}
    >
      {on ? <SoundIcon /> : <SoundOffIcon />}
      {waits && <span>{t('voice.tap')}</span>}
    </button>
  );
}
