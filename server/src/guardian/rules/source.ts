import type { VerdictLabel } from '@fantwin/shared/guardian';

/** Patterns of one kind, in the language of `pattern.ts`. */
export type RuleSource = {
  id: string;
  label: VerdictLabel;
  /** Where it counts; absent: everywhere. What a fan may not be told is less than what a fan should not have to bear alone. */
  on?: Direction;
  patterns: string;
  /** Harmless phrases: a match whose last word lies in one does not count. */
  safe: string;
};

/** `input`: what people write. `output`: what a character answers. */
export type Direction = 'input' | 'output';
