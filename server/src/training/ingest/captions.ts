import { z } from 'zod';
import { type Cue, type Token, toTokens } from './cue.ts';
import { CueBlocks } from './cue-blocks.ts';
import { type JsonElement, JsonElements } from './json-elements.ts';
import { type Line, Lines } from './lines.ts';
import type { Parser, Piece } from './piece.ts';
import type { SourceNotes } from './source-notes.ts';
import { Utterances } from './utterances.ts';

/** WebVTT and SRT. */
export function parseCaptions(notes: SourceNotes, kind: 'webvtt' | 'srt'): Parser {
  const [lines, blocks, utterances] = [new Lines(notes), new CueBlocks(notes, kind), new Utterances()];
  function* read(found: Iterable<Line>): Generator<Piece> {
    for (const line of found) for (const cue of blocks.line(line)) yield* utterances.push(cue);
  }
  return {
    push: (text) => read(lines.push(text)),
    *end() {
      yield* read(lines.end());
      for (const cue of blocks.end()) yield* utterances.push(cue);
      yield* utterances.end();
    },
  };
}

const Event = z.object({
  tStartMs: z.number().default(0),
  dDurationMs: z.number().default(0),
  segs: z.array(z.object({ utf8: z.string().default(''), tOffsetMs: z.number().default(0) })).optional(),
});

/** YouTube's json3. Events without text place windows on the screen or end a line. */
export function parseYoutubeJson(notes: SourceNotes): Parser {
  const [elements, utterances] = [new JsonElements(notes, 'events'), new Utterances()];
  function* read(found: Iterable<JsonElement>): Generator<Piece> {
    for (const { value, line } of found) {
      const event = Event.safeParse(value);
      if (event.success) {
        const cue = toCue(event.data, line);
        if (!cue) continue;
        notes.pieces += 1;
        yield* utterances.push(cue);
      } else {
        notes.drop('damaged');
        notes.problem(line, 'The entry that begins here is no caption of YouTube. It is left out.');
      }
    }
  }
  return {
    push: (text) => read(elements.push(text)),
    *end() {
      elements.end();
      yield* utterances.end();
    },
  };
}

function toCue({ tStartMs, dDurationMs, segs = [] }: z.infer<typeof Event>, line: number): Cue | undefined {
  const timed = segs.some(({ tOffsetMs }) => tOffsetMs > 0);
  const lines: Token[][] = [[]];
  let spaced = true;
  for (const { utf8, tOffsetMs } of segs)
    for (const [i, text] of utf8.split('\n').entries()) {
      if (i > 0) {
        lines.push([]);
        spaced = true;
      }
      const [first, ...more] = toTokens(text, timed ? tStartMs + tOffsetMs : undefined);
      if (first) lines.at(-1)?.push({ ...first, glued: !spaced && !/^\s/u.test(text) }, ...more);
      if (text) spaced = /\s$/u.test(text);
    }
  const said = lines.filter(({ length }) => length > 0);
  return said.length ? { lines: said, startMs: tStartMs, endMs: tStartMs + dDurationMs, line } : undefined;
}
