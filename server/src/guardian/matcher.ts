import type { Glyph, Sign } from './glyph.ts';
import { SPACE, type PatternNode, type PatternTable, type Rule } from './pattern.ts';

/** A rule's match: offsets as they were given to `feed`. */
export type Match = {
  rule: Rule;
  start: number;
  end: number;
  /** Where its last word began. */
  lastWord: number;
};

/** One way in which the text may be on its way into a match. */
type Thread = {
  node: PatternNode;
  start: number;
  /** Where the present word of the pattern began. */
  word: number;
  /** Behind the last letter that counted. */
  end: number;
  last: number;
  /** Signs since that letter. */
  signs: number;
  /** Stands behind a space of the pattern; the next letter begins a word. */
  atGap: boolean;
  gapLeft: number;
  /** Inside a word that the gap lets pass. */
  skipping: boolean;
  /** Letters since the last sign inside this word, and whether each stood alone so far: `k i l l`. */
  group: number;
  singles: boolean;
  spaced: boolean;
  afterDot: boolean;
  /** Letters that were themselves, and letters that were written with another sign. */
  real: number;
  leet: number;
};

export type MatcherState = { threads: readonly Thread[]; pending: readonly Match[]; before: Sign | undefined };

const THREADS_MAX = 96;
const SIGNS_IN_WORD_MAX = 3;
const SIGNS_IN_GAP_MAX = 6;
const LONG_MARK = 'ー'.charCodeAt(0);

/**
 * Follows a text grapheme by grapheme and knows at any time which rules its tail may still grow into. The work for each
 * grapheme is bounded, so a text costs what its length is.
 */
export class Matcher {
  private threads: readonly Thread[] = [];
  private next: Thread[] = [];
  private pending: Match[] = [];
  private safe: Match[] = [];
  private before: Sign | undefined;
  /** Stretches in which the text may not be cut: cut there, it would be a match that it is not as a whole. */
  private spared: { from: number; to: number }[] = [];

  constructor(private readonly tables: readonly PatternTable[]) {}

  reset(state: MatcherState = { threads: [], pending: [], before: undefined }): void {
    this.threads = state.threads;
    this.pending = [...state.pending];
    this.before = state.before;
    this.spared = [];
  }

  /** What it knows of the text so far, to go back to. */
  state(): MatcherState {
    return { threads: this.threads, pending: [...this.pending], before: this.before };
  }

  /** Where the earliest unfinished match began; Infinity where nothing can grow. */
  hold(): number {
    let start = Infinity;
    for (const thread of this.threads) if (thread.node.leadsToBlock && thread.start < start) start = thread.start;
    for (const match of this.pending) if (match.start < start) start = match.start;
    return start;
  }

  /** Whether the text up to there could be shown alone. Asked in order: what lies before is forgotten. */
  mayCut(at: number): boolean {
    if (this.spared.length > 0) this.spared = this.spared.filter(({ to }) => to > at);
    return !this.spared.some(({ from }) => from <= at);
  }

  feed(glyph: Glyph, start: number, end: number): Match | undefined {
    for (const sign of glyph.signs) {
      const found = this.step(sign, start, end);
      if (found) return found;
    }
    return undefined;
  }

  /** The match that stands if the text ends here. The text may go on nevertheless. */
  end(): Match | undefined {
    for (const thread of this.threads) this.close(thread);
    return this.decide(true);
  }

  private step(sign: Sign, start: number, end: number): Match | undefined {
    const changes = changesScript(this.before, sign);
    const begins = this.before?.kind !== 'letter' || changes;
    const ends = sign.kind !== 'letter' || changes;
    this.next = [];
    if (this.safe.length > 0) this.safe = [];
    for (const thread of this.threads) {
      if (ends) this.close(thread);
      else if (thread.node.closes.length > 0 && isWordEnd(thread)) this.spared.push({ from: thread.end, to: end });
      if (sign.kind === 'letter') this.read(thread, sign, sign.code, start, end, true);
      for (const code of sign.alts) this.read(thread, sign, code, start, end, false);
      if (sign.kind !== 'letter') this.separate(thread, sign);
    }
    if (sign.kind === 'letter') this.begin(sign, sign.code, begins, start, end, true);
    for (const code of sign.alts) this.begin(sign, code, begins, start, end, false);
    this.threads = this.next;
    this.before = sign;
    return this.pending.length > 0 ? this.decide(false) : undefined;
  }

  private begin(sign: Sign, code: number, beginsWord: boolean, start: number, end: number, real: boolean): void {
    for (const { atWord, anywhere } of this.tables) {
      if (beginsWord) this.begun(atWord.next(code), code, start, end, real);
      if (sign.code === 0 || sign.code !== this.before?.code) this.begun(anywhere.next(code), code, start, end, real);
    }
  }

  private begun(node: PatternNode | undefined, code: number, start: number, end: number, real: boolean): void {
    if (!node) return;
    this.keep({
      node,
      start,
      word: start,
      end,
      last: code,
      signs: 0,
      atGap: false,
      gapLeft: 0,
      skipping: false,
      group: 1,
      singles: true,
      spaced: false,
      afterDot: false,
      real: real ? 1 : 0,
      leet: real ? 0 : 1,
    });
  }

