import { useTranslation } from 'react-i18next';
import { languageNames, languages, setLanguage, type UiLanguage } from '../i18n/i18n.ts';
import { setTheme, useTheme } from '../ui/theme.ts';
import { setVoice, useVoiceSetting } from '../voice/voice-setting.ts';
import { captionSizes, setCaptionSize, setCaptions, useCaptionsSetting } from './captions-setting.ts';
import { motions, setMotion, useMotionSetting } from './motion-setting.ts';
import { qualities, setQuality, useQualitySetting } from './quality-setting.ts';
import { ChoiceRow, SwitchRow } from './row.tsx';

type Props = {
  /** With a line that says what the choice means. */
  hints?: boolean;
};

export function VoiceRow({ hints }: Props) {
  const { t } = useTranslation();
  const on = useVoiceSetting((state) => state.on);
  const hint = hints ? t('settings.voiceHint') : undefined;
  return <SwitchRow label={t('settings.voice')} hint={hint} checked={on} onChange={setVoice} />;
}

export function CaptionsRow({ hints }: Props) {
  const { t } = useTranslation();
  const on = useCaptionsSetting((state) => state.on);
  const hint = hints ? t('settings.captionsHint') : undefined;
  return <SwitchRow label={t('settings.captions')} hint={hint} checked={on} onChange={setCaptions} />;
}

export function CaptionSizeRow() {
  const { t } = useTranslation();
  const size = useCaptionsSetting((state) => state.size);
  const options = captionSizes.map((value) => ({ value, label: t(`settings.sizes.${value}`) }));
  return <ChoiceRow label={t('settings.captionSize')} value={size} onChange={setCaptionSize} options={options} />;
}

export function QualityRow({ hints }: Props) {
  const { t } = useTranslation();
  const quality = useQualitySetting((state) => state.quality);
  const hint = hints ? t('settings.qualityHint') : undefined;
  const options = qualities.map((value) => ({ value, label: t(`settings.qualities.${value}`) }));
  return (
    <ChoiceRow label={t('settings.quality')} hint={hint} value={quality} onChange={setQuality} options={options} />
  );
}

export function MotionRow({ hints }: Props) {
  const { t } = useTranslation();
  const motion = useMotionSetting((state) => state.motion);
  const hint = hints ? t('settings.motionHint') : undefined;
  const options = motions.map((value) => ({ value, label: t(`settings.motions.${value}`) }));
  return <ChoiceRow label={t('settings.motion')} hint={hint} value={motion} onChange={setMotion} options={options} />;
}

export function LanguageRow() {
  const { t, i18n } = useTranslation();
  const options = languages.map((value) => ({ value, label: languageNames[value], lang: value }));
  const language = i18n.language as UiLanguage;
  return <ChoiceRow label={t('settings.language')} value={language} onChange={setLanguage} options={options} />;
}

export function ThemeRow() {
  const { t } = useTranslation();
  const theme = useTheme((state) => state.theme);
  const options = (['system', 'light', 'dark'] as const).map((value) => ({
    value,
    label: t(`settings.themes.${value}`),
  }));
  return <ChoiceRow label={t('settings.theme')} value={theme} onChange={setTheme} options={options} />;
}
