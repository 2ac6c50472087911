/** Who wrote a piece: the name as it is shown, and what else they are called (id, nickname). */
export type Author = { name: string; also?: readonly string[] };

/** What was said or written in one go: a message, a paragraph, an utterance of captions. */
export type Piece = {
  text: string;
  /** Where it begins in the file, from 1. */
  line: number;
  author?: Author;
};

/** What an entry of a chat export is: a message, something that is left out, or (undefined) no entry of that chat. */
export type ChatEntry = Omit<Piece, 'line'> | { skip: 'system' | 'not-own' } | undefined;

/** Reads one kind of file as it comes. What it cannot use it tells the notes that it was made with. */
export type Parser = {
  push(text: string): Iterable<Piece>;
  end(): Iterable<Piece>;
};
