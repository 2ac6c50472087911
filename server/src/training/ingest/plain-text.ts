import { type Line, Lines } from './lines.ts';
import type { Parser, Piece } from './piece.ts';
import type { SourceNotes } from './source-notes.ts';

/** A line at least this long that stops inside a sentence was broken by a program, not by its writer. */
const WRAPPED_MIN_CHARS = 55;
const PARAGRAPH_MAX_CHARS = 4_000;
/** Lines between two fences; code that goes on for longer was never closed. */
const CODE_MAX_LINES = 200;
/** A longer line, say a book without line breaks, comes in parts, so that none takes long. */
const LINE_MAX_CHARS = 16 * 1024;

/** Plain text: a line is a paragraph, but lines that were broken at a column are joined again. */
export function parsePlainText(notes: SourceNotes): Parser {
  const lines = new Lines(notes, LINE_MAX_CHARS);
  let codeLines: number | undefined; // undefined: not in code
  let open: (Piece & { last: string }) | undefined;

  function* finish(): Generator<Piece> {
    if (open) yield { text: open.text, line: open.line };
    open = undefined;
  }

  function* read(found: Iterable<Line>): Generator<Piece> {
    for (const { text, number } of found) {
      const line = text.trim();
      if (!line) {
        yield* finish();
        continue;
      }
      notes.pieces += 1;
      const fence = line.startsWith('```');
      if (fence) codeLines = codeLines === undefined ? 0 : undefined;
      else if (codeLines !== undefined) codeLines = codeLines < CODE_MAX_LINES ? codeLines + 1 : undefined;
      if (fence || codeLines !== undefined) {
        yield* finish();
        notes.drop('not-speech', line);
        continue;
      }
      if (open && goesOn(open.last, line) && open.text.length < PARAGRAPH_MAX_CHARS) {
        open.text += ` ${line}`;
        open.last = line;
        continue;
      }
      yield* finish();
      open = { text: line, line: number, last: line };
    }
  }

  return {
    push: (text) => read(lines.push(text)),
    *end() {
      yield* read(lines.end());
      yield* finish();
    },
  };
}

function goesOn(line: string, next: string): boolean {
  return line.length >= WRAPPED_MIN_CHARS && !/[.!?…。！？:]["'”’)\]]*$/u.test(line) && /^\p{Ll}/u.test(next);
}
