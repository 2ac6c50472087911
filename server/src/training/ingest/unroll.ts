import { type Cue, isSpaceless, type Token } from './cue.ts';

/** How the cues of a part of a file go over into each other. */
export type Rolling = { lines: boolean; growing: boolean; words: boolean };

const still: Rolling = { lines: false, growing: false, words: false };
/** Of the cues, how many must repeat the one before for the captions to be rolling. */
const ROLLING_SHARE = 0.4;
/** Of the same, for these ways of rolling to be taken into account: people say a word twice, too. */
const GROWING_SHARE = 0.3;
const WORDS_SHARE = 0.5;
const WORDS_MIN = 2;

/** How captions roll; told from cues that follow each other. */
export function findRolling(cues: readonly Cue[]): Rolling {
  const seen = { lines: 0, growing: 0, words: 0 };
  for (const [i, cue] of cues.entries()) {
    const before = cues[i - 1];
    if (!before) continue;
    if (sameLines(before, cue)) seen.lines += 1;
    else if (grownLines(before, cue)) seen.growing += 1;
    else if (sameWords(before, cue) >= WORDS_MIN) seen.words += 1;
  }
  const pairs = Math.max(1, cues.length - 1);
  const growing = seen.growing / pairs >= GROWING_SHARE;
  const words = seen.words / pairs >= WORDS_SHARE;
  const rolling = seen.lines + (growing ? seen.growing : 0) + (words ? seen.words : 0);
  return rolling / pairs >= ROLLING_SHARE ? { lines: true, growing, words } : still;
}

/** What a cue says that the one before it did not show. */
export function newWords(before: Cue | undefined, cue: Cue, rolling: Rolling): Token[] {
  const all = flat(cue.lines);
  if (!before) return all;
  const lines = sameLines(before, cue);
  if (!rolling.lines) return lines === cue.lines.length && lines === before.lines.length ? [] : all;
  const grown = rolling.growing ? grownLines(before, cue) : 0;
  if (lines >= grown && lines > 0) return flat(cue.lines.slice(lines));
  if (grown > 0) {
    const shown = before.lines.at(-1)?.length ?? 0;
    return flat([(cue.lines[grown - 1] ?? []).slice(shown), ...cue.lines.slice(grown)]);
  }
  return rolling.words ? all.slice(sameWords(before, cue)) : all;
}

/** How many of the last lines are the first ones now. */
function sameLines(before: Cue, cue: Cue): number {
  return overlap(before.lines, cue.lines, sameLine);
}

/** The same, but the last of them has got longer. */
function grownLines(before: Cue, cue: Cue): number {
  const most = Math.min(before.lines.length, cue.lines.length);
  for (let length = most; length > 0; length -= 1) {
    const first = before.lines.length - length;
    const [shown, now] = [before.lines.at(-1) ?? [], cue.lines[length - 1] ?? []];
    const grown = shown.length < now.length && shown.every((token, i) => token.text === now[i]?.text);
    const same = (line: Token[], i: number) => sameLine(before.lines[first + i] ?? [], line);
    if (grown && cue.lines.slice(0, length - 1).every(same)) return length;
  }
  return 0;
}

/** The same for words, where lines break anew each time. */
function sameWords(before: Cue, cue: Cue): number {
  return overlap(before.lines.flat(), cue.lines.flat(), (a, b) => a.text === b.text);
}

function overlap<T>(before: readonly T[], now: readonly T[], same: (a: T, b: T) => boolean): number {
  for (let length = Math.min(before.length, now.length); length > 0; length -= 1) {
    const first = before.length - length;
    let i = 0;
    while (i < length && same(before[first + i] as T, now[i] as T)) i += 1;
    if (i === length) return length;
  }
  return 0;
}

function sameLine(a: readonly Token[], b: readonly Token[]): boolean {
  return a.length === b.length && a.every((token, i) => token.text === b[i]?.text);
}

/** Lines as one: where a language has no spaces, none stands for the end of a line. */
function flat(lines: readonly (readonly Token[])[]): Token[] {
  const all: Token[] = [];
  for (const [first, ...more] of lines) {
    const before = all.at(-1)?.text.slice(-1) ?? '';
    if (first) all.push({ ...first, glued: isSpaceless(before) && isSpaceless(first.text.slice(0, 1)) }, ...more);
  }
  return all;
}
