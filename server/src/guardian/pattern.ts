import type { VerdictLabel } from '@fantwin/shared/guardian';
import { glyphs } from './normalise.ts';

/** A `safe` phrase is harmless: a match whose last word lies in it does not count. */
export type Rule = { id: string; label: VerdictLabel; safe?: boolean };

export const SPACE = 32;
const GAP_WORDS = 4;
const GAP_CHARS = 8;
const DEEPEST = 12;

/** A place in a pattern as it is written. */
type Place = {
  id: number;
  letters: { code: number; to: Place }[];
  /** Free ways on. `$`: the word must end at the pattern's end; `^`, `*`: how it may begin. */
  jumps: { sign: '' | '^' | '$' | '*'; to: Place }[];
  gap: number;
  rule: Rule;
  last: boolean;
};

/** Japanese and Chinese letters, which stand beside each other without spaces. */
const isDense = (code: number) => code >= 0x3041 && code <= 0x9fff;

/**
 * All places that a text can be at in all patterns, after what has been read: a state of their common automaton. States are
 * made when a text first reaches them.
 */
export class PatternNode {
  readonly opens: readonly Rule[];
  readonly closes: readonly Rule[];
  /** Words that may pass before the next one of the pattern. */
  readonly gap: number;
  readonly leaf: boolean;
  readonly leadsToBlock: boolean;
  readonly leadsToSafe: boolean;
  private withGap: PatternNode | undefined;
  private readonly children = new Map<number, PatternNode | null>();

  constructor(
    private readonly places: readonly Place[],
    private readonly known: Map<string, PatternNode>,
    after: number,
  ) {
    const ends = places.flatMap((place) => endsOf(place, after));
    this.opens = [...new Set(ends.filter(({ open }) => open).map(({ rule }) => rule))];
    this.closes = [...new Set(ends.filter(({ open }) => !open).map(({ rule }) => rule))];
    this.gap = Math.max(0, ...places.map(({ gap }) => gap));
    this.leaf = places.every(({ letters }) => letters.length === 0);
    this.leadsToBlock = places.some(({ rule }) => !rule.safe);
    this.leadsToSafe = places.some(({ rule }) => rule.safe);
  }

  /** The state behind one more letter, or behind a `SPACE` of the pattern. */
  next(code: number): PatternNode | undefined {
    let child = this.children.get(code);
    if (child === undefined) this.children.set(code, (child = this.step(code)));
    return child ?? undefined;
  }

  /** The state without the patterns that let no words pass here. */
  get gapped(): PatternNode {
    this.withGap ??= this.nodeOf(
      closure(
        this.places.filter(({ gap }) => gap > 0),
        true,
      ),
      SPACE,
    );
    return this.withGap;
  }

  private step(code: number): PatternNode | null {
    const reached = this.places.flatMap((place) => place.letters.filter((way) => way.code === code));
    if (reached.length === 0) return null;
    const places = closure(
      reached.map(({ to }) => to),
      code === SPACE,
    );
    return this.nodeOf(places, code);
  }

  private nodeOf(places: readonly Place[], after: number): PatternNode {
    const key = `${isDense(after)}:${after === SPACE}:${places.map(({ id }) => id).join()}`;
    let node = this.known.get(key);
    if (!node) this.known.set(key, (node = new PatternNode(places, this.known, after)));
    return node;
  }
}

/** Patterns in use: `atWord` where a word begins, `anywhere` at every letter. */
export type PatternTable = { atWord: PatternNode; anywhere: PatternNode };

/**
 * A pattern a line. `(a|b|)` is one of these, ` .. ` lets up to four words pass (eight letters in Japanese). Latin words begin and
 * end at borders unless `*` stands there; Japanese ones may stand anywhere unless `^` asks for a border before or `$` behind.
 */
export type PatternLines = { rule: Rule; patterns: string; literal?: boolean };

export function compilePatterns(sources: readonly PatternLines[]): PatternTable {
  const make = placeMaker();
  const starts = { atWord: [] as Place[], anywhere: [] as Place[] };
  for (const { rule, patterns, literal } of sources)
    for (const line of patterns.split('\n').map((text) => text.trim())) {
      if (!line) continue;
      const first = make(rule);
      const end = literal ? addText(make, first, line) : addSequence(make, first, line).end;
      end.last = true;
      for (const kind of ['atWord', 'anywhere'] as const) {
        const start = make(rule);
        start.letters = beginnings(first, kind);
        if (start.letters.length > 0) starts[kind].push(start);
      }
    }
  const known = new Map<string, PatternNode>();
  return { atWord: new PatternNode(starts.atWord, known, 0), anywhere: new PatternNode(starts.anywhere, known, 0) };
}

