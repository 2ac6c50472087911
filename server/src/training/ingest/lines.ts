import type { SourceNotes } from './source-notes.ts';

/** In UTF-16 units. A longer line, say a book without line breaks, comes in parts. */
export const LINE_MAX_CHARS = 256 * 1024;

export type Line = { text: string; number: number };

/** Text to lines, whatever ends them. Lines that cannot be read are noted and left out. */
export class Lines {
  readonly #notes: SourceNotes;
  readonly #maxChars: number;
  #rest = '';
  #number = 1;

  constructor(notes: SourceNotes, maxChars = LINE_MAX_CHARS) {
    this.#notes = notes;
    this.#maxChars = maxChars;
  }

  *push(text: string): Generator<Line> {
    const whole = this.#rest + text;
    let from = 0;
    for (const { 0: ending, index } of whole.matchAll(/\r\n|\n|\r/gu)) {
      if (ending === '\r' && index === whole.length - 1) break; // its \n may come yet
      yield* this.#line(whole.slice(from, index));
      this.#number += 1;
      from = index + ending.length;
    }
    this.#rest = whole.slice(from);
    while (this.#rest.length > this.#maxChars) {
      const end = cutOf(this.#rest.slice(0, this.#maxChars));
      yield* this.#line(this.#rest.slice(0, end));
      this.#rest = this.#rest.slice(end);
    }
  }

  *end(): Generator<Line> {
    const rest = this.#rest.replace(/\r$/u, '');
    this.#rest = '';
    if (rest) yield* this.#line(rest);
  }

  *#line(text: string): Generator<Line> {
    if (!/[\ufffd\0]/u.test(text)) yield { text, number: this.#number };
    else {
      this.#notes.drop('damaged', text.replace(/[\ufffd\0]+/gu, '�'));
      this.#notes.problem(this.#number, 'This line has letters that cannot be read. It is left out.');
    }
  }
}

/** After the last sentence or word of what fits; never inside a pair of surrogates. */
function cutOf(text: string): number {
  const tail = text.slice(-2_000);
  const end = [...tail.matchAll(/[.!?] |[。！？]/gu)].at(-1) ?? [...tail.matchAll(/\s/gu)].at(-1);
  if (end) return text.length - tail.length + end.index + end[0].length;
  return /[\ud800-\udbff]$/u.test(text) ? text.length - 1 : text.length;
}
