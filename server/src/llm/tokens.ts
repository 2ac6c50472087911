/** Tokens of a text, guessed from its length: about 3.5 letters each, one each for Chinese, Japanese and Korean. */
export function estimateTokens(text: string): number {
  const wide =
    text.match(/[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\u3000-\u303f\uff00-\uffef]/gu)?.length ?? 0;
  return Math.ceil(wide + (text.length - wide) / 3.5);
}