type Make = (rule: Rule) => Place;

function placeMaker(): Make {
  let id = 0;
  return (rule) => ({ id: id++, letters: [], jumps: [], gap: 0, rule, last: false });
}

/** Reads up to a `|` or `)` that is not its own. */
function addSequence(make: Make, from: Place, source: string, depth = 0): { end: Place; rest: string } {
  if (depth > DEEPEST) throw new Error(`Pattern is nested too deep: ${source}`);
  let at = from;
  for (let rest = source; ; ) {
    const [plain = ''] = /^[^(|)^$*]*/u.exec(rest) ?? [];
    at = addText(make, at, plain);
    const sign = rest[plain.length];
    if (sign === undefined || sign === '|' || sign === ')') return { end: at, rest: rest.slice(plain.length) };
    rest = rest.slice(plain.length + 1);
    const end = make(from.rule);
    if (sign !== '(') at.jumps.push({ sign: sign as '^' | '$' | '*', to: end });
    else {
      for (let more = true; more; ) {
        const choice = addSequence(make, jump(make, at), rest, depth + 1);
        choice.end.jumps.push({ sign: '', to: end });
        if (!choice.rest) throw new Error(`Pattern lacks a bracket: ${source}`);
        rest = choice.rest.slice(1);
        more = choice.rest.startsWith('|');
      }
    }
    at = end;
  }
}

function jump(make: Make, from: Place): Place {
  const to = make(from.rule);
  from.jumps.push({ sign: '', to });
  return to;
}

function addText(make: Make, from: Place, text: string): Place {
  let at = from;
  for (const part of text.split(/(\s*\.\.\s*|\s+)/u)) {
    const codes = /^\s|\.\./u.test(part) ? [SPACE] : lettersOf(part);
    for (const code of codes) {
      const to = make(from.rule);
      at.letters.push({ code, to });
      if (part.includes('..'))
        to.gap = /[\u{3041}-\u{9fff}]/u.test(text) || !part.includes(' ') ? GAP_CHARS : GAP_WORDS;
      at = to;
    }
  }
  return at;
}

function lettersOf(text: string): number[] {
  const signs = [...glyphs(text)].flatMap(({ glyph }) => glyph.signs);
  return signs.filter(({ kind }) => kind === 'letter').map(({ code }) => code);
}

/** Free ways followed; behind a space another one costs nothing. */
function closure(from: readonly Place[], afterSpace: boolean): Place[] {
  const all = new Set(from);
  for (const place of all) {
    for (const { to } of place.jumps) all.add(to);
    if (afterSpace) for (const { code, to } of place.letters) if (code === SPACE) all.add(to);
  }
  return [...all].sort((a, b) => a.id - b.id);
}

/** The first letters of a pattern which may be read there. */
function beginnings(first: Place, kind: keyof PatternTable): Place['letters'] {
  const letters: Place['letters'] = [];
  const visit = (place: Place, sign: string): void => {
    for (const way of place.letters) {
      const free = sign === '*' || (isDense(way.code) && sign !== '^');
      if (way.code === SPACE) visit(way.to, sign);
      else if (free === (kind === 'anywhere')) letters.push(way);
    }
    for (const way of place.jumps) visit(way.to, way.sign || sign);
  };
  visit(first, '');
  return letters;
}

/** Whether a pattern ends at the place, at once (`open`) or where the word ends. */
function endsOf(place: Place, after: number): { rule: Rule; open: boolean }[] {
  const ends: { rule: Rule; open: boolean }[] = [];
  const visit = (at: Place, sign: string): void => {
    if (at.last) ends.push({ rule: at.rule, open: sign === '*' || (isDense(after) && sign !== '$') });
    for (const way of at.jumps) visit(way.to, way.sign || sign);
    for (const way of at.letters) if (way.code === SPACE) visit(way.to, sign);
  };
  visit(place, '');
  return after === SPACE || after === 0 ? [] : ends;
}
