import type { Glyph } from './glyph.ts';
import { mailProviders, spelledEndings } from './rules/hosts.ts';

/** A stretch of the text that cannot grow any more. `suspect`: it may hold a link or a number, so it is worth a look. */
export type Closed = { from: number; to: number; suspect: boolean };

const SPACES_MAX = 3;
const DIGITS_OF_INTEREST = 7;
const brackets = ['(', '[', '{', '<'];
const bracketed = brackets.flatMap((bracket) => ['.', 'dot', '@', 'at'].map((word) => bracket + word));
const saysDot = /(?:^|[^\p{L}\p{N}])dot$|[([{<](?:\.|dot)[)\]}>]?$/u;
const saysAt = /@$|[([{<](?:at|@)[)\]}>]?$/u;
const saysScheme = /(?:^|[^a-z])h(?:tt|xx|\*\*)ps?(:?)[/\\]*$/u;

/**
 * Knows which end of a text may still grow into a link, an address or a number, also over spaces: `example dot com`,
 * `+81 90 1234 5678`. Reads word by word; what is in it is for others to say.
 */
export class EntityWindow {
  /** Where the stretch that may still grow began; Infinity where there is none. */
  start = Infinity;
  private word = '';
  private wordStart = -1;
  private joining = false;
  private previous = '';
  private previousEnd = 0;
  private spaces = 0;
  private suspect = false;
  private wordSuspect = false;
  private sawSign = false;
  private digits = 0;
  /** The word goes on, but what it is has been decided. */
  private passing = false;

  reset(): void {
    this.start = Infinity;
    this.word = this.previous = '';
    this.wordStart = -1;
    this.joining = this.suspect = this.wordSuspect = this.sawSign = this.passing = false;
    this.spaces = this.digits = 0;
  }

  /** Whether a word begins with this grapheme. */
  begins(glyph: Glyph): boolean {
    return this.wordStart < 0 && isInside(glyph);
  }

  feed(glyph: Glyph, start: number): Closed | undefined {
    if (glyph.kind === 'space') return this.space(start);
    if (!isInside(glyph)) return this.close(this.wordStart < 0 ? this.previousEnd : start);
    if (this.wordStart < 0) this.beginWord(start);
    this.word += glyph.plain;
    if (glyph.kind === 'punctuation') this.sawSign = true;
    else if (this.sawSign) this.wordSuspect = true;
    if (/^\d/u.test(glyph.plain) && ++this.digits >= DIGITS_OF_INTEREST) this.wordSuspect = true;
    return this.joining ? this.tryJoin(false) : undefined;
  }

  /** Nothing more comes to what is held. */
  close(end: number): Closed | undefined {
    const closed = this.start < end && { from: this.start, to: end, suspect: this.suspect || this.wordSuspect };
    this.reset();
    return closed || undefined;
  }

  /** What was held up to `end` has been decided. `pass`: so has the rest of the word. */
  letGo(end: number, pass: boolean): void {
    const inWord = this.wordStart >= 0;
    this.reset();
    if (!inWord) return;
    this.wordStart = end;
    this.passing = pass;
    if (!pass) this.start = end;
  }

  private beginWord(start: number): void {
    this.wordStart = start;
    this.joining = this.start !== Infinity;
    if (!this.joining) this.start = start;
    this.word = '';
    this.wordSuspect = this.sawSign = false;
    if (!this.joining) this.digits = 0;
  }

  private space(start: number): Closed | undefined {
    if (this.wordStart < 0) {
      this.spaces++;
      return this.spaces > SPACES_MAX ? this.close(this.previousEnd) : undefined;
    }
    const closed = this.joining ? this.tryJoin(true) : undefined;
    if (this.passing) this.reset();
    this.suspect ||= this.wordSuspect;
    this.wordSuspect = false;
    this.previous = this.word;
    this.previousEnd = start;
    this.wordStart = -1;
    this.spaces = 1;
    return closed;
  }

  private tryJoin(whole: boolean): Closed | undefined {
    const joins = joinsOn(this.previous, this.word, whole);
    if (joins === undefined) return undefined;
    this.joining = false;
    if (joins) {
      this.suspect = true;
      return undefined;
    }
    const closed = { from: this.start, to: this.previousEnd, suspect: this.suspect };
    this.start = this.wordStart;
    this.suspect = false;
    this.digits = this.word.match(/\d/gu)?.length ?? 0;
    return closed;
  }
}

/** Links and numbers hold no spaces, no Japanese and no emoji. */
const isInside = ({ kind }: Glyph) => kind === 'word' || kind === 'punctuation' || kind === 'apostrophe';

/** Whether two words may belong to one link or number; undefined while the second one is too short to tell. */
function joinsOn(previous: string, word: string, whole: boolean): boolean | undefined {
  const [first, last] = [word[0] ?? '', previous.at(-1) ?? ''];
  if (/[\d(+-]/u.test(first) && /^[\d()+.-]*\d[\d()+.-]*$/u.test(previous)) return true;
  if (saysDot.test(previous) || saysAt.test(previous)) return true;
  const scheme = saysScheme.exec(previous);
  if (scheme) return scheme[1] === ':' || first === ':';
  if (/^:?[/\\]+$/u.test(previous)) return true;
  if (last === '.' && /[a-z]/u.test(first) && previous !== '...') return isEnding(word, whole);
  if (previous === 'at') return startsWithAny(word, mailProviders, whole);
  if (!/[\p{L}\p{N}_)\]}>]/u.test(last)) return false;
  if (first === '.') return word.length === 1 ? whole || undefined : isEnding(word.slice(1), whole);
  if (first === '@') return word.length === 1 ? whole || undefined : false;
  if (first === 'd') return is(word, 'dot', whole);
  if (first === 'a') return is(word, 'at', whole);
  return brackets.includes(first) ? startsWithAny(word, bracketed, whole) : false;
}

function is(word: string, wanted: string, whole: boolean): boolean | undefined {
  if (whole) return word === wanted;
  return wanted.startsWith(word) ? undefined : false;
}

function startsWithAny(word: string, wanted: readonly string[], whole: boolean): boolean | undefined {
  if (wanted.some((text) => word.startsWith(text))) return true;
  return !whole && wanted.some((text) => text.startsWith(word)) ? undefined : false;
}

function isEnding(word: string, whole: boolean): boolean | undefined {
  const [name = ''] = /^[\p{L}\p{N}]*/u.exec(word) ?? [];
  if (name.length < word.length || whole) return spelledEndings.has(name);
  return [...spelledEndings].some((ending) => ending.startsWith(name)) ? undefined : false;
}
