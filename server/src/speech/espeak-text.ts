import type { Language } from '@fantwin/shared/characters';

/** What eSpeak NG is given to read. */
export type EspeakText = {
  text: string;
  /** The UTF-16 offset in the sentence of each character (code point) of it. */
  offsets: number[];
};

/** Pictures, and marks that eSpeak takes for commands (`<b>`, `[[phonemes]]`) or reads out by name. */
const unspoken =
  /[\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Regional_Indicator}\p{Cc}\p{Cf}\p{M}<>[\]{}*_~#`|\\^&]/u;
/** Kept although it is one of the above: it belongs to the letter before it. */
const joins = /\p{Script_Extensions=Hira}|[\u0300-\u036f]/u;

/** Character by character, so that each keeps its place. */
export function espeakText(sentence: string): EspeakText {
  const offsets: number[] = [];
  let text = '';
  let offset = 0;
  for (const char of sentence) {
    offsets.push(offset);
    offset += char.length;
    const usual = char.normalize('NFKC');
    const single = Array.from(usual).length === 1 ? usual : char;
    text += unspoken.test(single) && !joins.test(single) ? ' ' : single;
  }
  return { text, offsets };
}

const letter = /\p{L}/gu;
const known: Record<Language, RegExp> = {
  en: /[\p{Script=Latin}\p{Script=Common}]/u,
  ja: /[\p{Script_Extensions=Hira}\p{Script_Extensions=Kana}\p{Script=Latin}]/u,
};
const kana = /[\p{Script=Hiragana}\p{Script=Katakana}]/u;

/** A sentence of kana is read as Japanese whoever says it. */
export const languageOf = (sentence: string, language: Language): Language => (kana.test(sentence) ? 'ja' : language);

/** eSpeak spells out letters that it does not know ("Chinese letter"): better said without sound. */
export function canEspeakRead(sentence: string, language: Language): boolean {
  const readAs = known[languageOf(sentence, language)];
  return (sentence.match(letter) ?? []).every((one) => readAs.test(one));
}
