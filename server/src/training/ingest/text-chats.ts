import { type Line, Lines } from './lines.ts';
import type { Author, Parser, Piece } from './piece.ts';
import type { SourceNotes } from './source-notes.ts';

/** What a line of a chat is: the beginning of a message, something of the app's, or more of the message before. */
export type ChatLine = { author: Author; text: string } | 'system' | 'more';

const MESSAGE_MAX_CHARS = 20_000;

/** Chat exports in which a message begins with time and name and may go over several lines. */
export function parseTextChat(
  notes: SourceNotes,
  readLine: (line: string) => ChatLine,
  isPlaceholder: (text: string) => boolean,
): Parser {
  const lines = new Lines(notes);
  let open: Piece | undefined;
  /** Lines after one of the app's belong to it. */
  let inMessage = false;

  function* finish(): Generator<Piece> {
    if (open && isPlaceholder(open.text)) notes.drop('system');
    else if (open) yield open;
    open = undefined;
  }

  function* read(found: Iterable<Line>): Generator<Piece> {
    for (const { text, number } of found) {
      const line = readLine(text);
      if (line === 'more') {
        if (open && open.text.length + text.length < MESSAGE_MAX_CHARS) open.text += `\n${text}`;
        else if (text.trim() && !inMessage) notes.drop('system');
        continue;
      }
      yield* finish();
      notes.pieces += 1;
      inMessage = line !== 'system';
      if (line === 'system') notes.drop('system');
      else open = { ...line, line: number };
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
