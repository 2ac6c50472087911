import { findEntities, maskTexts } from './entities.ts';
import { EntityWindow, type Closed } from './entity-window.ts';
import { glyphOf, joinsGlyph } from './glyph.ts';
import type { Match, Matcher, MatcherState } from './matcher.ts';
import { glyphs } from './normalise.ts';
import { dropLink, linkMayGoOn, namesWholeHost, type Finding } from './urls.ts';
import { toVerdict, type Gate, type Reason, type Released } from './verdict.ts';
import { WordBorders, wordStarts } from './words.ts';

/** Held text is decided upon at this length, whatever it may grow into. */
export const HOLD_MAX_CHARS = 80;
const RECENT_CHARS = 48;
const masks = Object.values(maskTexts);

/**
 * Reads a text grapheme by grapheme, so it cannot matter in which pieces it comes. All offsets are those of the shown text, in which
 * masks stand for what they hide; what the gate knows follows from the shown text alone, so another gate that is given
 * that text goes on in the same way.
 */
export class StreamGate implements Gate {
  /** What is not given out yet. `base`: its offset; up to `clear` it is allowed. */
  private tail = '';
  private base = 0;
  private clear = 0;
  private glyphStart = 0;
  private scan = 0;
  private output = '';
  private recent = '';
  /** Shown before this gate was opened, and how much of that is still to be left out of what it gives. */
  private readonly shownBefore: number;
  private leaveOut = 0;
  /** A link of more than the held length is being dropped. */
  private dropping: Finding | undefined;
  private readonly words = new WordBorders();
  private readonly window = new EntityWindow();
  /** What the rules knew where each held word begins. */
  private marks: { at: number; state: MatcherState }[] = [];
  private readonly reasons: Reason[] = [];
  private blocked: Released['blocked'];
  private readonly read = (from: number, to: number): string => this.tail.slice(from - this.base, to - this.base);

  constructor(
    private readonly matcher: Matcher,
    published = '',
  ) {
    this.shownBefore = published.length;
    if (!published) return;
    this.push(published);
    this.leaveOut = Math.max(0, published.length - this.base);
  }

  push(text: string): Released {
    if (this.blocked) return { text: '', blocked: this.blocked };
    this.tail += text;
    this.run(false);
    return this.release();
  }

  end(): Released {
    do this.run(true);
    while (!this.blocked && !this.settle(this.tailEnd));
    return { ...this.release(), verdict: this.blocked?.verdict ?? toVerdict(this.reasons) };
  }

  private get tailEnd(): number {
    return this.base + this.tail.length;
  }

  private release(): Released {
    const given = this.output + this.read(this.base, this.clear);
    this.tail = this.tail.slice(this.clear - this.base);
    this.base = this.clear;
    this.recent = (this.recent + given).slice(-RECENT_CHARS);
    this.output = '';
    const text = given.slice(this.leaveOut);
    this.leaveOut = Math.max(0, this.leaveOut - given.length);
    return this.blocked ? { text, blocked: this.blocked } : { text };
  }

  private run(final: boolean): void {
    while (!this.blocked) {
      if (this.dropping && !this.drop(this.dropping, final)) return;
      if (this.scan >= this.tailEnd) {
        if (!final || this.glyphStart === this.scan) return;
        this.readGlyph();
        continue;
      }
      const code = this.tail.codePointAt(this.scan - this.base) ?? 0;
      const cutPair = code >= 0xd800 && code <= 0xdbff && this.scan === this.tailEnd - 1;
      if (cutPair && !final) return;
      const plain = code < 0x80 && code !== 10;
      if (this.scan > this.glyphStart && (plain || !joinsGlyph(this.read(this.glyphStart, this.scan), code)))
        this.readGlyph();
      else this.scan += code > 0xffff ? 2 : 1;
    }
  }

  /** Takes in the grapheme from `glyphStart` to `scan`. */
  private readGlyph(): void {
    const [start, end] = [this.glyphStart, this.scan];
    this.glyphStart = end;
    const glyph = glyphOf(this.read(start, end));
    this.words.feed(glyph.kind, start, end, this.read);
    if (this.window.begins(glyph)) this.mark(start);
    const match = this.matcher.feed(glyph, start, end);
    if (match) return this.block(match);
    const closed = this.window.feed(glyph, start);
    if (closed && !this.inspect(closed)) return;
    if (glyph.plain === ']' && this.endsWithMask(end) && !this.settle(end)) return;
    this.clearUp();
    if (end - this.clear > HOLD_MAX_CHARS) this.decide(end);
  }

  private mark(at: number): void {
    this.marks.push({ at, state: this.matcher.state() });
  }

  /** Allows what can no longer grow into anything. */
  private clearUp(): void {
    const { borders } = this.words;
    if (borders[0] === undefined || borders[0] > this.window.start) return;
    const limit = Math.min(this.matcher.hold(), this.window.start);
    let used = 0;
    for (; used < borders.length && (borders[used] ?? 0) <= limit; used++) {
      const border = borders[used] ?? 0;
      if (this.matcher.mayCut(border)) this.clear = border;
    }
    borders.splice(0, used);
    while (this.marks[0] && this.marks[0].at < this.clear) this.marks.shift();
  }

  /** The text ends at `end`, or something stands there that nothing crosses. False: it had to be changed or stopped. */
  private settle(end: number): boolean {
    const match = this.matcher.end();
    if (match) this.block(match);
    else {
      const closed = this.window.close(end);
      if (!closed || this.inspect(closed)) {
        this.clear = end;
        this.forget();
        return true;
      }
    }
    return false;
  }

