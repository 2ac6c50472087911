/** Longest part of a quotation or bracket in which a full stop ends no sentence; longer ones were never closed. */
const QUOTE_MAX_CHARS = 300;

const candidate = /([.!?…。！？｡‼⁉]+)(["'”’»)\]」』）】]*)|[「『（]|[」』）]/gu;
const tail =
  /(?:\s*(?:\p{Extended_Pictographic}|\p{Regional_Indicator}|\p{Emoji_Modifier}|\ufe0f|\u200d|[♪♡]))+|\s?[（(]笑[)）]|(?:笑|[wｗ]{1,10})(?![\p{L}])/uy;

/** Words with a full stop that does not end a sentence. */
const neverLast =
  /(?:^|[^\p{L}\p{N}])(?:mr|mrs|ms|mx|dr|prof|st|sgt|capt|lt|col|gen|rev|hon|vs|cf|e\.g|i\.e|eg|ie|approx|esp|dept|est)$/iu;
/** These may end one: then a capital follows. */
const mayBeLast = /(?:^|[^\p{L}\p{N}])(?:etc|jr|sr|inc|ltd|co|corp|a\.m|p\.m|u\.s|u\.k|ph\.d|(?:\p{L}\.)+\p{L})$/iu;
const beforeNumber = /(?:^|[^\p{L}\p{N}])(?:no|nr|vol|pp?|ch|ep|fig|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)$/iu;
const initial = /(?:^|[^\p{L}\p{N}.'’])[A-HJ-Z]$/u;
/** 「行こう。」と言った: the quotation is a part of a longer sentence. */
const quoteGoesOn = /^[とっなはがをもにでのやへだ、]/u;
const startsAfterDot =
  /^(?:\s|$|["“‘「『（(]|\p{Extended_Pictographic}|[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}])/u;

/** The sentences of one line, English or Japanese. Joined they are the line, but for spaces. */
export function splitSentences(text: string): string[] {
  const sentences: string[] = [];
  let [from, depth, openedAt] = [0, 0, 0];
  const cut = (at: number) => {
    tail.lastIndex = at;
    const end = tail.test(text) ? tail.lastIndex : at;
    const sentence = text.slice(from, end).trim();
    if (sentence) sentences.push(sentence);
    from = end;
    depth = 0;
  };
  for (const { 0: found, 1: run, 2: closers = '', index } of text.matchAll(candidate)) {
    if (index < from) continue;
    const end = index + found.length;
    if (run === undefined) {
      if (/[「『（]/u.test(found)) {
        if (depth === 0) openedAt = index;
        depth += 1;
      } else {
        depth = Math.max(0, depth - 1);
        if (depth === 0 && found !== '）' && /^\s*[「『]/u.test(text.slice(end, end + 3))) cut(end);
      }
      continue;
    }
    depth = Math.max(0, depth - (closers.match(/[」』）]/gu)?.length ?? 0));
    if (depth > 0 && index - openedAt <= QUOTE_MAX_CHARS) continue;
    if (endsSentence(text, index, run, closers, end)) cut(end);
  }
  cut(text.length);
  return sentences;
}

function endsSentence(text: string, start: number, run: string, closers: string, end: number): boolean {
  const next = text.slice(end, end + 40);
  if (/[。！？｡‼⁉]/u.test(run)) return !(/[」』）]/u.test(closers) && quoteGoesOn.test(next));
  if (!startsAfterDot.test(next)) return false;
  const follows = next.trimStart();
  const goesOnSmall = /^\p{Ll}/u.test(follows);
  if (/[!?]/u.test(run)) return !(/["'”’»)]/u.test(closers) && goesOnSmall);
  if (run.includes('…') || run.length > 1) return follows === '' || /^[\p{Lu}"“‘]/u.test(follows);
  if (closers && goesOnSmall) return false;
  return !staysOpen(text.slice(Math.max(0, start - 20), start), follows);
}

/** Whether the dot after `before` belongs to an abbreviation or an initial. */
function staysOpen(before: string, follows: string): boolean {
  if (follows === '') return false;
  if (neverLast.test(before) || initial.test(before)) return true;
  if (beforeNumber.test(before)) return /^\d/u.test(follows);
  return mayBeLast.test(before) && !/^[\p{Lu}"“‘]/u.test(follows);
}
