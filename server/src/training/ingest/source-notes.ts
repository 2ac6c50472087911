import {
  DROP_EXAMPLES_MAX,
  type Dropped,
  type DropReason,
  type PrivateKind,
  SOURCE_AUTHORS_MAX,
  SOURCE_PROBLEMS_MAX,
  type SourceProblem,
  type StyleSourceReport,
} from '@fantwin/shared/training';
import { maskPrivate } from './private-data.ts';

const EXAMPLE_MAX_CHARS = 80;
/** Long enough that nothing within an example's length is cut in two before it is masked. */
const MASKED_MAX_CHARS = 1_000;
/** Different names in one file; more are counted under none. */
const NAMES_MAX = 10_000;

/** What is learnt about a file while it is read. */
export class SourceNotes {
  pieces = 0;
  readonly #dropped = new Map<DropReason, Dropped>();
  readonly #private = new Map<PrivateKind, number>();
  readonly #authors = new Map<string, { pieces: number; chosen: boolean }>();
  readonly #problems: SourceProblem[] = [];
  #moreProblems = 0;

  /** `example` is shown to the creator, masked and shortened. */
  drop(reason: DropReason, example = ''): void {
    addDropped(this.#dropped, reason, 1, example ? [example] : []);
  }

  problem(line: number, message: string): void {
    if (this.#problems.length < SOURCE_PROBLEMS_MAX) this.#problems.push({ line, message });
    else this.#moreProblems += 1;
  }

  foundPrivate(kind: PrivateKind): void {
    this.#private.set(kind, (this.#private.get(kind) ?? 0) + 1);
  }

  wroteBy(author: string, chosen: boolean): void {
    const known = this.#authors.get(author);
    if (known) known.pieces += 1;
    else if (this.#authors.size < NAMES_MAX) this.#authors.set(author, { pieces: 1, chosen });
  }

  report(): Pick<StyleSourceReport, 'pieces' | 'dropped' | 'private' | 'authors' | 'problems' | 'moreProblems'> {
    const authors = [...this.#authors].map(([name, { pieces, chosen }]) => ({ name, pieces, chosen }));
    return {
      pieces: this.pieces,
      dropped: [...this.#dropped.values()],
      private: Object.fromEntries(this.#private),
      authors: authors.sort((a, b) => b.pieces - a.pieces).slice(0, SOURCE_AUTHORS_MAX),
      problems: this.#problems,
      moreProblems: this.#moreProblems,
    };
  }
}

/** Counts what is not used, and keeps a few examples. */
export function addDropped(
  all: Map<DropReason, Dropped>,
  reason: DropReason,
  count: number,
  examples: readonly string[],
): void {
  const known = all.get(reason) ?? { reason, count: 0, examples: [] };
  all.set(reason, known);
  known.count += count;
  for (const example of examples) {
    if (known.examples.length >= DROP_EXAMPLES_MAX) return;
    const shown = showExample(example);
    if (shown && !known.examples.includes(shown)) known.examples.push(shown);
  }
}

function showExample(text: string): string {
  const masked = maskPrivate(text.slice(0, MASKED_MAX_CHARS)).replace(/\s+/gu, ' ').trim();
  const chars = Array.from(masked);
  return chars.length > EXAMPLE_MAX_CHARS ? `${chars.slice(0, EXAMPLE_MAX_CHARS).join('')}…` : masked;
}