  private endsWithMask(end: number): boolean {
    const text = this.recent + this.output + this.read(this.base, end);
    return masks.some((mask) => text.endsWith(mask));
  }

  private forget(): void {
    this.matcher.reset();
    this.words.reset();
    this.window.reset();
    this.marks = [];
  }

  /** False: a mask or a block has changed what follows. */
  private inspect({ from, to, suspect }: Closed): boolean {
    const finding = suspect ? this.firstFinding(from, to) : undefined;
    if (finding) this.apply(finding, from);
    return !finding;
  }

  /** Links and numbers that are not wholly shown yet, in offsets of the shown text. */
  private findings(from: number, to: number): Finding[] {
    const floor = Math.max(this.base, this.shownBefore);
    return findEntities(this.read(from, to))
      .map((finding) => ({ ...finding, start: Math.max(from + finding.start, floor), end: from + finding.end }))
      .filter(({ end }) => end > floor);
  }

  /** The first one that may not stand, also when the text before it is looked at alone, as it will be shown. */
  private firstFinding(from: number, to: number): Finding | undefined {
    const first = from < to ? this.findings(from, to).find(({ action }) => action !== 'allow') : undefined;
    return first && (this.firstFinding(from, first.start) ?? first);
  }

  private apply(finding: Finding, from: number): void {
    if (finding.action === 'block') {
      this.stop(finding.start, { action: 'block', label: finding.label, rule: finding.rule, score: 1 }, from);
    } else if (this.cutBefore(finding, from)) {
      this.tail = this.tail.slice(finding.end - finding.start);
      this.putMask(finding);
    }
  }

  /** Gives out what stands before the finding; false where the rules speak against that. */
  private cutBefore(finding: Finding, from: number): boolean {
    const match = this.matchBefore(finding.start);
    if (match) {
      this.block(match, from);
      return false;
    }
    this.reasons.push({ action: 'mask', label: finding.label, rule: finding.rule, score: 1 });
    this.output += this.read(this.base, finding.start);
    this.tail = this.tail.slice(finding.start - this.base);
    this.base = this.clear = finding.start;
    return true;
  }

  /** What stands behind the mask is read anew. */
  private putMask({ mask }: Finding): void {
    this.output += maskTexts[mask];
    this.base = this.clear = this.glyphStart = this.scan = this.base + maskTexts[mask].length;
    this.forget();
  }

  /** What the rules say when the text ends at `end`, which lies in the held words. */
  private matchBefore(end: number): Match | undefined {
    const mark = this.marks.findLast(({ at }) => at <= end);
    if (!mark) return undefined;
    this.matcher.reset(mark.state);
    return this.matchIn(this.read(mark.at, end), mark.at);
  }

  private matchIn(text: string, at: number): Match | undefined {
    for (const { glyph, start, end } of glyphs(text)) {
      const match = this.matcher.feed(glyph, at + start, at + end);
      if (match) return match;
    }
    return this.matcher.end();
  }

  /** As much is held as may be: what is known so far decides, and all of it goes. */
  private decide(end: number): void {
    const match = this.matcher.end();
    if (match) return this.block(match);
    const from = Math.min(this.window.start, end);
    const last = this.findings(from, end).at(-1);
    const growing = last?.mask === 'link' && linkMayGoOn(this.read(last.end, end)) ? last : undefined;
    const first = this.firstFinding(from, growing?.start ?? end);
    if (first) return this.apply(first, from);
    if (growing?.action === 'block') return this.apply(growing, from);
    if (growing && (growing.action === 'mask' || !namesWholeHost(this.read(growing.start, end)))) {
      if (this.cutBefore({ ...growing, rule: 'url/unknown-host' }, from)) this.dropping = growing;
      return;
    }
    this.clear = end;
    this.marks = [];
    this.mark(end);
    this.window.letGo(end, growing !== undefined);
    this.words.letGo(end);
  }

  /** Leaves the rest of a long link out until something else follows; false where that is still to come. */
  private drop(finding: Finding, final: boolean): boolean {
    const { rest, ended } = dropLink(this.tail, final);
    this.tail = rest;
    if (!ended) return false;
    this.dropping = undefined;
    this.putMask(finding);
    return true;
  }

  private block({ rule, start }: Match, from = this.window.start): void {
    this.stop(start, { action: 'block', label: rule.label, rule: `rules/${rule.id}`, score: 1 }, from);
  }

  /** Allows the whole words before the match, and nothing any more. `from`: where links may stand in what is held. */
  private stop(at: number, reason: Reason, from: number): void {
    const starts = wordStarts(this.read(this.clear, this.scan)).map((start) => this.clear + start);
    const borderAt = (place: number): number => starts.findLast((start) => start <= place) ?? this.clear;
    let border = borderAt(at);
    const finding = this.firstFinding(from, border);
    // It is masked first; then the rest is read again and the match found again.
    if (finding) return this.apply(finding, from);
    // Words that were harmless only by what followed them stay back too.
    while (border > this.clear && this.matchesAlone(border)) border = borderAt(border - 1);
    this.clear = border;
    const shownFrom = Math.min(at, Math.max(border, this.shownBefore));
    this.blocked = { verdict: toVerdict([reason, ...this.reasons]), from: shownFrom };
  }

  private matchesAlone(end: number): boolean {
    this.matcher.reset();
    return this.matchIn(this.recent + this.output + this.read(this.base, end), 0) !== undefined;
  }
}
