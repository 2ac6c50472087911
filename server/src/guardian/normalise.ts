import { glyphOf, joinsGlyph, type Glyph } from './glyph.ts';

/** Text as a rule reads it. `offsets[i]`: where its character i began in the original, in UTF-16. */
export type Normalised = { text: string; offsets: number[] };

type Letter = { char: string; at: number };

/** The graphemes of a text, with their places. */
export function* glyphs(text: string): Generator<{ glyph: Glyph; start: number; end: number }> {
  let start = 0;
  for (let at = 0; at < text.length; ) {
    const code = text.codePointAt(at) ?? 0;
    if (at > start && !joinsGlyph(text.slice(start, at), code)) {
      yield { glyph: glyphOf(text.slice(start, at)), start, end: at };
      start = at;
    }
    at += code > 0xffff ? 2 : 1;
  }
  if (start < text.length) yield { glyph: glyphOf(text.slice(start)), start, end: text.length };
}

/**
 * NFKC, lower case, look-alikes and digits inside words as letters, nothing invisible, spelled-out words joined, letters
 * that are drawn out written once.
 */
export function normalise(text: string): Normalised {
  const letters = squeeze(joinSpelled(unleet(fold(text))));
  return { text: textOf(letters), offsets: letters.map(({ at }) => at) };
}

const textOf = (letters: readonly Letter[]): string => letters.map(({ char }) => char).join('');

function fold(text: string): Letter[] {
  const letters: Letter[] = [];
  for (const { glyph, start } of glyphs(text)) {
    if (glyph.kind === 'apostrophe') letters.push({ char: "'", at: start });
    else if (glyph.kind === 'newline') letters.push({ char: '\n', at: start });
    else
      for (const { kind, code } of glyph.signs) {
        const chars = kind === 'letter' ? String.fromCodePoint(code) : kind === 'space' ? ' ' : glyph.plain;
        for (let i = 0; i < chars.length; i++) letters.push({ char: chars[i] ?? '', at: start });
      }
  }
  return letters;
}

const asLetters = new Map(
  Array.from('0123456789$@€£¢', (char) => [char, String.fromCharCode(glyphOf(char).signs[0]?.alts[0] ?? 0)] as const),
);
const inWord = /[a-z0-9$@€£¢]/u;

/** In a word with a Latin letter, digits and signs stand for letters: `1gn0re`. */
function unleet(letters: Letter[]): Letter[] {
  const result = [...letters];
  for (let from = 0; from < letters.length; ) {
    let to = from;
    let latin = false;
    for (; inWord.test(letters[to]?.char ?? ''); to++) latin ||= !asLetters.has(letters[to]?.char ?? '');
    for (let i = latin ? from : to; i < to; i++) {
      const { char, at } = letters[i] as Letter;
      const besideL =
        char === '1' && [letters[i - 1], letters[i + 1]].some((beside) => /[1l]/u.test(beside?.char ?? ''));
      result[i] = { char: besideL ? 'l' : (asLetters.get(char) ?? char), at };
    }
    from = Math.max(to, from + 1);
  }
  return result;
}

/** `i g n o r e` becomes `ignore`: three or more single letters with the same sign between them. */
function joinSpelled(letters: Letter[]): Letter[] {
  const text = textOf(letters);
  const dropped = new Set<number>();
  for (const spelled of text.matchAll(
    /(?<![\p{L}\p{N}])[a-z0-9](?:([ .\-_*~|\\/]{1,2})[a-z0-9](?![\p{L}\p{N}]))(?:\1[a-z0-9](?![\p{L}\p{N}]))+/gu,
  ))
    for (let i = 0; i < spelled[0].length; i++)
      if (!/[a-z0-9]/u.test(spelled[0][i] ?? '')) dropped.add(spelled.index + i);
  return dropped.size ? letters.filter((_, i) => !dropped.has(i)) : letters;
}

const drawnOut = /[\p{L}ー〜~]/u;

function squeeze(letters: Letter[]): Letter[] {
  const same = (i: number, j: number) => letters[i]?.char === letters[j]?.char;
  return letters.filter(
    ({ char }, i) => !same(i, i - 1) || !(same(i, i - 2) || same(i, i + 1)) || !drawnOut.test(char),
  );
}
