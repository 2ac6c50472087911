import type { StyleSourceReport } from '@fantwin/shared/training';
import { AppError } from '../../core/errors.ts';
import { Pacer } from '../../core/pacer.ts';
import { chooseAuthors } from './authors.ts';
import { cleanPiece, type StyleSentence } from './clean-piece.ts';
import { TextReader } from './decode-text.ts';
import { detectKind, HEAD_CHARS } from './detect-kind.ts';
import { keyOf, likeness } from './duplicates.ts';
import { hasAuthors, isSpoken, parserFor } from './parse-source.ts';
import type { Parser, Piece } from './piece.ts';
import { SourceNotes } from './source-notes.ts';

/** What one file gave. `sentences` has none twice; what is nearly the same is found over all sources together. */
export type IngestedSource = { report: SourceFacts; sentences: StyleSentence[] };

/** What is known of a file by itself. */
export type SourceFacts = Pick<
  StyleSourceReport,
  'name' | 'kind' | 'encoding' | 'bytes' | 'pieces' | 'dropped' | 'private' | 'authors' | 'problems' | 'moreProblems'
>;

export type SourceOptions = {
  /** The file's name, for the report alone. */
  name: string;
  /** The creator's names or ids in a chat. Without any, nothing of a chat is used, and the report says who wrote in it. */
  authors?: readonly string[];
};

/**
 * Reads a file as it comes, in one pass: what it holds in memory is the sentences. Throws `bad-request` for a file that is
 * no source of style, and `too-large`.
 */
export async function ingestSource(
  chunks: AsyncIterable<Uint8Array>,
  { name, authors = [] }: SourceOptions,
): Promise<IngestedSource> {
  const [notes, reader, pacer] = [new SourceNotes(), new TextReader(), new Pacer()];
  const isChosen = chooseAuthors(authors);
  const sentences: StyleSentence[] = [];
  const known = new Set<number>();
  const { kind, pieces } = await openSource(reader.read(chunks), notes);
  const [spoken, chat] = [isSpoken.has(kind), hasAuthors.has(kind)];

  for await (const piece of pieces) {
    if (pacer.due) await pacer.rest();
    const { author } = piece;
    const chosen = author ? isChosen(author) : !chat;
    if (author) notes.wroteBy(author.name, chosen);
    // Captions name their speakers seldom: without a choice all of them count.
    if (author && !chosen && (chat || authors.length > 0)) {
      notes.drop('other-author');
      continue;
    }
    for (const { text, language } of cleanPiece(piece, spoken, notes)) {
      if (pacer.due) await pacer.rest();
      const key = keyOf(likeness(text), language);
      if (known.has(key)) notes.drop('duplicate', text);
      else {
        known.add(key);
        sentences.push({ text: detached(text), language });
      }
    }
  }

  const report = { name, kind, encoding: reader.encoding, bytes: reader.bytes, ...notes.report() };
  if (report.pieces === 0) throw new AppError('bad-request', emptyMessage(report), { details: report.problems });
  return { report, sentences };
}

async function openSource(texts: AsyncGenerator<string>, notes: SourceNotes) {
  let head = '';
  while (head.length < HEAD_CHARS) {
    const next = await texts.next();
    if (next.done) break;
    head += next.value;
  }
  const kind = detectKind(head);
  return { kind, pieces: readPieces(parserFor(kind, notes), head, texts) };
}

async function* readPieces(parser: Parser, head: string, texts: AsyncGenerator<string>): AsyncGenerator<Piece> {
  yield* parser.push(head);
  for await (const text of texts) yield* parser.push(text);
  yield* parser.end();
}

/** A copy of its own: a part of a string keeps the whole chunk that it was cut from in memory. */
function detached(text: string): string {
  return Buffer.from(text).toString();
}

function emptyMessage({ problems: [first] }: Pick<SourceFacts, 'problems'>): string {
  if (!first) return 'There is no text in this file. Choose another one.';
  return `Nothing in this file can be used. Line ${first.line}: ${first.message}`;
}
