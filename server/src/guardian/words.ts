import type { GlyphKind } from './glyph.ts';

const segmenter = new Intl.Segmenter('ja', { granularity: 'word' });
/** In scripts without spaces the last letters may still change where a word ends. */
const UNSURE_CHARS = 3;
const SEGMENT_FROM = 6;
const SEGMENT_EVERY = 6;
const WORD_MAX_CHARS = 32;

/** Where the words of a text begin, for one look at a short text. */
export const wordStarts = (text: string): number[] => Array.from(segmenter.segment(text), ({ index }) => index);

/**
 * Places of a text, read grapheme by grapheme, at which one word has ended and the next has not begun: all of them where there are
 * spaces, and enough of them where there are none.
 */
export class WordBorders {
  /** In order; the owner takes out what it has used. */
  readonly borders: number[] = [];
  private before: GlyphKind | undefined;
  private apostropheAt = -1;
  /** Where the undivided part of a run without spaces begins. */
  private runStart = -1;
  private nextLook = 0;

  reset(): void {
    this.borders.length = 0;
    this.before = undefined;
    this.apostropheAt = this.runStart = -1;
  }

  /** All up to `end` has been let go. */
  letGo(end: number): void {
    this.borders.length = 0;
    this.apostropheAt = -1;
    if (this.runStart >= 0) this.startRun(end);
  }

  /** `read(from)`: the text from there to `end`. */
  feed(kind: GlyphKind, start: number, end: number, read: (from: number, to: number) => string): void {
    const { before } = this;
    if (before === 'dictionary' && kind !== 'dictionary') this.runStart = -1;
    if (kind === 'apostrophe' && before === 'word') this.apostropheAt = start;
    else if (before === 'apostrophe' && this.apostropheAt >= 0) {
      if (kind !== 'word') this.borders.push(this.apostropheAt, start);
      this.apostropheAt = -1;
    } else if (before && !(kind === before && (kind === 'word' || kind === 'dictionary'))) this.add(start);
    this.before = kind;
    if (kind !== 'dictionary') return;
    if (before !== 'dictionary') this.startRun(start);
    if (end >= this.nextLook) this.divide(end, read);
  }

  private add(border: number): void {
    if (border > (this.borders.at(-1) ?? -1)) this.borders.push(border);
  }

  private startRun(start: number): void {
    this.runStart = start;
    this.nextLook = start + SEGMENT_FROM;
  }

  private divide(end: number, read: (from: number, to: number) => string): void {
    const run = read(this.runStart, end);
    const sure = segmenter.segment(run).containing(run.length - UNSURE_CHARS)?.index ?? 0;
    if (sure > 0) {
      this.runStart += sure;
      this.add(this.runStart);
    } else if (run.length > WORD_MAX_CHARS) {
      this.add(end);
      this.runStart = end;
    }
    this.nextLook = end + SEGMENT_EVERY;
  }
}
