import { glyphs } from './normalise.ts';
import { mailProviders, spelledEndings } from './rules/hosts.ts';

/** A text as a browser would read it. `starts[i]` and `ends[i]`: where its character i stands in the original. */
export type Plain = { text: string; starts: readonly number[]; ends: readonly number[] };

const endings = [...spelledEndings].join('|');
/** How people write links so that they are not taken for links, and what they mean. */
const disguises: [RegExp, string][] = [
  [/\s*(?:\[\s*(?:\.|dot)\s*\]|\(\s*(?:\.|dot)\s*\)|\{\s*(?:\.|dot)\s*\}|<\s*(?:\.|dot)\s*>)\s*/gu, '.'],
  [/\s+dot\s+|-dot-|_dot_/gu, '.'],
  [
    new RegExp(
      `\\s+\\.\\s*(?=(?:${endings})(?![\\p{L}\\p{N}]))|(?<=[\\p{L}\\p{N}])\\.\\s+(?=(?:${endings})(?![\\p{L}\\p{N}]))`,
      'gu',
    ),
    '.',
  ],
  [/\s*(?:\[\s*(?:@|at)\s*\]|\(\s*(?:@|at)\s*\)|\{\s*(?:@|at)\s*\}|<\s*at\s*>)\s*/gu, '@'],
  [new RegExp(`\\s+at\\s+(?=(?:${mailProviders.join('|')})\\s*\\.)|\\s+@\\s+(?=[\\p{L}\\p{N}-]+\\.[a-z])`, 'gu'), '@'],
  [/h(?:xx|\*\*|tt)p(s?)\s*(?:\[:\]|:)\s*[/\\]\s*[/\\]\s*/gu, 'http$1://'],
];

/** NFKC and lower case, nothing invisible. Signs keep their meaning: `１` is 1, `а` is no a. */
export function readPlain(original: string): Plain {
  if (/^[ -~]*$/u.test(original)) {
    const starts = Array.from(original, (_, i) => i);
    return { text: original.toLowerCase(), starts, ends: starts.map((start) => start + 1) };
  }
  let text = '';
  const [starts, ends]: [number[], number[]] = [[], []];
  for (const { glyph, start, end } of glyphs(original)) {
    // No link has Japanese in it, so it ends one as a comma does.
    const read = glyph.kind === 'dictionary' ? '、' : glyph.plain;
    text += read;
    for (let i = 0; i < read.length; i++) {
      starts.push(start);
      ends.push(end);
    }
  }
  return { text, starts, ends };
}

/** The same with its disguised links written out. */
export function undisguise(plain: Plain): Plain {
  return disguises.reduce((current, [disguise, meaning]) => replaceIn(current, disguise, meaning), plain);
}

function replaceIn(plain: Plain, disguise: RegExp, meaning: string): Plain {
  let [text, from] = ['', 0];
  const [starts, ends]: [number[], number[]] = [[], []];
  const copy = (to: number) => {
    text += plain.text.slice(from, to);
    starts.push(...plain.starts.slice(from, to));
    ends.push(...plain.ends.slice(from, to));
  };
  for (const found of plain.text.matchAll(disguise)) {
    const written = meaning.replace('$1', found[1] ?? '');
    copy(found.index);
    from = found.index + found[0].length;
    text += written;
    for (let i = 0; i < written.length; i++) {
      starts.push(plain.starts[found.index] ?? 0);
      ends.push(plain.ends[from - 1] ?? 0);
    }
  }
  if (from === 0) return plain;
  copy(plain.text.length);
  return { text, starts, ends };
}
