import { useTranslation } from 'react-i18next';
import type { Caption } from './captions.ts';

/** The sentence that is being said, and to screen readers each sentence once. */
export function Captions({ caption, language }: { caption: Caption | undefined; language: string }) {
  const { t } = useTranslation();
  return (
    <>
      <p aria-live="polite" className="sr-only" lang={language}>
        {caption?.sentence.text}
      </p>
      {caption && (
        <p
          key={caption.sentence.startsAt}
          aria-hidden="true"
          lang={language}
          title={t('conversation.captions')}
          className="pointer-events-none mx-auto w-fit max-w-2xl animate-rise rounded-2xl bg-caption px-4 py-2 text-center text-[1.05rem] leading-relaxed text-pretty text-white sm:px-5 sm:py-2.5 sm:text-xl"
        >
          <Words caption={caption} />
        </p>
      )}
    </>
  );
}

function Words({ caption: { sentence, word } }: { caption: Caption }) {
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
