import type { Cue } from './cue.ts';
import { readCueText } from './cue-text.ts';
import { readTiming } from './cue-time.ts';
import type { Line } from './lines.ts';
import type { SourceNotes } from './source-notes.ts';

type Open = { startMs: number; endMs: number; line: number; texts: string[] };

/** Lines to cues, as WebVTT and SRT have them: a line with times, then the text. Forgives missing and surplus blank lines. */
export class CueBlocks {
  readonly #notes: SourceNotes;
  readonly #vtt: boolean;
  #open: Open | undefined;
  /** Inside a block that is no cue: header, NOTE, STYLE, REGION, or one whose times cannot be read. */
  #skipping: boolean;
  #afterBlank = true;
  /** The line before this one where it may be the cue's name. */
  #name: string | undefined;

  constructor(notes: SourceNotes, kind: 'webvtt' | 'srt') {
    this.#notes = notes;
    this.#vtt = kind === 'webvtt';
    this.#skipping = this.#vtt;
  }

  *line({ text, number }: Line): Generator<Cue> {
    if (text === '') {
      if (this.#vtt) yield* this.end();
      this.#keepName();
      [this.#afterBlank, this.#skipping] = [true, false];
      return;
    }
    if (text.includes('-->')) yield* this.#timing(text, number);
    else if (this.#vtt && this.#afterBlank && /^(?:NOTE|STYLE|REGION)(?:\s|$)/u.test(text)) this.#skipping = true;
    else if (!this.#skipping) {
      this.#keepName();
      if (/^\s*\d+\s*$/u.test(text) || (this.#vtt && this.#afterBlank)) this.#name = text;
      else this.#open?.texts.push(text);
    }
    this.#afterBlank = false;
  }

  *end(): Generator<Cue> {
    this.#keepName();
    const open = this.#open;
    this.#open = undefined;
    if (!open) return;
    const { texts, ...cue } = open;
    yield* readCueText(texts, cue);
  }

  *#timing(text: string, number: number): Generator<Cue> {
    this.#name = undefined;
    yield* this.end();
    this.#notes.pieces += 1;
    const times = readTiming(text);
    this.#skipping = !times;
    if (times) this.#open = { ...times, line: number, texts: [] };
    else {
      this.#notes.drop('damaged', text);
      this.#notes.problem(number, 'The times of this caption cannot be read. It is left out; the rest is used.');
    }
  }

  /** A number that no times follow is text after all. */
  #keepName(): void {
    if (this.#name !== undefined) this.#open?.texts.push(this.#name);
    this.#name = undefined;
  }
}
