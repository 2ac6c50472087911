import { z } from 'zod';
import { type Line, Lines } from './lines.ts';
import type { Parser, Piece } from './piece.ts';
import type { SourceNotes } from './source-notes.ts';

const Content = z.union([z.string(), z.array(z.object({ type: z.string(), text: z.string().optional() }))]);
const Entry = z.union([
  z.object({ text: z.string() }),
  z.object({ messages: z.array(z.object({ role: z.string(), content: Content.nullish() })) }),
  z.object({ completion: z.string() }),
]);

/** One JSON object a line: `text`, or a chat as OpenAI's fine-tuning files have it, of which the assistant's turns count. */
export function parseJsonl(notes: SourceNotes): Parser {
  const lines = new Lines(notes);
  function* read(found: Iterable<Line>): Generator<Piece> {
    for (const { text, number } of found) {
      if (text.trim() === '') continue;
      const entry = Entry.safeParse(parse(text));
      if (entry.success) yield* piecesOf(entry.data, number, notes);
      else {
        notes.drop('damaged', text);
        const message = 'This line is no JSON object with "text", or with "messages" of a chat. It is left out.';
        notes.problem(number, message);
      }
    }
  }
  return { push: (text) => read(lines.push(text)), end: () => read(lines.end()) };
}

function* piecesOf(entry: z.infer<typeof Entry>, line: number, notes: SourceNotes): Generator<Piece> {
  if ('messages' in entry)
    for (const { role, content } of entry.messages) {
      notes.pieces += 1;
      if (role === 'assistant') yield { text: textOf(content ?? ''), line };
      else notes.drop(role === 'user' ? 'other-author' : 'system');
    }
  else {
    notes.pieces += 1;
    yield { text: 'text' in entry ? entry.text : entry.completion, line };
  }
}

function textOf(content: z.infer<typeof Content>): string {
  return typeof content === 'string' ? content : content.map(({ text }) => text ?? '').join('\n');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
