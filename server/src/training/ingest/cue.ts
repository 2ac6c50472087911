import type { Author } from './piece.ts';

/** A word, or one character of a script without spaces. */
export type Token = {
  text: string;
  /** No space stood before it. */
  glued: boolean;
  /** When it is said, where the file tells. */
  atMs?: number;
};

/** Words on the screen for a time. */
export type Cue = { lines: Token[][]; startMs: number; endMs: number; line: number; author?: Author };

const word =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー々〆]|[^\s\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー々〆]+/gu;
const spaceless = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー々〆、。！？「」『』（）・…]/u;

/** Whether a language without spaces is written here. */
export const isSpaceless = (text: string): boolean => spaceless.test(text);

/** The words of a line, all said from `atMs` on where that is known. */
export function toTokens(text: string, atMs?: number): Token[] {
  return Array.from(text.matchAll(word), ({ 0: found, index }) => ({
    text: found,
    glued: index > 0 && !/\s/u.test(text[index - 1] ?? ''),
    ...(atMs !== undefined && { atMs }),
  }));
}

/** Words as text. */
export function textOf(tokens: readonly Token[]): string {
  let text = '';
  for (const token of tokens) text += (token.glued || text === '' ? '' : ' ') + token.text;
  return text;
}

/** One line after another: a space between them where the language has spaces. */
export function joinTexts(before: string, after: string): string {
  if (!before || !after) return before + after;
  const glued = isSpaceless(before.slice(-1)) && isSpaceless(after.slice(0, 1));
  return glued ? before + after : `${before} ${after}`;
}
