import { type Cue, type Token, toTokens } from './cue.ts';
import { readTime } from './cue-time.ts';
import { decodeEntities } from './entities.ts';

const tag = /<(\/?)([^<>]{0,200})>/gu;
/** `{\an8}` and other places on the screen. */
const override = /\{\\[^{}]{0,100}\}/gu;

type Said = { author: string | undefined; lines: Token[][] };

/**
 * The lines of a cue without tags, split where another voice speaks. Readings over characters (`<rt>`) are left out:
 * nobody says a word twice.
 */
export function readCueText(lines: readonly string[], cue: Omit<Cue, 'lines' | 'author'>): Cue[] {
  const said: Said[] = [{ author: undefined, lines: [] }];
  const state: State = { atMs: undefined, reading: false };
  for (const line of lines) readLine(line.replace(override, ''), said, state);
  return said
    .filter((part) => part.lines.length > 0)
    .map((part) => ({ ...cue, lines: part.lines, ...(part.author && { author: { name: part.author } }) }));
}

type State = { atMs: number | undefined; reading: boolean };

function readLine(line: string, said: Said[], state: State): void {
  let tokens: Token[] = [];
  let from = 0;
  const add = (text: string) => {
    if (state.reading) return;
    const [first, ...more] = toTokens(decodeEntities(text), state.atMs);
    if (first) tokens.push({ ...first, glued: tokens.length > 0 && !/^\s/u.test(text) && !endsOpen }, ...more);
    if (text) endsOpen = /\s$/u.test(text);
  };
  const finish = () => {
    if (tokens.length) said.at(-1)?.lines.push(tokens);
    tokens = [];
  };
  let endsOpen = false; // a space stands before what comes
  for (const { 0: found, 1: closing, 2: name = '', index } of line.matchAll(tag)) {
    if (!closing && name && !/^[\p{L}\d]/u.test(name)) continue; // <3, <_<
    const time = readTime(name);
    if (time === undefined && /^\d/u.test(name)) continue;
    add(line.slice(from, index));
    from = index + found.length;
    if (time !== undefined) state.atMs = time;
    else if (/^rt\b/u.test(name)) state.reading = !closing;
    const voice = /^v(?:\.[^\s]*)?\s+(.+)$/u.exec(name)?.[1];
    if (!voice || closing) continue;
    finish();
    said.push({ author: decodeEntities(voice).trim(), lines: [] });
  }
  add(line.slice(from));
  state.reading = false;
  finish();
}