  private read(thread: Thread, sign: Sign, code: number, start: number, end: number, real: boolean): void {
    if (thread.skipping) {
      if (!real) return;
      // Japanese has no spaces: each of its letters may begin the word that is looked for.
      const dense = sign.script !== 'latin';
      if (dense) this.advance(thread, thread.node.next(code), code, thread.atGap ? start : thread.word, end, real);
      if (!dense && thread.signs === 0) this.keep(thread);
      else if (!dense || thread.gapLeft > 0)
        this.keep({ ...thread, signs: 0, gapLeft: thread.gapLeft - (dense ? 1 : 0) });
      return;
    }
    const direct = thread.signs === 0;
    const drawnOut = code === thread.last || (code === LONG_MARK && thread.node.closes.length > 0);
    if (direct && drawnOut) this.keep({ ...thread, end });
    if (direct && thread.spaced) return;
    this.advance(thread, thread.node.next(code), code, thread.atGap ? start : thread.word, end, real);
    if (thread.atGap && thread.gapLeft > 0 && real)
      this.keep({ ...thread, node: thread.node.gapped, skipping: true, gapLeft: thread.gapLeft - 1 });
    if (!direct) return;
    const joined = thread.node.next(SPACE);
    if (!joined) return;
    this.advance(thread, joined.next(code), code, start, end, real);
    if (joined.gap > 0 && sign.script !== 'latin' && real)
      this.keep({ ...thread, node: joined.gapped, atGap: true, skipping: true, gapLeft: joined.gap - 1 });
  }

  private advance(
    thread: Thread,
    node: PatternNode | undefined,
    code: number,
    word: number,
    end: number,
    real: boolean,
  ): void {
    if (!node) return;
    const opensWord = thread.atGap;
    const apart = thread.signs > 0;
    // Written out: a spread costs ten times as much, and this runs for every letter.
    const next: Thread = {
      node,
      start: thread.start,
      word,
      end,
      last: code,
      signs: 0,
      atGap: false,
      gapLeft: 0,
      skipping: false,
      group: opensWord || apart ? 1 : thread.group + 1,
      singles: opensWord || (thread.singles && apart),
      spaced: !opensWord && thread.spaced,
      afterDot: false,
      real: thread.real + (real ? 1 : 0),
      leet: thread.leet + (real ? 0 : 1),
    };
    for (const rule of node.opens) this.note(next, rule);
    this.keep(next);
  }

  private separate(thread: Thread, sign: Sign): void {
    if (sign.kind === 'stop' || (thread.afterDot && sign.kind === 'space')) return;
    const afterDot = sign.kind === 'dot';
    if (thread.atGap) {
      if (thread.signs < SIGNS_IN_GAP_MAX) this.keep({ ...thread, skipping: false, signs: thread.signs + 1, afterDot });
      return;
    }
    const gap = thread.node.next(SPACE);
    if (gap) this.keep({ ...thread, node: gap, atGap: true, gapLeft: gap.gap, signs: 1, afterDot });
    // Inside a word: one sign between any letters (`k.ill`), or spaces where every letter stands alone (`k i l l`).
    if (thread.node.leaf) return;
    const alone = thread.group === 1 && thread.singles;
    const widens = sign.kind === 'space' || thread.signs > 0;
    if (thread.signs >= SIGNS_IN_WORD_MAX || (widens && !alone)) return;
    this.keep({ ...thread, signs: thread.signs + 1, spaced: thread.spaced || widens, afterDot });
  }

  private close(thread: Thread): void {
    if (isWordEnd(thread)) for (const rule of thread.node.closes) this.note(thread, rule);
  }

  private keep(thread: Thread): void {
    if (this.next.length < THREADS_MAX) this.next.push(thread);
  }

  private note(thread: Thread, rule: Rule): void {
    if (thread.real === 0 || thread.leet > thread.real) return;
    (rule.safe ? this.safe : this.pending).push({ rule, start: thread.start, end: thread.end, lastWord: thread.word });
    if (rule.safe) this.clearSafe();
  }

  private clearSafe(): void {
    this.pending = this.pending.filter((match) => {
      const safe = this.safe.find(({ start, end }) => start <= match.lastWord && end >= match.end);
      if (safe) this.spared.push({ from: match.end, to: safe.end });
      return !safe;
    });
  }

  /** The earliest match whose last word no harmless phrase can still cover. */
  private decide(final: boolean): Match | undefined {
    this.clearSafe();
    this.safe = [];
    let found: Match | undefined;
    for (const match of this.pending) {
      const undecided = !final && this.threads.some(({ node, start }) => node.leadsToSafe && start <= match.lastWord);
      if (!undecided && (!found || match.start < found.start)) found = match;
    }
    return found;
  }
}

const isWordEnd = (thread: Thread) => thread.signs === 0 && !thread.skipping && !thread.atGap;

/** Words of other scripts border on each other without a space, but kanji and hiragana make words together. */
function changesScript(before: Sign | undefined, sign: Sign): boolean {
  if (before?.kind !== 'letter' || sign.kind !== 'letter' || before.script === sign.script) return false;
  return [before.script, sign.script].some(
    (script) => script === 'latin' || script === 'katakana' || script === 'other',
  );
}
