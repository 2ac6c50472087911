/** Longest piece in UTF-16 units: about 17 seconds of speech. */
export const PIECE_MAX_CHARS = 240;
/** The first piece may end at a comma once it is this long, so that the voice starts early. */
const FIRST_PIECE_MIN_CHARS = 6;

const terminator = /^[.!?…。！？｡]$/u;
const wideTerminator = /[。！？｡]/u;
const closer = /^["'”’)\]}」』）】〉》*_~]$/u;
const space = /^\s$/u;
const speakable = /^[\p{L}\p{N}]$/u;
const emojiPart = /^[\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Regional_Indicator}\u{FE0F}\u{200D}]$/u;
/** What may stand right after the dot that ends a sentence: "Hi.こんにちは", never the dot of "2.5" or of an address. */
const opensAfterDot = /^[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}「『（【“‘([{\p{Extended_Pictographic}]$/u;
/** Never the last word of a sentence. */
const title = /(?:^|[^\p{L}\p{N}])(?:mr|mrs|ms|mx|dr|prof|st|sgt|capt|gen|rev|hon|vs|cf|fig|e\.g|i\.e|approx)$/iu;
/** May be the last word of a sentence: then a capital follows. */
const mayEnd = /(?:^|[^\p{L}\p{N}])(?:etc|jr|sr|inc|ltd|co|corp|a\.m|p\.m|u\.s|u\.k|\p{Lu}\.\p{Lu})$/iu;
const beforeNumber = /(?:^|[^\p{L}\p{N}])(?:no|nr|vol|pp?|ch|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)$/iu;
const initial = /(?:^|[^\p{L}\p{N}.])[A-HJ-Z]$/u;
const listNumber = /(?:^|\n)\s*\d{1,3}$/u;
/** 「行こう。」と言った: the quoted sentence is a part of a longer one. */
const quoteGoesOn = /^[とっな]$/u;
const partOfCluster = /^[\p{M}\u{200D}\u{DC00}-\u{DFFF}]$/u;

const END = '';

/**
 * Where the first piece of `text` ends; undefined: it is all one piece. What lies ahead is read only through `at`, so
 * `open` tells whether later text could change the answer.
 */
function firstEnd(text: string, isFirst: boolean): { end?: number; open: boolean } {
  let open = false;
  const at = (index: number): string => {
    const code = text.codePointAt(index);
    if (code === undefined || (code >= 0xd800 && code <= 0xdbff)) open = true;
    return code === undefined ? END : String.fromCodePoint(code);
  };
  const end = findEnd(text, isFirst, at);
  return { end, open };
}

type Reader = (index: number) => string;

function findEnd(text: string, isFirst: boolean, at: Reader): number | undefined {
  const skip = (from: number, matches: (char: string) => boolean): number => {
    let index = from;
    for (let char = at(index); char !== END && matches(char); char = at(index)) {
      if (index + char.length > PIECE_MAX_CHARS) break;
      index += char.length;
    }
    return index;
  };
  const skipTail = (from: number): number => skip(from, (char) => space.test(char) || emojiPart.test(char));

  let hasSpeech = false;
  for (let index = 0; index < PIECE_MAX_CHARS; ) {
    const char = at(index);
    if (char === END) return undefined;
    if (speakable.test(char)) hasSpeech = true;
    else if (hasSpeech && char === '\n') return skipTail(index);
    else if (hasSpeech && terminator.test(char)) {
      const runEnd = skip(index, (next) => terminator.test(next));
      const closed = skip(runEnd, (next) => closer.test(next));
      if (endsSentence(text, index, runEnd, closed, at)) {
        const goesOn = closed > runEnd && quoteGoesOn.test(at(closed));
        if (!goesOn) return skipTail(closed);
      }
      index = runEnd;
      continue;
    } else if (hasSpeech && isFirst && endsFirstPiece(text, index, at)) {
      return skip(index + 1, (next) => space.test(next));
    }
    index += char.length;
  }
  return at(PIECE_MAX_CHARS) === END ? undefined : cutLong(text);
}

function endsSentence(text: string, start: number, runEnd: number, closed: number, at: Reader): boolean {
  const run = text.slice(start, runEnd);
  if (wideTerminator.test(run)) return true;
  const next = at(closed);
  const free = next === END || space.test(next) || opensAfterDot.test(next);
  if (!free) return false;
  if (/[!?]/u.test(run)) return true;
  if (run !== '.' || space.test(text.charAt(start - 1)) || afterSpaces(closed, at) === '.') return false; // also ". . ."
  return !staysOpen(text.slice(0, start), () => afterSpaces(closed, at));
}

/** Whether the dot after `before` belongs to an abbreviation, an initial or the number of a list. */
function staysOpen(before: string, next: () => string): boolean {
  if (title.test(before) || initial.test(before) || listNumber.test(before)) return true;
  if (beforeNumber.test(before)) return /^\d$/u.test(next());
  return mayEnd.test(before) && !/^[\p{Lu}\p{Lo}"'“‘]?$/u.test(next());
}

function afterSpaces(from: number, at: Reader): string {
  for (let index = from; index < PIECE_MAX_CHARS; index += 1) if (!space.test(at(index))) return at(index);
  return END;
}

function endsFirstPiece(text: string, index: number, at: Reader): boolean {
  if (!/^[,、，]$/u.test(at(index)) || text.slice(0, index + 1).trim().length < FIRST_PIECE_MIN_CHARS) return false;
  return at(index) !== ',' || space.test(at(index + 1)); // not in 3,000
}

function cutLong(text: string): number {
  const head = text.slice(0, PIECE_MAX_CHARS);
  const lastSpace = head.search(/\s\S*$/u);
  if (lastSpace >= 0 && head.slice(0, lastSpace).trim() !== '') return lastSpace + 1;
  let cut = PIECE_MAX_CHARS;
  while (cut > PIECE_MAX_CHARS / 2 && partOfCluster.test(text.charAt(cut))) cut -= 1;
  return cut;
}

/** Cuts a reply into spoken pieces while it comes; the pieces joined are the text. */
export type SentenceSplitter = {
  /** Pieces that no later text can change. */
  push(text: string): string[];
  /** The rest, once the text is whole. */
  end(): string[];
};

export function createSentenceSplitter(): SentenceSplitter {
  let rest = '';
  let isFirst = true;

  function take(whole: boolean): string[] {
    const pieces: string[] = [];
    for (;;) {
      const { end, open } = firstEnd(rest, isFirst);
      if (end === undefined || (open && !whole)) return pieces;
      pieces.push(rest.slice(0, end));
      rest = rest.slice(end);
      isFirst = false;
    }
  }

  return {
    push(text) {
      rest += text;
      return take(false);
    },
    end() {
      const pieces = take(true);
      if (rest !== '') pieces.push(rest);
      rest = '';
      return pieces;
    },
  };
}

/** The pieces of a text that is whole; equal to those of a splitter that got it in any frames. */
export function splitSentences(text: string): string[] {
  const splitter = createSentenceSplitter();
  return [...splitter.push(text), ...splitter.end()];
}
