import type { SourceNotes } from './source-notes.ts';

/** In UTF-16 units. A longer entry is left out. */
const ELEMENT_MAX_CHARS = 1024 * 1024;
const KEY_MAX_CHARS = 40;

const [QUOTE, BACKSLASH, NEWLINE, COLON] = [34, 92, 10, 58];
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [91, 93, 123, 125];

export type JsonElement = { value: unknown; line: number };

/**
 * The objects in a list of a JSON file, one after the other, without holding the file: of the list on the outside, or of
 * every list that is called `key`. What stands before the first bracket is skipped.
 */
export class JsonElements {
  readonly #notes: SourceNotes;
  readonly #key: string | undefined;
  readonly #open: number[] = [];
  #line = 1;
  #inString = false;
  #escaped = false;
  /** The string that was read last outside of the lists, and whether a colon followed. */
  #word = '';
  #isKey = false;
  /** How many brackets are open directly inside the list; 0: not in a list. */
  #listDepth = 0;
  #element: { text: string; line: number; broken: boolean } | undefined;
  #broken = false;

  constructor(notes: SourceNotes, key?: string) {
    this.#notes = notes;
    this.#key = key;
  }

  *push(text: string): Generator<JsonElement> {
    let from = 0; // of the current element in `text`
    for (let i = 0; i < text.length && !this.#broken; i += 1) {
      const code = text.charCodeAt(i);
      if (code === NEWLINE) this.#line += 1;
      if (this.#inString) {
        this.#readString(code, text, i);
        continue;
      }
      if (code === QUOTE) {
        this.#inString = true;
        if (!this.#element) [this.#word, this.#isKey] = ['', false];
      } else if (code === COLON) this.#isKey = true;
      else if (code === OPEN_OBJECT || code === OPEN_LIST) {
        if (this.#startsElement(code)) {
          this.#element = { text: '', line: this.#line, broken: false };
          from = i;
        } else if (this.#startsList(code)) this.#listDepth = this.#open.length + 1;
        this.#open.push(code);
      } else if (code === CLOSE_OBJECT || code === CLOSE_LIST) {
        this.#close(code);
        if (this.#element && this.#open.length === this.#listDepth) yield* this.#finish(text.slice(from, i + 1));
        else if (this.#open.length < this.#listDepth) this.#listDepth = 0;
      }
    }
    this.#gather(text.slice(from));
  }

  /** Notes a file that ends too early. */
  end(): void {
    if (this.#broken || (!this.#inString && this.#open.length === 0)) return;
    if (this.#element) this.#notes.drop('damaged');
    const message = 'The file ends in the middle. What came before is used; export it again to have the rest.';
    this.#notes.problem(this.#element?.line ?? this.#line, message);
  }

  #readString(code: number, text: string, i: number): void {
    if (this.#escaped) this.#escaped = false;
    else if (code === BACKSLASH) this.#escaped = true;
    else if (code === QUOTE) this.#inString = false;
    else if (code === NEWLINE) {
      // No string of JSON goes over a line: its closing quote is lost, and only this entry with it.
      this.#inString = false;
      if (this.#element) this.#element.broken = true;
    } else if (!this.#element && this.#word.length < KEY_MAX_CHARS) this.#word += text[i] ?? '';
  }

  #startsElement(code: number): boolean {
    return code === OPEN_OBJECT && !this.#element && this.#listDepth > 0 && this.#open.length === this.#listDepth;
  }

  #startsList(code: number): boolean {
    if (code !== OPEN_LIST || this.#element || this.#listDepth > 0) return false;
    return this.#key === undefined ? this.#open.length === 0 : this.#isKey && this.#word === this.#key;
  }

  #close(code: number): void {
    const opened = this.#open.pop();
    if (opened === (code === CLOSE_LIST ? OPEN_LIST : OPEN_OBJECT)) return;
    this.#broken = true;
    this.#element = undefined;
    this.#notes.drop('damaged');
    this.#notes.problem(
      this.#line,
      'The JSON is broken here, so that what follows cannot be used. Export the file again.',
    );
  }

  #gather(text: string): void {
    const element = this.#element;
    if (!element || element.broken) return;
    if (element.text.length + text.length > ELEMENT_MAX_CHARS) [element.text, element.broken] = ['', true];
    else element.text += text;
  }

  *#finish(text: string): Generator<JsonElement> {
    this.#gather(text);
    const element = this.#element;
    this.#element = undefined;
    if (!element) return;
    const value = element.broken ? undefined : parse(element.text);
    if (value !== undefined) yield { value, line: element.line };
    else {
      this.#notes.drop('damaged');
      this.#notes.problem(element.line, 'The entry that begins here is not valid JSON. It is left out.');
    }
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
