import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type CaptionSize, useCaptionsSetting } from '../settings/captions-setting.ts';
import type { Caption } from './captions.ts';

const sizes = {
  small: 'max-w-2xl text-[0.9rem] leading-relaxed sm:text-base',
  normal: 'max-w-2xl text-[1.05rem] leading-relaxed sm:text-xl',
  large: 'max-w-3xl text-[1.35rem] leading-snug sm:text-[1.75rem]',
  /** As the picture of a stream is large or small, so is its text. */
  overlay: 'max-w-[46em] text-[clamp(1.1rem,3.2vw,4rem)] leading-snug',
} as const satisfies Record<CaptionSize | 'overlay', string>;

/** What is being said, where the visitor wants it: to be read, and to screen readers each sentence once. */
export function Captions({ caption, language }: { caption: Caption | undefined; language: string }) {
  const { t } = useTranslation();
  const { on, size } = useCaptionsSetting();
  return (
    <>
      <p aria-live="polite" className="sr-only" lang={language}>
        {on && caption?.sentence.text}
      </p>
      {on && caption && (
        <CaptionText
          key={caption.sentence.startsAt}
          hidden
          size={size}
          language={language}
          title={t('conversation.captions')}
        >
          <Words caption={caption} />
        </CaptionText>
      )}
    </>
  );
}

type TextProps = {
  size: keyof typeof sizes;
  language?: string;
  title?: string;
  /** From screen readers, who are told otherwise. */
  hidden?: boolean;
  children: ReactNode;
};

export function CaptionText({ size, language, title, hidden, children }: TextProps) {
  return (
    <p
      aria-hidden={hidden}
      lang={language}
      title={title}
      className={`pointer-events-none w-fit animate-rise rounded-2xl bg-caption px-4 py-2 text-center text-pretty text-white sm:px-5 sm:py-2.5 ${size === 'overlay' ? '' : 'mx-auto'} ${sizes[size]}`}
    >
      {children}
    </p>
  );
}

export function Words({ caption: { sentence, word } }: { caption: Caption }) {
  const { text } = sentence;
  if (!word) return text;
  return (
    <>
      {text.slice(0, word.start)}
      <mark className="rounded-md bg-transparent text-[#ffc9ae] underline decoration-2 underline-offset-4">
        {text.slice(word.start, word.end).trimEnd()}
      </mark>
      {text.slice(word.start + text.slice(word.start, word.end).trimEnd().length)}
    </>
  );
}
