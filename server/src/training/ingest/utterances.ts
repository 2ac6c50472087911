import { type Cue, isSpaceless, joinTexts, textOf, type Token } from './cue.ts';
import type { Author, Piece } from './piece.ts';
import { findRolling, newWords } from './unroll.ts';

/** Cues that are judged together: do they roll, have they full stops? */
const BLOCK_CUES = 64;
/** A silence after which something else begins: without full stops, and with them. */
const PAUSE_MS = 700;
const LONG_PAUSE_MS = 3_000;
/** Between the beginnings of two words, the time that the first one takes included. */
const WORD_MS = 500;
/** A punctuated paragraph is handed on at a full stop after so many characters, and in any case after so many. */
const PARAGRAPH_CHARS = { fair: 300, most: 2_000 };
/** Without full stops: words (characters, in Japanese) after which the next cue begins a new sentence, and the most. */
const WORDS = { fair: 12, most: 28 };
const CHARACTERS = { fair: 14, most: 60 };
/** Of all words, how many must end a sentence for captions to count as punctuated. */
const STOPS_SHARE = 0.02;

const stop = /[.!?…。！？]["'”’)」』）]*$/u;
/** How Japanese sentences end where nobody writes a full stop. */
const ending =
  /(?:です|こんにちは|こんばんは|ありがとう|ます|ました|でした|ません|だよ|だね|よね|かな|けど|から|ください|でしょう|ですね|ますね|ですよ|ますよ)$/u;

/** Cues to what was said: without the repetitions of rolling captions, cut at full stops or else at pauses. */
export class Utterances {
  #block: Cue[] = [];
  #before: Cue | undefined;
  #punctuated = false;
  #said: { text: string; words: number; line: number; author: Author | undefined; lastMs: number } | undefined;

  *push(cue: Cue): Generator<Piece> {
    this.#block.push(cue);
    if (this.#block.length >= BLOCK_CUES) yield* this.#readBlock();
  }

  *end(): Generator<Piece> {
    yield* this.#readBlock();
    yield* this.#flush();
  }

  *#readBlock(): Generator<Piece> {
    const rolling = findRolling(this.#before ? [this.#before, ...this.#block] : this.#block);
    const fresh = this.#block.map((cue, i) => newWords(this.#block[i - 1] ?? this.#before, cue, rolling));
    this.#punctuated = isPunctuated(fresh);
    for (const [i, cue] of this.#block.entries()) {
      const tokens = fresh[i] ?? [];
      if (tokens.length) yield* this.#say(cue, tokens);
    }
    this.#before = this.#block.at(-1) ?? this.#before;
    this.#block = [];
  }

  *#say(cue: Cue, tokens: readonly Token[]): Generator<Piece> {
    const sung = /^[♪♫♬]/u.test(tokens[0]?.text ?? '');
    if (sung) yield* this.#flush();
    const beganMs = tokens[0]?.atMs ?? cue.startMs;
    const said = this.#said;
    if (said && (said.author?.name !== cue.author?.name || this.#endsBefore(beganMs))) yield* this.#flush();
    if (this.#punctuated) this.#add(cue, tokens);
    else yield* this.#sayUnpunctuated(cue, tokens);
    const last = tokens.at(-1)?.atMs;
    if (this.#said) this.#said.lastMs = last === undefined ? cue.endMs : Math.min(cue.endMs, last + WORD_MS);
    if (sung) yield* this.#flush(); // nobody goes on talking in a song
  }

  /** Whether what was said so far is whole, before something that begins at `beganMs`. */
  #endsBefore(beganMs: number): boolean {
    const said = this.#said;
    if (!said) return false;
    const silenceMs = beganMs - said.lastMs;
    if (this.#punctuated) {
      if (silenceMs >= LONG_PAUSE_MS || said.text.length >= PARAGRAPH_CHARS.most) return true;
      return stop.test(said.text) && (silenceMs >= PAUSE_MS || said.text.length >= PARAGRAPH_CHARS.fair);
    }
    const limits = isSpaceless(said.text) ? CHARACTERS : WORDS;
    return silenceMs >= PAUSE_MS || said.words >= limits.fair || ending.test(said.text) || stop.test(said.text);
  }

  *#sayUnpunctuated(cue: Cue, tokens: readonly Token[]): Generator<Piece> {
    let from = 0;
    for (let i = 1; i < tokens.length; i += 1) {
      const [before, now] = [tokens[i - 1]?.atMs, tokens[i]?.atMs];
      const paused = before !== undefined && now !== undefined && now - before >= WORD_MS + PAUSE_MS;
      const most = isSpaceless(tokens[i]?.text ?? '') ? CHARACTERS.most : WORDS.most;
      const full = (this.#said?.words ?? 0) + i - from >= most && !tokens[i]?.glued;
      if (!paused && !full) continue;
      this.#add(cue, tokens.slice(from, i));
      yield* this.#flush();
      from = i;
    }
    this.#add(cue, tokens.slice(from));
  }

  #add(cue: Cue, tokens: readonly Token[]): void {
    const said = (this.#said ??= { text: '', words: 0, line: cue.line, author: cue.author, lastMs: cue.startMs });
    said.text = joinTexts(said.text, textOf(tokens));
    said.words += tokens.length;
  }

  *#flush(): Generator<Piece> {
    const said = this.#said;
    this.#said = undefined;
    if (said?.text) yield { text: said.text, line: said.line, ...(said.author && { author: said.author }) };
  }
}

function isPunctuated(cues: readonly (readonly Token[])[]): boolean {
  let [words, stops] = [0, 0];
  for (const { text } of cues.flat()) {
    words += isSpaceless(text) ? 1 / 3 : 1;
    if (stop.test(text)) stops += 1;
  }
  return stops >= words * STOPS_SHARE && stops > 0;
}
