/** Cheering repeats itself too: `wwwww`, `gogogo`, a row of hearts. Only what buries the chat is spam. */
const LETTER_RUN_MAX = 120;
const PHRASE_REPEATS_MAX = 8;
const PHRASE_TOTAL_CHARS = 160;
/** Shorter ones are cheers. */
const PHRASE_CHARS = { min: 7, max: 60 };
const MARKS_MAX = 60;
const INVISIBLE_MAX = 40;
const LINES_MAX = 25;
const MENTIONS_MAX = 10;

const letterRun = new RegExp(`(\\S)\\1{${LETTER_RUN_MAX},}`, 'u');
/** Rows of them are applause. */
const emoji = /[\p{Extended_Pictographic}\p{Emoji_Modifier}\u{fe0f}\u{200d}]/gu;
const count = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;

/** The rule that a message breaks by its form alone. */
export function findSpam(text: string): string | undefined {
  if (/[^\0-\x7f]/u.test(text)) {
    const marks = count(text, /[\p{Mn}\p{Me}]/gu);
    if (marks > MARKS_MAX && /[\p{Mn}\p{Me}]{4}/u.test(text.replace(/[\u{fe0f}\u{20e3}]/gu, ''))) return 'spam/marks';
    const invisible = count(text, /[\u{200b}-\u{200f}\u{202a}-\u{202e}\u{2060}-\u{2069}\u{feff}]/gu);
    if (invisible > INVISIBLE_MAX) return 'spam/invisible';
  }
  if (count(text, /\n/gu) > LINES_MAX) return 'spam/lines';
  if (count(text, /(?<!\S)@\w/gu) > MENTIONS_MAX) return 'spam/mentions';
  if (text.length <= LETTER_RUN_MAX) return undefined;
  const words = text.replace(emoji, '').replace(/\s+/gu, ' ');
  if (letterRun.test(words)) return 'spam/flood';
  return repeatsPhrase(words) ? 'spam/repeats' : undefined;
}

/** Whether one phrase fills a long stretch, over and over: there each character is the one a phrase before. */
function repeatsPhrase(text: string): boolean {
  for (let phrase = PHRASE_CHARS.min; phrase <= PHRASE_CHARS.max; phrase++) {
    const wanted = Math.max(PHRASE_TOTAL_CHARS, phrase * PHRASE_REPEATS_MAX) - phrase;
    const repeats = (at: number) => text.charCodeAt(at) === text.charCodeAt(at - phrase);
    // A stretch of that length covers one of these places.
    for (let place = phrase; place < text.length; place += wanted) {
      if (!repeats(place)) continue;
      let [from, to] = [place, place];
      while (from > phrase && repeats(from - 1)) from--;
      while (to + 1 < text.length && repeats(to + 1)) to++;
      if (to - from + 1 >= wanted) return true;
    }
  }
  return false;
}
