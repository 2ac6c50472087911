import { createInstance } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { recall, remember } from '../ui/remember.ts';
import { en } from './en.ts';
import { ja } from './ja.ts';

export const languages = ['en', 'ja'] as const;
export type UiLanguage = (typeof languages)[number];
/** Each in its own words: who reads only one finds it. */
export const languageNames: Record<UiLanguage, string> = { en: 'English', ja: '日本語' };

export const i18n = createInstance();

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: typeof en };
  }
}

/** The first of the browser's languages that we have. */
export function pickLanguage(wanted: readonly string[]): UiLanguage {
  const known = wanted.map((tag) => tag.slice(0, 2).toLowerCase());
  return (
    languages.find((language) => language === known.find((tag) => (languages as readonly string[]).includes(tag))) ??
    'en'
  );
}

export async function startI18n(): Promise<void> {
  i18n.on('languageChanged', (language) => {
    document.documentElement.lang = language;
  });
  await i18n.use(initReactI18next).init({
    lng: recall('language', languages) ?? pickLanguage(navigator.languages),
    fallbackLng: 'en',
    resources: { en: { translation: en }, ja: { translation: ja } },
    interpolation: { escapeValue: false }, // React does
  });
}

export function setLanguage(language: UiLanguage): void {
  remember('language', language);
  void i18n.changeLanguage(language);
}
